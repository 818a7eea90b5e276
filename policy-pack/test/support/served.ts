import type { ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";

import {
  answer,
  makeAnalyzeRpcFun,
  makeAnalyzeStackRpcFun,
  makeRemediateRpcFun,
  type Registered,
  WireStack,
} from "./analyzer";
import { rememberInputs } from "../../frame";
import { policies } from "../../index";

import type { RunOptions, Violation } from "./policies";

/**
 * `runPolicies` through @pulumi/policy's own server.
 */
export async function servedPolicies(
  registered: readonly Registered[],
  options: RunOptions = {},
): Promise<Violation[]> {
  const judging = [rememberInputs, ...(options.policies ?? policies)];
  const judged = [...new Set(judging)].map((policy) => configured(policy, options.config ?? {}));
  const analyze = makeAnalyzeRpcFun("pack", "0.0.0", "mandatory", judged);
  const analyzeStack = makeAnalyzeStackRpcFun("pack", "0.0.0", "mandatory", judged);

  const stack = new WireStack(registered, { ...options, decoded: true });
  const violations: Violation[] = [];
  for (const resource of registered) {
    const response = await answer(analyze, stack.analyzeRequest(resource));
    violations.push(...violationsOf(response, resource.name));
  }
  const response = await answer(analyzeStack, stack.analyzeStackRequest());
  return [...violations, ...violationsOf(response, undefined)];
}

/** `remedied` through @pulumi/policy's own server. */
export async function servedRemedy(
  resource: Registered,
  policy: ResourceValidationPolicy,
  options: RunOptions = {},
): Promise<object | undefined> {
  const level = "remediate" as const;
  const policies = [{ ...configured(policy, options.config ?? {}), enforcementLevel: level }];
  const remediate = makeRemediateRpcFun("pack", "0.0.0", "mandatory", policies);
  const request = new WireStack([resource], options).analyzeRequest(resource);
  const [remedy] = (await answer(remediate, request)).getRemediationsList();
  if (remedy !== undefined && remedy.getDiagnostic() !== "") {
    throw new Error(remedy.getDiagnostic());
  }
  return remedy?.getProperties()?.toJavaScript();
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
