import type {
  EnforcementLevel,
  PolicyComplianceFramework,
  PolicyResource,
  ReportViolation,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";

import type { Finding } from "./finding";
import { withInputs } from "./inputs";
import { Resource, type Selector } from "./resource";
import { configSchema, readSettings, type Settings, type SettingsSchema } from "./settings";
import { rawProps } from "./value";

/** What every policy says about itself; its file's header comment says the same. */
interface Metadata<S extends SettingsSchema> {
  /** Name of the policy and of its file. */
  readonly name: string;
  /** The rule in one sentence; stands above each of its messages. */
  readonly description: string;
  readonly severity: Severity;
  readonly framework: PolicyComplianceFramework;
  /** How to get back within the rule. */
  readonly remediationSteps: string;
  /** Why the rule is there. */
  readonly url: string;
  /** @default "mandatory" */
  readonly enforcementLevel?: EnforcementLevel;
  /** Thresholds that `--policy-pack-config` may set. */
  readonly settings: S;
}

/** A policy on one resource at a time. Runs before the resource is created or changed. */
export interface ResourceRule<S extends SettingsSchema> extends Metadata<S> {
  readonly judges: Selector;
  judge(resource: Resource, settings: Settings<S>): Iterable<Finding>;
}

/** A policy on the stack as a whole. Runs after the program has registered everything. */
export interface StackRule<S extends SettingsSchema> extends Metadata<S> {
  judge(stack: Stack, settings: Settings<S>): Iterable<Finding>;
}

/** All resources of a stack. */
export interface Stack {
  /** Those that a selector picks, in the order of their registration. */
  select(selector: Selector): readonly Resource[];
}

/** A policy for the pack from a rule on single resources. */
export function resourcePolicy<S extends SettingsSchema>(
  rule: ResourceRule<S>,
): ResourceValidationPolicy {
  return {
    ...published(rule),
    validateResource: (args, report) => {
      const resource = new Resource(args, rawProps(args.props));
      if (!rule.judges.matches(resource)) {
        args.notApplicable(`Judges ${rule.judges.label} only`);
      }
      const settings = readSettings(rule.name, rule.settings, args.getConfig());
      publish(rule.description, rule.judge(resource, settings), report);
    },
  };
}

/** A policy for the pack from a rule on the whole stack. */
export function stackPolicy<S extends SettingsSchema>(rule: StackRule<S>): StackValidationPolicy {
  return {
    ...published(rule),
    validateStack: (args, report) => {
      const resources = args.resources.map(stackResource);
      const stack: Stack = {
        select: (selector) => resources.filter((resource) => selector.matches(resource)),
      };
      const settings = readSettings(rule.name, rule.settings, args.getConfig());
      publish(rule.description, rule.judge(stack, settings), report);
    },
  };
}

function published<S extends SettingsSchema>(rule: Metadata<S>) {
  const { name, description, severity, framework, remediationSteps, url } = rule;
  const enforcementLevel = rule.enforcementLevel ?? "mandatory";
  const metadata = { name, description, severity, framework, remediationSteps, url };
  return { ...metadata, enforcementLevel, configSchema: configSchema(rule.settings) };
}

function stackResource(resource: PolicyResource): Resource {
  const props = withInputs(resource.urn, rawProps(resource.props));
  const dependencies = Object.entries(resource.propertyDependencies).map(
    ([property, sources]) => [property, sources.map((source) => source.urn)] as const,
  );
  return new Resource(resource, props, {
    provider: resource.provider && rawProps(resource.provider.props),
    dependencies: Object.fromEntries(dependencies),
  });
}

/**
 * @pulumi/policy takes an object in place of the message (not in its types), with which a single
 * violation gets a level of its own. The text is then taken as it is, without the description.
 */
type ReportWithLevel = (violation: {
  message: string;
  urn: string | undefined;
  enforcementLevel: "advisory";
}) => void;

function publish(description: string, findings: Iterable<Finding>, report: ReportViolation): void {
  const reportWithLevel = report as unknown as ReportWithLevel;
  const reported = new Set<string>();
  for (const { message, pending, urn } of findings) {
    // Two regions, say, may wait for the same value.
    const key = `${urn} ${message}`;
    if (reported.has(key)) {
      continue;
    }
    reported.add(key);
    if (pending) {
      const text = `${description}\n${message}`;
      reportWithLevel({ message: text, urn, enforcementLevel: "advisory" });
    } else {
      report(message, urn);
    }
  }
}
