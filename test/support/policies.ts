import type { Policies, ResourceValidationPolicy, StackValidationPolicy } from "@pulumi/policy";
import * as policyServer from "@pulumi/policy/server";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import { policies as pack } from "../../policy-pack/index";
import { rememberInputs } from "../../policy-pack/support/inputs";
import { UNKNOWN } from "./registrations";

/** One resource as a program registers it; `Registration` of ./registrations.ts is one. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** What is not known yet is `UNKNOWN`. */
  readonly inputs: object;
  /** What the provider answers. @default the inputs */
  readonly outputs?: object;
  /** Provider resource, as `type::name`. */
  readonly provider?: string;
  /** Resources that a property's value comes from, as `type::name`, by property. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

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

type Rpc<Request> = (
  call: { request: Request },
  callback: (error: Error | null | undefined, response?: analyzer.AnalyzeResponse) => void,
) => Promise<void>;

/** What @pulumi/policy serves to the engine; not in its types. */
const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun } = policyServer as unknown as Record<
  "makeAnalyzeRpcFun" | "makeAnalyzeStackRpcFun",
  (pack: string, version: string, level: string, policies: Policies) => Rpc<unknown>
>;

/**
 * Judges a stack as the engine does, through @pulumi/policy's own server: each resource's inputs
 * in turn, then the outputs of all. Rejects where the engine would report that a policy crashed.
 */
export async function runPolicies(
  registered: readonly Registered[],
  options: RunOptions = {},
): Promise<Violation[]> {
  const judging = [rememberInputs, ...(options.policies ?? pack)];
  const policies = [...new Set(judging)].map((policy) => configured(policy, options.config ?? {}));
  const analyze = makeAnalyzeRpcFun("pack", "0.0.0", "mandatory", policies);
  const analyzeStack = makeAnalyzeStackRpcFun("pack", "0.0.0", "mandatory", policies);

  const stack = new WireStack(registered, options);
  const violations: Violation[] = [];
  for (const resource of registered) {
    const response = await answer(analyze, stack.analyzeRequest(resource));
    violations.push(...violationsOf(response, resource.name));
  }
  const response = await answer(analyzeStack, stack.analyzeStackRequest());
  return [...violations, ...violationsOf(response, undefined)];
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

type Policy = ResourceValidationPolicy | StackValidationPolicy;

/** @pulumi/policy keeps the settings to its gRPC handlers; here the policy is handed them. */
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
  return {
    ...policy,
    validateResource: validations.map(
      (validate): typeof validate =>
        (args, report) =>
          validate({ ...args, getConfig }, report),
    ),
  };
}

/** The engine's side of the conversation. */
class WireStack {
  private readonly registered: readonly Registered[];
  private readonly options: RunOptions;

  constructor(registered: readonly Registered[], options: RunOptions) {
    this.registered = registered;
    this.options = options;
  }

  analyzeRequest(resource: Registered): analyzer.AnalyzeRequest {
    const request = new analyzer.AnalyzeRequest();
    request
      .setType(resource.type)
      .setName(resource.name)
      .setUrn(this.urnOf(idOf(resource)));
    request.setProperties(struct(resource.inputs)).setProvider(this.providerOf(resource));
    return request.setOptions(new analyzer.AnalyzerResourceOptions());
  }

  analyzeStackRequest(): analyzer.AnalyzeStackRequest {
    const request = new analyzer.AnalyzeStackRequest();
    return request.setResourcesList(this.registered.map((resource) => this.analyzed(resource)));
  }

  private analyzed(resource: Registered): analyzer.AnalyzerResource {
    const outputs = this.options.firstPreview ? {} : (resource.outputs ?? resource.inputs);
    const analyzed = new analyzer.AnalyzerResource();
    analyzed
      .setType(resource.type)
      .setName(resource.name)
      .setUrn(this.urnOf(idOf(resource)));
    analyzed.setProperties(struct(outputs)).setProvider(this.providerOf(resource));
    analyzed.setOptions(new analyzer.AnalyzerResourceOptions());
    for (const [property, ids] of Object.entries(resource.propertyDependencies ?? {})) {
      const dependencies = new analyzer.AnalyzerPropertyDependencies();
      dependencies.setUrnsList(ids.map((id) => this.urnOf(id)));
      analyzed.getPropertydependenciesMap().set(property, dependencies);
    }
    return analyzed;
  }

  private providerOf(resource: Registered): analyzer.AnalyzerProviderResource | undefined {
    const provider = this.registered.find((other) => idOf(other) === resource.provider);
    return (
      provider &&
      new analyzer.AnalyzerProviderResource()
        .setType(provider.type)
        .setName(provider.name)
        .setUrn(this.urnOf(idOf(provider)))
        .setProperties(struct(provider.inputs))
    );
  }

  private urnOf(id: string): string {
    return `urn:pulumi:${this.options.stack ?? "dev"}::inference-gateway::${id}`;
  }
}

function idOf({ type, name }: Registered): string {
  return `${type}::${name}`;
}

function struct(value: object): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(value)));
}

function answer<Request>(rpc: Rpc<Request>, request: Request): Promise<analyzer.AnalyzeResponse> {
  return new Promise((resolve, reject) => {
    void rpc({ request }, (error, response) => {
      if (response === undefined) {
        reject(error ?? new Error("the policy server answered neither result nor error"));
      } else {
        resolve(response);
      }
    });
  });
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
