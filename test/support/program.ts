import * as pulumi from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import * as fs from "node:fs";
import * as path from "node:path";

import * as yaml from "js-yaml";

import type { GatewayConfig } from "../../config";

/** One resource as the program registered it. */
export interface Registration {
  type: string;
  name: string;
  /** Without secrets' marks; what a first preview cannot know is `UNKNOWN`. */
  inputs: Record<string, unknown>;
  /** `type::name` */
  id: string;
  parent?: string;
  provider?: string;
  /** Everything it waits for: `dependsOn` and the resources whose outputs it takes. */
  dependsOn: string[];
  custom: boolean;
  protect: boolean;
  ignoreChanges: string[];
  deleteBeforeReplace: boolean;
  timeouts: { create?: string; update?: string; delete?: string };
  /** Top-level inputs that are secret. */
  secretInputs: string[];
}

export interface Synthesis {
  registrations: Registration[];
  outputs: Record<string, unknown>;
}

export interface SynthesisOptions {
  /** Config keys laid over the stack file's, without namespace; undefined removes one. */
  config?: Record<string, unknown>;
  /** A first preview: nothing that the cloud answers is known yet. */
  preview?: boolean;
}

const ROOT = path.resolve(__dirname, "../..");
const PROJECT = "inference-gateway";
/** How the engine spells a value that is not known yet. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const SECRET = "4dabf18193072939515e22adb298388d";

/**
 * Runs the whole program of a stack without an engine and returns what it registered, in order. Each call loads the
 * program afresh, so that calls do not see each other.
 */
export async function synthesize(
  stack: "dev" | "prod",
  options: SynthesisOptions = {},
): Promise<Synthesis> {
  let synthesis: Synthesis | undefined;
  await jest.isolateModulesAsync(async () => {
    const { runtime } = await import("@pulumi/pulumi");
    const config = stackConfig(stack, options.config);
    runtime.setAllConfig(config, [`${PROJECT}:huggingFaceToken`]);
    synthesis = await run(runtime, stack, options.preview ?? false, () =>
      Promise.resolve(jest.requireActual<object>("../../index")),
    );
  });
  if (!synthesis) throw new Error(`stack ${stack} was not synthesized`);
  return synthesis;
}

/**
 * Reads a stack's configuration as the program does.
 * @throws what the program throws
 */
export function readConfig(
  stack: "dev" | "prod",
  overrides: Record<string, unknown> = {},
): GatewayConfig {
  let config: GatewayConfig | undefined;
  jest.isolateModules(() => {
    const { runtime } = jest.requireActual<typeof pulumi>("@pulumi/pulumi");
    void runtime.setMocks(
      { call: () => ({}), newResource: () => ({ id: "", state: {} }) },
      PROJECT,
      stack,
    );
    runtime.setAllConfig(stackConfig(stack, overrides), [`${PROJECT}:huggingFaceToken`]);
    config = jest.requireActual<typeof import("../../config")>("../../config").loadConfig();
  });
  if (!config) throw new Error(`the configuration of ${stack} was not read`);
  return config;
}

