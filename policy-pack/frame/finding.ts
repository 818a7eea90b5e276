import type { Resource } from "./resource";
import { shortened } from "./shorten";
import type { Value } from "./value";

/** What a policy has to say about one place. */
export interface Finding {
  readonly at: Value;
  /** What is wrong there. */
  readonly problem: string;
  /** What to do. */
  readonly fix: string;
  /** Only warns, whatever the level of the policy. */
  readonly advisory: boolean;
  /** The resource it is about, where a stack policy found it. */
  readonly urn?: string;
}

/** Where, what was given, what is allowed, what to do; cut where it is long. */
export function messageOf({ at, problem, fix }: Finding): string {
  return `${shortened(at.path)}: ${shortened(problem)}; ${shortened(fix)}`;
}

/** A rule is broken at this place. `problem` follows the place, `fix` says what to do. */
export function violation(at: Value, problem: string, fix: string): Finding {
  return { at, problem, fix, advisory: false };
}

/** The value to judge is not known yet. Without this finding the preview would not mention it. */
export function pending(at: Value): Finding {
  const problem = "is not known in this preview, so it is judged during the update only";
  return advice(at, problem, "give it as a plain value to have it judged here");
}

/** A finding that only warns, although its policy is mandatory. */
export function advice(at: Value, problem: string, fix: string): Finding {
  return { ...violation(at, problem, fix), advisory: true };
}

/** The same finding, about that resource, or about the patch that sets the value there. */
export function on(resource: Resource, finding: Finding): Finding {
  return { ...finding, ...resource.setterOf(finding.at) };
}

/** The same findings, about that resource. */
export function* allOn(resource: Resource, findings: Iterable<Finding>): Generator<Finding> {
  for (const finding of findings) {
    yield on(resource, finding);
  }
}
