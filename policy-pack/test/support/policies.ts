import type {
  Policies,
  PolicyProviderResource,
  PolicyResource,
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  ResourceValidationPolicy,
} from "@pulumi/policy";
import * as proxies from "@pulumi/policy/proxy";

import type { Registered } from "./analyzer";
import { UNKNOWN } from "./unknown";
import { rememberInputs } from "../../frame";
import { isPatch } from "../../frame/resource";

export type { Registered } from "./analyzer";

/** What the engine would print. */
export interface Violation {
  readonly policy: string;
  readonly level: "mandatory" | "advisory";
  /** Name of the resource; undefined if it is about the stack as a whole. */
  readonly resource: string | undefined;
  /** Without the policy's description, which stands above every message. */
  readonly message: string;
}

/** How to run policies. */
export interface RunOptions {
  /** @default the whole pack */
  readonly policies?: Policies;
  /** @default "dev" */
  readonly stack?: string;
  /** Settings by policy, as in the file for `--policy-pack-config`. */
  readonly config?: Readonly<Record<string, object>>;
  /** No resource has outputs: what stack policies see where no provider can answer yet. */
  readonly firstPreview?: boolean;
}

/** What @pulumi/policy wraps properties in: whoever reads an unknown value crashes. Not in its types. */
const { unknownCheckingProxy, getSpecialProxyTarget } = proxies as unknown as {
  unknownCheckingProxy(props: object): Record<string, unknown>;
  getSpecialProxyTarget: string;
};

/** What a policy throws to say that it judges nothing here; most do, of most resources. */
const NOT_APPLICABLE = new Error("not applicable");

/** What @pulumi/policy tells beside the resource; no policy here asks for the stack's tags or an SDK's class. */
const always = {
  stackTags: new Map<string, string>(),
  isType: () => false,
  asType: () => undefined,
  notApplicable: (): never => {
    throw NOT_APPLICABLE;
  },
};

/**
 * Judges a stack as the engine does: each resource's inputs in turn, then the outputs of all. Rejects where the engine
 * would report that a policy crashed. It does what @pulumi/policy's server does, which `served.ts` runs and a test
 * compares, without loading the SDK.
 */
export async function runPolicies(
  registered: readonly Registered[],
  options: RunOptions = {},
): Promise<Violation[]> {
  const judging = [...new Set([rememberInputs, ...(options.policies ?? wholePack())])];
  const stack = new ToldStack(registered, options);
  const violations: Violation[] = [];
  let judged: Registered | undefined;
  // Once for each policy: a stack has ten thousand pairs of a policy and a resource.
  const ofResources = judging.map((policy) => ({
    policy,
    validations: validationsOf(policy),
    report: reporter(policy, () => judged?.name, violations) as ReportViolation,
    getConfig: configOf(policy.name, options),
  }));
  for (const resource of registered) {
    judged = resource;
    const told = stack.argsFor(resource);
    const passed = stack.passedBy(resource);
    for (const { policy, validations, report, getConfig } of ofResources) {
      if (passed?.has(policy)) continue;
      const before = violations.length;
      for (const validate of validations) {
        const judging = unlessNotApplicable(validate, Object.assign(told, { getConfig }), report);
        if (judging) await judging;
      }
      if (policy !== rememberInputs && violations.length === before) passed?.add(policy);
    }
  }
  judged = undefined;
  const resources = stack.resources();
  for (const policy of judging) {
    if (!("validateStack" in policy)) continue;
    const args = { ...always, resources, getConfig: configOf(policy.name, options) };
    const report = reporter(policy, () => undefined, violations) as ReportViolation;
    await unlessNotApplicable(policy.validateStack, args, report);
  }
  return violations;
}

function validationsOf(policy: Policies[number]): ResourceValidation[] {
  return "validateResource" in policy ? [policy.validateResource ?? []].flat() : [];
}

/**
 * What the engine goes on with where a policy's level is `remediate`: the inputs as the policy changed them; undefined
 * if it left them alone.
 */
export async function remedied(
  resource: Registered,
  policy: ResourceValidationPolicy,
  options: RunOptions = {},
): Promise<object | undefined> {
  // A remedy changes what it is handed.
  const own = { ...resource, inputs: decoded(resource.inputs) };
  const stack = new ToldStack([own], options);
  let left: object | undefined;
  const args = { ...stack.argsFor(own), getConfig: configOf(policy.name, options) };
  await unlessNotApplicable(async () => {
    left = (await policy.remediateResource?.(args)) as object | undefined;
  });
  const target = (left as Record<string, object> | undefined)?.[getSpecialProxyTarget] ?? left;
  return target && decoded(target);
}

/** What has let a resource pass, and where. */
interface Passes {
  readonly stack: string | undefined;
  readonly provider: Registered | undefined;
  readonly policies: Set<Policies[number]>;
}

const passes = new WeakMap<Registered, Passes>();

/** The stack as the engine tells policies of it. */
class ToldStack {
  private readonly registered: readonly Registered[];
  private readonly options: RunOptions;
  private readonly byId: ReadonlyMap<string, Registered>;
  private readonly hasMore: boolean;

  constructor(registered: readonly Registered[], options: RunOptions) {
    this.registered = registered;
    this.options = options;
    this.byId = new Map(registered.map((resource) => [idOf(resource), resource]));
    this.hasMore = options.config !== undefined || registered.some(isPatch);
  }

