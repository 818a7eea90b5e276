import type { Policies, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";

import {
  answer,
  makeAnalyzeRpcFun,
  makeAnalyzeStackRpcFun,
  makeRemediateRpcFun,
  type Registered,
  WireStack,
} from "../../../rehearsal/scenarios/alterations/analyzer";
import { UNKNOWN } from "../../../test/support/registrations";
import { rememberInputs } from "../../frame";

export type { Registered } from "../../../rehearsal/scenarios/alterations/analyzer";

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

/**
 * Judges a stack as the engine does, through @pulumi/policy's own server: each resource's inputs
 * in turn, then the outputs of all. Rejects where the engine would report that a policy crashed.
 */
export async function runPolicies(
  registered: readonly Registered[],
  options: RunOptions = {},
): Promise<Violation[]> {
  const judging = [rememberInputs, ...(options.policies ?? wholePack())];
  const policies = [...new Set(judging)].map((policy) => configured(policy, options.config ?? {}));
  const analyze = makeAnalyzeRpcFun("pack", "0.0.0", "mandatory", policies);
  const analyzeStack = makeAnalyzeStackRpcFun("pack", "0.0.0", "mandatory", policies);

  const stack = new WireStack(registered, { ...options, decoded: true });
  const violations: Violation[] = [];
  for (const resource of registered) {
    const response = await answer(analyze, stack.analyzeRequest(resource));
    violations.push(...violationsOf(response, resource.name));
  }
  const response = await answer(analyzeStack, stack.analyzeStackRequest());
  return [...violations, ...violationsOf(response, undefined)];
}

/**
 * What the engine goes on with where a policy's level is `remediate`: the inputs as the policy
 * changed them; undefined if it left them alone.
 */
export async function remedied(
  resource: Registered,
  policy: ResourceValidationPolicy,
  options: RunOptions = {},
): Promise<object | undefined> {
  const level = "remediate" as const;
  const policies = [{ ...configured(policy, options.config ?? {}), enforcementLevel: level }];
  const remediate = makeRemediateRpcFun("pack", "0.0.0", "mandatory", policies);
  const request = new WireStack([resource], options).analyzeRequest(resource);
  const [remedy] = (await answer(remediate, request)).getRemediationsList();
  if (remedy !== undefined && remedy.getDiagnostic() !== "")
    throw new Error(remedy.getDiagnostic());
  return remedy?.getProperties()?.toJavaScript();
}

/** `inputs` with every value unknown but for those at these paths (keys joined by dots). */
export function unknownBut<T extends object>(inputs: T, ...known: readonly string[]): object {
  const hide = (value: unknown, path: string): unknown => {
    if (known.includes(path)) {
      return value;
    }
    const leadsToKnown = path === "" || known.some((place) => place.startsWith(`${path}.`));
    if (!leadsToKnown || typeof value !== "object" || value === null) {
      return UNKNOWN;
    }
    const hidden = Object.entries(value).map(([key, below]) => {
      return [key, hide(below, path === "" ? key : `${path}.${key}`)] as const;
    });
    return Array.isArray(value) ? hidden.map(([, item]) => item) : Object.fromEntries(hidden);
  };
  return Object.fromEntries(Object.entries(inputs).map(([key, value]) => [key, hide(value, key)]));
}

/** Loaded by those only who want all of it. */
function wholePack(): Policies {
  const { policies } = jest.requireActual<typeof import("../../index")>("../../index");
  return policies;
}

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/** @pulumi/policy keeps the settings to its gRPC handlers; here the policy is handed them. */
function configured<P extends Policy>(policy: P, config: Readonly<Record<string, object>>): P;
function configured(policy: Policy, config: Readonly<Record<string, object>>): Policy {
  const given = config[policy.name];
  if (given === undefined) {
    return policy;
  }
  const getConfig = <T extends object>() => given as T;
  if ("validateStack" in policy) {
    const { validateStack } = policy;
    return {
      ...policy,
      validateStack: (args, report) => validateStack({ ...args, getConfig }, report),
    };
  }
  const validations = [policy.validateResource ?? []].flat();
  const { remediateResource } = policy;
  return {
    ...policy,
    validateResource: validations.map(
      (validate): typeof validate =>
        (args, report) =>
          validate({ ...args, getConfig }, report),
    ),
    ...(remediateResource && {
      remediateResource: (args) => remediateResource({ ...args, getConfig }),
    }),
  };
}

function violationsOf(response: analyzer.AnalyzeResponse, judged: string | undefined): Violation[] {
  return response.getDiagnosticsList().map((diagnostic) => ({
    policy: diagnostic.getPolicyname(),
    level: levelOf(diagnostic.getEnforcementlevel()),
    resource: diagnostic.getUrn() === "" ? judged : diagnostic.getUrn().split("::").at(-1),
    message: withoutDescription(diagnostic),
  }));
}

function levelOf(level: analyzer.EnforcementLevel): Violation["level"] {
  if (level === analyzer.EnforcementLevel.MANDATORY) {
    return "mandatory";
  }
  if (level === analyzer.EnforcementLevel.ADVISORY) {
    return "advisory";
  }
  throw new Error(`a violation is mandatory or advisory, but this one has level ${level}`);
}

function withoutDescription(diagnostic: analyzer.AnalyzeDiagnostic): string {
  const heading = `${diagnostic.getDescription()}\n`;
  const message = diagnostic.getMessage();
  if (!message.startsWith(heading)) {
    throw new Error(`the message does not begin with the policy's description: ${message}`);
  }
  return message.slice(heading.length);
}
