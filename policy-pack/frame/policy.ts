import type {
  EnforcementLevel,
  PolicyComplianceFramework,
  ReportViolation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
  Severity,
  StackValidationPolicy,
} from "@pulumi/policy";

import { type Finding, messageOf, on } from "./finding";
import { patchedOf, stackToJudge } from "./inputs";
import type { Patched } from "./patches";
import { applyEdits, type Edit } from "./remedy";
import { Resource, type Selector } from "./resource";
import { configSchema, readSettings, type Settings, type SettingsSchema } from "./settings";
import type { Stack } from "./stack";

/** What every policy says about itself. */
interface Metadata<S extends SettingsSchema> {
  /** Name of the policy and of its file. */
  readonly name: string;
  /** The rule in one sentence; the engine prints it above each message. */
  readonly description: string;
  readonly severity: Severity;
  readonly framework: PolicyComplianceFramework;
  /** How to comply with the rule again. */
  readonly remediationSteps: string;
  /** Why the rule is there. */
  readonly url: string;
  /** @default "mandatory" */
  readonly enforcementLevel?: EnforcementLevel;
  /** Thresholds that `--policy-pack-config` may set. */
  readonly settings: S;
  /** What is wrong with settings that are each within their limits but do not fit together. */
  settingsProblem?(settings: Settings<S>): string | undefined;
}

/** A policy on one resource at a time. Runs before the resource is created or changed. */
export interface ResourceRule<S extends SettingsSchema> extends Metadata<S> {
  readonly judges: Selector;
  judge(resource: Resource, settings: Settings<S>): Iterable<Finding>;
  /**
   * The changes that make a resource comply with the rule, where only one change is right. They are
   * made only at level `remediate`, and the policy then judges the result.
   */
  remedy?(resource: Resource, settings: Settings<S>): Iterable<Edit>;
}

/** A policy on the stack as a whole. Runs after the program has registered everything. */
export interface StackRule<S extends SettingsSchema> extends Metadata<S> {
  judge(stack: Stack, settings: Settings<S>): Iterable<Finding>;
}

/** A policy for the pack from a rule on single resources. */
export function resourcePolicy<S extends SettingsSchema>(
  rule: ResourceRule<S>,
): ResourceValidationPolicy {
  const { remedy } = rule;
  let settingsRead = false;
  const policy: ResourceValidationPolicy = {
    ...published(rule),
    validateResource: (args, report) => {
      // A mistake in the settings is reported even if there is nothing to judge.
      if (!settingsRead) {
        settingsOf(rule, args);
        settingsRead = true;
      }
      const resource = new Resource(args);
      const patched = patchedOf(resource);
      if (!rule.judges.matches(resource) && !(patched && rule.judges.matches(patched.result))) {
        notApplicable(args, `Judges ${rule.judges.label} only`);
      }
      const judged = (each: Resource) => {
        return rule.judges.matches(each) ? rule.judge(each, settingsOf(rule, args)) : [];
      };
      publish(rule.description, findingsOf(resource, patched, judged), report);
    },
  };
  if (remedy === undefined) {
    return policy;
  }
  return {
    ...policy,
    remediateResource: (args) => {
      const resource = new Resource(args);
      const edits = rule.judges.matches(resource)
        ? [...remedy.call(rule, resource, settingsOf(rule, args))]
        : [];
      return edits.length === 0 ? undefined : applyEdits(args.props, edits);
    },
  };
}

/**
 * What is wrong with a resource; and with an object and a patch of it that the stack has both of,
 * what is wrong only because of the patch.
 */
function* findingsOf(
  resource: Resource,
  patched: Patched | undefined,
  judge: (resource: Resource) => Iterable<Finding>,
): Generator<Finding> {
  if (patched === undefined) {
    yield* judge(resource);
    return;
  }
  const before = [...judge(patched.object)];
  const known = new Set(before.map(messageOf));
  yield* resource.isPatch ? [] : before;
  for (const finding of judge(patched.result)) {
    if (!known.has(messageOf(finding))) {
      yield resource.isPatch ? { ...on(patched.result, finding), urn: resource.urn } : finding;
    }
  }
}

/** A policy for the pack from a rule on the whole stack. */
export function stackPolicy<S extends SettingsSchema>(rule: StackRule<S>): StackValidationPolicy {
  return {
    ...published(rule),
    validateStack: (args, report) => {
      const settings = settingsOf(rule, args);
      publish(rule.description, rule.judge(stackToJudge(args.resources), settings), report);
    },
  };
}

function published<S extends SettingsSchema>(rule: Metadata<S>) {
  const { name, description, severity, framework, remediationSteps, url } = rule;
  const enforcementLevel = rule.enforcementLevel ?? "mandatory";
  const metadata = { name, description, severity, framework, remediationSteps, url };
  return { ...metadata, enforcementLevel, configSchema: configSchema(rule.settings) };
}

/**
 * Makes the engine count the policy as not applicable instead of passed, by an error of the SDK.
 * Most policies do not apply to most resources: a stack trace for each would take half of the time.
 */
function notApplicable(args: ResourceValidationArgs, reason: string): never {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return args.notApplicable(reason);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function settingsOf<S extends SettingsSchema>(
  rule: Metadata<S>,
  args: { getConfig<T extends object>(): T },
): Settings<S> {
  return readSettings(rule, args.getConfig());
}

/**
 * @pulumi/policy takes an object in place of the message, though its types do not say so. It gives
 * a single violation its own level. The engine then prints the text without the description.
 */
type ReportWithLevel = (violation: {
  message: string;
  urn: string | undefined;
  enforcementLevel: "advisory";
}) => void;

function publish(description: string, findings: Iterable<Finding>, report: ReportViolation): void {
  const reportWithLevel = report as unknown as ReportWithLevel;
  const reported = new Set<string>();
  for (const finding of findings) {
    const { at, advisory, urn } = finding;
    const message = messageOf(finding);
    // Two regions, for example, may wait for the same value.
    const key = `${urn} ${message}`;
    // A patch is judged by what it sets.
    if (reported.has(key) || at.leftOut) {
      continue;
    }
    reported.add(key);
    if (advisory) {
      const text = `${description}\n${message}`;
      reportWithLevel({ message: text, urn, enforcementLevel: "advisory" });
    } else {
      report(message, urn);
    }
  }
}
