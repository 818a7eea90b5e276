import * as fs from "node:fs";
import * as path from "node:path";

import { runtime } from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

import { record, type Registration } from "../../stage/registrations";
import { idOf } from "../alterations/edit";

import { InProcessCloud } from "./inProcessCloud";
import type { Inputs, Registered, RegisteredStack } from "./registered";

/** How to run the program. */
export interface ProgramJob {
  stack: string;
  /** The program's name, which stands before its keys. */
  namespace: string;
  /** The stack's configuration, keys with their namespace. */
  config: Record<string, string>;
  /** An empty directory. */
  scratch: string;
  /** Folder with the discovery documents of Google's APIs. */
  discovery: string;
  /** File that the `RegisteredStack` is written to. */
  result: string;
}

/**
 * Runs the program of a stack without an engine, against the emulated cloud, and writes what it registered. A process of
 * its own, because the program needs the checkout's own copy of the SDK.
 * @param file a `ProgramJob` as JSON
 */
async function main(file: string): Promise<void> {
  const job = JSON.parse(fs.readFileSync(file, "utf8")) as ProgramJob;
  const { stack, namespace, config } = job;
  const project = config["gcp:project"] ?? "";
  runtime.setAllConfig(config, [`${namespace}:huggingFaceToken`]);
  const cloud = await InProcessCloud.start(
    path.join(job.scratch, "cloud"),
    { project },
    job.discovery,
  );
  const outputs = new Map<string, Inputs>();
  const newResource = async ({ type, name, inputs }: runtime.MockResourceArgs) => {
    const made = await answer(cloud, { type, name, inputs: inputs as Inputs });
    outputs.set(idOf({ type, name }), made.outputs);
    return { id: made.id, state: made.outputs };
  };
  const call = ({ token, inputs }: runtime.MockCallArgs) =>
    cloud.call(token, inputs as Inputs).catch((error: unknown) => {
      // The SDK hands on what is in `details` of an error, and nothing else.
      throw Object.assign(new Error(String(error)), { details: String(error) });
    });
  await runtime.setMocks({ call, newResource }, namespace, stack, false);
  const { registrations } = record(runtime.getMonitor() as unknown as MockMonitor);
  await runtime.runInPulumiStack(async () => ({ ...(await import("../../../index.js")) }));
  await runtime.disconnect();
  await cloud.stop();
  const resources = registrations.map((each) => {
    return { ...registeredOf(each), outputs: outputs.get(idOf(each)) };
  });
  fs.writeFileSync(
    job.result,
    JSON.stringify({ stack, project, resources } satisfies RegisteredStack),
  );
}

async function answer(
  cloud: InProcessCloud,
  resource: Pick<Registered, "type" | "name" | "inputs">,
): Promise<{ id: string; outputs: Inputs }> {
  const { type, name, inputs } = resource;
  if (type.startsWith("gcp:")) return cloud.create(resource);
  if (type === "random:index/randomId:RandomId") {
    return { id: name, outputs: { ...inputs, hex: "a1b2c3" } };
  }
  if (!type.endsWith(":Gateway")) return { id: name, outputs: inputs };
  const { addresses } = inputs.spec as { addresses: object[] };
  const status = {
    addresses: addresses.map((_, i) => ({ type: "IPAddress", value: `10.0.0.${i + 1}` })),
  };
  return { id: name, outputs: { ...inputs, status } };
}

function registeredOf(registration: Registration): Registered {
  const { type, name, inputs, provider, protect, parent, dependsOn } = registration;
  return {
    type,
    name,
    inputs,
    ...(provider !== undefined && { provider }),
    protect,
    // A resource waits for its component.
    dependsOn: parent === undefined ? dependsOn : [...dependsOn, parent],
    propertyDependencies: registration.propertyDependencies,
  };
}

void main(process.argv[2] ?? "").catch((error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
});
