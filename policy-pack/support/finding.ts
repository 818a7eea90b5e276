import type { Resource } from "./resource";
import type { Value } from "./value";

/** What a policy has to say about one place. */
export interface Finding {
  /** Where, what was given, what is allowed, what to do. */
  readonly message: string;
  /** The judged value is not known yet: reported as advice, since the update judges it again. */
  readonly pending: boolean;
  /** The resource it is about, where a stack policy found it. */
  readonly urn?: string;
}

/** A rule is broken at this place. `problem` follows the place, `fix` says what to do. */
export function violation(at: Value, problem: string, fix: string): Finding {
  return { message: `${at.path}: ${problem}; ${fix}`, pending: false };
}

/** The value to judge is not known yet; without this the preview would say nothing at all. */
export function pending(at: Value): Finding {
  const message =
    `${at.path}: is not known in this preview, so it is judged during the update only; ` +
    "give it as a plain value to have it judged here";
  return { message, pending: true };
}

/** The same finding, about that resource. */
export function on(resource: Resource, finding: Finding): Finding {
  return { ...finding, urn: resource.urn };
}