  /** All but the settings, which each policy has of its own. */
  argsFor(resource: Registered): Omit<ResourceValidationArgs, "getConfig"> {
    return { ...always, ...this.common(resource, resource.inputs) };
  }

  /**
   * The policies that let a resource pass before, in a stack of this name, with the same provider: a stack and its
   * alterations share what no edit touches. Undefined where more than that decides: settings, or a patch of the resource.
   */
  passedBy(resource: Registered): Set<Policies[number]> | undefined {
    if (this.hasMore) return undefined;
    const { stack } = this.options;
    const provider = this.byId.get(resource.provider ?? "");
    const known = passes.get(resource);
    if (known?.stack === stack && known?.provider === provider) return known?.policies;
    const policies = new Set<Policies[number]>();
    passes.set(resource, { stack, provider, policies });
    return policies;
  }

  /** With what each property comes from, of those that are in the stack. */
  resources(): PolicyResource[] {
    const all = this.registered.map((resource): PolicyResource => {
      const outputs = this.options.firstPreview ? {} : (resource.outputs ?? resource.inputs);
      const own = this.common(resource, outputs);
      return { ...always, ...own, dependencies: [], propertyDependencies: {} };
    });
    const byUrn = new Map(all.map((resource) => [resource.urn, resource]));
    for (const [i, { propertyDependencies = {} }] of this.registered.entries()) {
      for (const [property, ids] of Object.entries(propertyDependencies)) {
        const sources = ids.flatMap((id) => byUrn.get(this.urnOf(id)) ?? []);
        Object.assign(all[i]?.propertyDependencies ?? {}, { [property]: sources });
      }
    }
    return all;
  }

  private common(resource: Registered, props: object) {
    const provider = this.providerOf(resource);
    const opts = { protect: resource.protect ?? false } as PolicyResource["opts"];
    return { ...this.named(resource, props), opts, ...(provider && { provider }) };
  }

  private providerOf(resource: Registered): PolicyProviderResource | undefined {
    const found = this.byId.get(resource.provider ?? "");
    return found && this.named(found, found.inputs);
  }

  private named(resource: Registered, props: object) {
    const { type, name } = resource;
    const urn = this.urnOf(idOf(resource));
    return { type, name, urn, props: unknownCheckingProxy(decodedOnce(props)) };
  }

  private urnOf(id: string): string {
    return `urn:pulumi:${this.options.stack ?? "dev"}::inference-gateway::${id}`;
  }
}

function idOf({ type, name }: Registered): string {
  return `${type}::${name}`;
}

const known = new WeakMap<object, object>();

function decodedOnce(props: object): object {
  const plain = known.get(props) ?? decoded(props);
  known.set(props, plain);
  return plain;
}

/** As it comes out of a message: the same data, its keys in the order of the alphabet. */
function decoded(props: object): object {
  const sorted = (_: string, value: unknown): unknown => {
    const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
    return isObject
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value;
  };
  return JSON.parse(JSON.stringify(props, sorted)) as object;
}

function configOf(policy: string, { config = {} }: RunOptions): <T extends object>() => T {
  return <T extends object>() => (config[policy] ?? {}) as T;
}

/** Nothing to wait for where the judging has ended. */
function unlessNotApplicable<A extends unknown[]>(
  judge: (...args: A) => unknown,
  ...args: A
): Promise<void> | undefined {
  try {
    const judging = judge(...args);
    if (judging instanceof Promise) return judging.then(() => undefined, rethrow);
  } catch (error) {
    rethrow(error);
  }
  return undefined;
}

function rethrow(error: unknown): void {
  if (error !== NOT_APPLICABLE) throw error;
}

type Report = (violation: string | { message: string; urn?: string }, urn?: string) => void;

/** Takes a text; or, for an advisory one of a mandatory policy, an object whose text begins with the description. */
function reporter(
  policy: Policies[number],
  judged: () => string | undefined,
  to: Violation[],
): Report {
  const { name, description, enforcementLevel = "mandatory" } = policy;
  const own = enforcementLevel === "advisory" ? "advisory" : "mandatory";
  const heading = `${description}\n`;
  return (violation, about) => {
    const isText = typeof violation === "string";
    const { message, urn } = isText ? { message: heading + violation, urn: about } : violation;
    if (!message.startsWith(heading)) {
      throw new Error(`the message does not begin with the policy's description: ${message}`);
    }
    to.push({
      policy: name,
      level: isText ? own : "advisory",
      resource: urn === undefined ? judged() : urn.split("::").at(-1),
      message: message.slice(heading.length),
    });
  };
}

/** Loaded by those only who want all of it. */
function wholePack(): Policies {
  const { policies } = jest.requireActual<typeof import("../../index")>("../../index");
  return policies;
}

/** `inputs` with every value unknown but for those at these paths (keys joined by dots). */
export function unknownBut<T extends object>(inputs: T, ...shown: readonly string[]): object {
  const hide = (value: unknown, path: string): unknown => {
    if (shown.includes(path)) {
      return value;
    }
    const leadsToShown = path === "" || shown.some((place) => place.startsWith(`${path}.`));
    if (!leadsToShown || typeof value !== "object" || value === null) {
      return UNKNOWN;
    }
    const hidden = Object.entries(value).map(([key, below]) => {
      return [key, hide(below, path === "" ? key : `${path}.${key}`)] as const;
    });
    return Array.isArray(value) ? hidden.map(([, item]) => item) : Object.fromEntries(hidden);
  };
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, hide(value, key)]));
}
