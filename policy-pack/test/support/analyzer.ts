import type { Policies } from "@pulumi/policy";
import * as policyServer from "@pulumi/policy/server";
import * as analyzer from "@pulumi/pulumi/proto/analyzer_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

/** One resource as a program registers it. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  /** What is not known yet is `UNKNOWN`. */
  readonly inputs: object;
  /** What the provider answers. @default the inputs */
  readonly outputs?: object;
  /** Provider resource, as `type::name`. */
  readonly provider?: string;
  /** Whether Pulumi refuses to delete it. */
  readonly protect?: boolean;
  /** Resources that a property's value comes from, as `type::name`, by property. */
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
}

/** How the engine describes a stack. */
export interface WireOptions {
  /** @default "dev" */
  stack?: string | undefined;
  /** No resource has outputs: what stack policies see while no provider can answer yet. */
  firstPreview?: boolean | undefined;
  /**
   * Properties come without being decoded again for each policy, which takes most of the SDK's time
   * and is the same for all. @default false
   */
  decoded?: boolean | undefined;
}

export type Rpc<Response> = (
  call: { request: unknown },
  callback: (error: Error | null | undefined, response?: Response) => void,
) => Promise<void>;

type Serve<Response> = (
  pack: string,
  version: string,
  level: string,
  policies: Policies,
) => Rpc<Response>;

/** What @pulumi/policy serves to the engine; not in its types. */
export const { makeAnalyzeRpcFun, makeAnalyzeStackRpcFun, makeRemediateRpcFun } =
  policyServer as unknown as {
    makeAnalyzeRpcFun: Serve<analyzer.AnalyzeResponse>;
    makeAnalyzeStackRpcFun: Serve<analyzer.AnalyzeResponse>;
    makeRemediateRpcFun: Serve<analyzer.RemediateResponse>;
  };

/** The engine's requests about a stack. */
export class WireStack {
  private readonly registered: readonly Registered[];
  private readonly options: WireOptions;
  private readonly byId: ReadonlyMap<string, Registered>;

  constructor(registered: readonly Registered[], options: WireOptions = {}) {
    this.registered = registered;
    this.options = options;
    this.byId = new Map(registered.map((resource) => [idOf(resource), resource]));
  }

  analyzeRequest(resource: Registered): analyzer.AnalyzeRequest {
    const request = new analyzer.AnalyzeRequest();
    request
      .setType(resource.type)
      .setName(resource.name)
      .setUrn(this.urnOf(idOf(resource)));
    this.setProperties(request, resource.inputs);
    request.setProvider(this.providerOf(resource));
    return request.setOptions(optionsOf(resource));
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
    this.setProperties(analyzed, outputs);
    analyzed.setProvider(this.providerOf(resource));
    analyzed.setOptions(optionsOf(resource));
    for (const [property, ids] of Object.entries(resource.propertyDependencies ?? {})) {
      const dependencies = new analyzer.AnalyzerPropertyDependencies();
      dependencies.setUrnsList(ids.map((id) => this.urnOf(id)));
      analyzed.getPropertydependenciesMap().set(property, dependencies);
    }
    return analyzed;
  }

  private providerOf(resource: Registered): analyzer.AnalyzerProviderResource | undefined {
    const provider = this.byId.get(resource.provider ?? "");
    if (provider === undefined) return undefined;
    const told = new analyzer.AnalyzerProviderResource();
    told
      .setType(provider.type)
      .setName(provider.name)
      .setUrn(this.urnOf(idOf(provider)));
    this.setProperties(told, provider.inputs);
    return told;
  }

  private setProperties(message: WithProperties, value: object): void {
    if (this.options.decoded) {
      const plain = decodedOnce(value);
      message.getProperties = () => ({ toJavaScript: () => plain }) as unknown as Struct;
    } else {
      message.setProperties(encoded(value));
    }
  }

  private urnOf(id: string): string {
    return `urn:pulumi:${this.options.stack ?? "dev"}::inference-gateway::${id}`;
  }
}

const decoded = new WeakMap<object, Record<string, unknown>>();

/** As they come out of a message: the same data, its keys in another order. */
function decodedOnce(value: object): Record<string, unknown> {
  const plain = decoded.get(value) ?? encoded(value).toJavaScript();
  decoded.set(value, plain);
  return plain;
}

function encoded(value: object): Struct {
  return Struct.fromJavaScript(JSON.parse(JSON.stringify(value)) as Record<string, never>);
}

/** A message about a resource or a provider. */
interface WithProperties {
  getProperties(): Struct | undefined;
  setProperties(properties: Struct): unknown;
}

function optionsOf({ protect = false }: Registered): analyzer.AnalyzerResourceOptions {
  return new analyzer.AnalyzerResourceOptions().setProtect(protect);
}

function idOf({ type, name }: Registered): string {
  return `${type}::${name}`;
}

/** What a policy server answers to one request. Rejects where it reports that a policy crashed. */
export function answer<Response>(rpc: Rpc<Response>, request: unknown): Promise<Response> {
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
