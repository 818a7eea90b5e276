import type {
  Policies,
  PolicyResource,
  ReportViolation,
  ResourceValidationPolicy,
  StackValidationPolicy,
} from "@pulumi/policy";

import { rememberInputs } from "../../../policy-pack/frame/inputs";

import type { PolicyMessage } from "../alterations/alteration";
import { idOf } from "../alterations/edit";

import type { Registered } from "./registered";

/** A message of its own level begins with the policy's description. */
type Message = Pick<PolicyMessage, "policy" | "message">;
type Judging = ResourceValidationPolicy | StackValidationPolicy;

/**
 * The pack's policies, called as they are and not through their server, which takes a tenth of a second for a stack. It
 * is a running stack that they judge: everything is known, and outputs are the inputs. So none has to be remembered; and
 * a mutant's must not leak into the next one.
 */
export class Judge {
  private readonly resourcePolicies: ResourceValidationPolicy[];
  private readonly stackPolicies: StackValidationPolicy[];

  constructor(
    policies: Policies,
    private readonly stack: string,
  ) {
    this.resourcePolicies = policies.filter(
      (policy): policy is ResourceValidationPolicy =>
        "validateResource" in policy && policy !== rememberInputs,
    );
    this.stackPolicies = policies.filter(
      (policy): policy is StackValidationPolicy => "validateStack" in policy,
    );
  }

  /** What is said of the whole stack. */
  ofStack(resources: readonly Registered[]): Message[] {
    return this.ofChange(resources, resources);
  }

  /**
   * What is said of a stack of which only some resources are new.
   * @throws Error if a policy does, with its name
   */
  ofChange(resources: readonly Registered[], changed: readonly Registered[]): Message[] {
    const seen = this.seenBy(resources);
    const found: Message[] = [];
    for (const { type, name } of changed) {
      const args = seen.get(idOf({ type, name }));
      for (const policy of this.resourcePolicies) {
        const { validateResource } = policy;
        const validations = [validateResource ?? []].flat();
        const report = reportTo(found, policy);
        for (const validate of validations) guarded(policy, () => validate(args as never, report));
      }
    }
    const args = { resources: [...seen.values()], ...ASIDE };
    for (const policy of this.stackPolicies) {
      const report = reportTo(found, policy);
      guarded(policy, () => policy.validateStack(args as never, report));
    }
    return found;
  }

  private seenBy(resources: readonly Registered[]): Map<string, PolicyResource> {
    const seen = new Map(resources.map((each) => [idOf(each), this.withoutLinks(each)]));
    for (const resource of resources) {
      const own = seen.get(idOf(resource)) as Linked;
      own.provider = seen.get(resource.provider ?? "");
      own.propertyDependencies = Object.fromEntries(
        Object.entries(resource.propertyDependencies).map(([property, ids]) => [
          property,
          ids.map((id) => seen.get(id) ?? { urn: this.urnOf(id) }),
        ]),
      );
    }
    return seen;
  }

  private withoutLinks({ type, name, inputs, protect }: Registered): PolicyResource {
    const links = { propertyDependencies: {}, opts: { protect } };
    const urn = this.urnOf(idOf({ type, name }));
    const resource = { type, name, urn, props: inputs, ...links, ...ASIDE };
    return resource as unknown as PolicyResource;
  }

  private urnOf(id: string): string {
    return `urn:pulumi:${this.stack}::inference-gateway::${id}`;
  }
}

/** Links are set once all resources are there. */
interface Linked {
  provider: unknown;
  propertyDependencies: unknown;
}

/** A policy ends with it where it has nothing to judge. */
const NOT_APPLICABLE = new Error("not applicable");

/** What policies are given beside what they judge. No setting is changed. */
const ASIDE = {
  getConfig: () => ({}),
  notApplicable: () => {
    throw NOT_APPLICABLE;
  },
};

function reportTo(found: Message[], { name }: Judging): ReportViolation {
  const report = (violation: string | { message: string }) => {
    const message = typeof violation === "string" ? violation : violation.message;
    found.push({ policy: name, message });
  };
  return report as unknown as ReportViolation;
}

function guarded({ name }: Judging, validate: () => unknown): void {
  try {
    validate();
  } catch (cause) {
    if (cause === NOT_APPLICABLE) return;
    throw new Error(`policy ${name} ends with an error`, { cause });
  }
}
