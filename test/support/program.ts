import type * as pulumi from "@pulumi/pulumi";
import * as fs from "node:fs";
import * as path from "node:path";

import * as yaml from "js-yaml";

import type { GatewayConfig } from "../../config";
import { type Answers, type MockOptions, PROJECT, underMocks, valueOf } from "./mocks";
import type { Registrations } from "../../rehearsal/stage/registrations";
import { sharedResult } from "./sharedResult";

/** What a stack consists of, and its outputs. */
export interface Synthesis extends Registrations {
  outputs: Record<string, unknown>;
}

export interface SynthesisOptions {
  /** Config keys laid over the stack file's, without namespace; undefined removes one. */
  config?: Record<string, unknown>;
  /** A first preview: nothing that the cloud answers is known yet. */
  preview?: boolean;
  /** A cloud that makes some of the resources. */
  cloud?: MockOptions["cloud"];
}

// Each synthesis loads the SDK afresh, and each of these listens for the end of the process.
process.setMaxListeners(0);

const ROOT = path.resolve(__dirname, "../..");

/** Runs the whole program of a stack without an engine and returns what it registered, in order. */
export async function synthesize(
  stack: "dev" | "prod",
  options: SynthesisOptions = {},
): Promise<Synthesis> {
  const { config = {}, preview = false, cloud } = options;
  const run = () => runProgram(stack, { config, preview, cloud });
  return cloud ? run() : sharedResult([stack, config, preview], run);
}

/** Each call loads the program afresh, so that calls do not see each other. */
async function runProgram(
  stack: "dev" | "prod",
  { config: overrides, preview, cloud }: SynthesisOptions,
): Promise<Synthesis> {
  let synthesis: Synthesis | undefined;
  await jest.isolateModulesAsync(async () => {
    const { runtime } = await import("@pulumi/pulumi");
    const config = stackValues(stack, overrides);
    runtime.setAllConfig(config, [`${PROJECT}:huggingFaceToken`]);
    const { result, registrations } = await underMocks(
      runtime,
      { stack, preview, cloud, answers: ANSWERS },
      () =>
        runtime.runInPulumiStack(() =>
          Promise.resolve({ ...jest.requireActual<object>("../../index") }),
        ),
    );
    synthesis = { registrations, outputs: await valuesOf(result) };
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
    runtime.setAllConfig(stackValues(stack, overrides), [`${PROJECT}:huggingFaceToken`]);
    config = jest.requireActual<typeof import("../../config")>("../../config").loadConfig();
  });
  if (!config) throw new Error(`the configuration of ${stack} was not read`);
  return config;
}

/** The stack file's configuration as the engine hands it to the program, with a token laid over it. */
export function stackValues(
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

async function valuesOf(outputs: object = {}): Promise<Record<string, unknown>> {
  const values = Object.entries(outputs).map(
    async ([key, output]: [string, unknown]) => [key, await valueOf(output)] as const,
  );
  return Object.fromEntries(await Promise.all(values));
}

/** What the program goes on from. */
const ANSWERS: Answers = {
  "gcp:container/cluster:Cluster": ({ name }) => ({
    controlPlaneEndpointsConfig: { dnsEndpointConfig: { endpoint: `gke-${name}.example.goog` } },
  }),
  "gcp:serviceaccount/account:Account": ({ name }) => ({
    email: `${name}@example.iam.gserviceaccount.com`,
    member: `serviceAccount:${name}@example.iam.gserviceaccount.com`,
  }),
  "gcp:projects/serviceIdentity:ServiceIdentity": () => ({
    member: "serviceAccount:agent@example",
  }),
  "random:index/randomId:RandomId": () => ({ hex: "a1b2c3" }),
  "gcp:compute/router:Router": ({ name }) => ({ name: `${name}-1234567` }),
  "kubernetes:gateway.networking.k8s.io/v1:Gateway": ({ inputs }) => ({
    status: { addresses: gatewayAddresses(inputs as { spec: { addresses: unknown[] } }) },
  }),
};

function gatewayAddresses({ spec }: { spec: { addresses: unknown[] } }) {
  return spec.addresses.map((_, i) => ({ type: "IPAddress", value: `10.0.0.${i + 1}` }));
}