/** The stack file's configuration as the engine hands it to the program, with a token laid over it. */
function stackConfig(
  stack: string,
  overrides: Record<string, unknown> = {},
): Record<string, string> {
  const file = yaml.load(fs.readFileSync(path.join(ROOT, `Pulumi.${stack}.yaml`), "utf8"));
  const { config } = file as { config: Record<string, unknown> };
  const laid = Object.entries(overrides).map(([key, value]) => [
    key.includes(":") ? key : `${PROJECT}:${key}`,
    value,
  ]);
  const all = {
    ...config,
    [`${PROJECT}:huggingFaceToken`]: "hf_test",
    ...Object.fromEntries(laid),
  };
  const given = Object.entries(all).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

async function run(
  runtime: typeof pulumi.runtime,
  stack: string,
  preview: boolean,
  program: () => Promise<object>,
): Promise<Synthesis> {
  const registrations: Registration[] = [];
  await runtime.setMocks(
    { call: () => ({}), newResource: (args) => created(args, preview) },
    PROJECT,
    stack,
    preview,
  );
  const monitor = runtime.getMonitor() as unknown as MockMonitor;
  record(monitor, registrations);
  const outputs = await runtime.runInPulumiStack(async () => ({ ...(await program()) }));
  const unwrapped: Record<string, unknown> = {};
  for (const [key, value] of Object.entries((outputs ?? {}) as Record<string, unknown>)) {
    unwrapped[key] = await valueOf(value);
  }
  return { registrations, outputs: unwrapped };
}

const CLUSTER = "gcp:container/cluster:Cluster";

/** What the providers answer: inputs, and the outputs that the program goes on from. In a preview, no outputs. */
function created({ type, name, inputs }: pulumi.runtime.MockResourceArgs, preview: boolean) {
  if (preview)
    return {
      id: undefined,
      state: type === CLUSTER ? without(inputs, "controlPlaneEndpointsConfig") : inputs,
    };
  const outputs: Record<string, (id: string) => object> = {
    [CLUSTER]: () => ({
      controlPlaneEndpointsConfig: { dnsEndpointConfig: { endpoint: `gke-${name}.example.goog` } },
    }),
    "gcp:serviceaccount/account:Account": () => ({
      email: `${name}@example.iam.gserviceaccount.com`,
      member: `serviceAccount:${name}@example.iam.gserviceaccount.com`,
    }),
    "gcp:projects/serviceIdentity:ServiceIdentity": () => ({
      member: "serviceAccount:agent@example",
    }),
    "random:index/randomId:RandomId": () => ({ hex: "a1b2c3" }),
    "gcp:compute/router:Router": () => ({ name: `${name}-1234567` }),
    "kubernetes:gateway.networking.k8s.io/v1:Gateway": () => ({
      status: {
        addresses: gatewayAddresses(inputs as { spec: { addresses: { value: string }[] } }),
      },
    }),
  };
  const id = `${name}-id`;
  return { id, state: { ...inputs, ...outputs[type]?.(id) } };
}

function without(inputs: object, key: string): object {
  return Object.fromEntries(Object.entries(inputs).filter(([given]) => given !== key));
}

function gatewayAddresses({ spec }: { spec: { addresses: { value: string }[] } }) {
  return spec.addresses.map((_, i) => ({ type: "IPAddress", value: `10.0.0.${i + 1}` }));
}

/** Notes each request before the mocks answer it: parents, edges and options are nowhere else. */
function record(monitor: MockMonitor, registrations: Registration[]): void {
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request, callback) => {
    const object = request.getObject().toJavaScript() as Record<string, unknown>;
    const timeouts = request.getCustomtimeouts()?.toObject() ?? {};
    registrations.push({
      type: request.getType(),
      name: request.getName(),
      id: `${request.getType()}::${request.getName()}`,
      inputs: plain(object) as Record<string, unknown>,
      parent: shortUrn(request.getParent()),
      provider: shortUrn(request.getProvider().split("::").slice(0, -1).join("::")),
      dependsOn: (request.getDependenciesList() as string[]).map((urn) => shortUrn(urn) ?? urn),
      custom: request.getCustom(),
      protect: request.getProtect(),
      ignoreChanges: request.getIgnorechangesList(),
      deleteBeforeReplace: request.getDeletebeforereplace(),
      timeouts: Object.fromEntries(Object.entries(timeouts).filter(([, value]) => value)),
      secretInputs: Object.keys(object).filter((key) => isSecret(object[key])),
    });
    return register(request, callback);
  };
}

function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && SECRET in value;
}

/** `urn:...::parentType$type::name` as `type::name`. */
function shortUrn(urn: string): string | undefined {
  const [type, name] = urn.split("::").slice(-2);
  return type && name ? `${type.split("$").pop()}::${name}` : undefined;
}

/** Drops the marks of secrets. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (isSecret(value)) return plain((value as { value: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [key, plain(v)]));
}

async function valueOf(value: unknown): Promise<unknown> {
  const isOutput = typeof value === "object" && value !== null && "promise" in value;
  return isOutput ? (value as { promise(): Promise<unknown> }).promise() : value;
}
