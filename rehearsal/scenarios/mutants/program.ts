import * as fs from "node:fs";
import * as path from "node:path";

import { runtime } from "@pulumi/pulumi";
import type { RegisterResourceRequest } from "@pulumi/pulumi/proto/resource_pb";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

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
  const registered = record(runtime.getMonitor() as unknown as MockMonitor);
  await runtime.runInPulumiStack(async () => ({ ...(await import("../../../index.js")) }));
  await runtime.disconnect();
  await cloud.stop();
  const resources = registered.map((each) => ({ ...each, outputs: outputs.get(idOf(each)) }));
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

/** Notes each request before the mocks answer it: providers and edges are nowhere else. */
function record(monitor: MockMonitor): Registered[] {
  const registered: Registered[] = [];
  const register = monitor.registerResource.bind(monitor);
  monitor.registerResource = (request: RegisterResourceRequest, callback) => {
    registered.push(registeredBy(request));
    return register(request, callback);
  };
  return registered;
}

function registeredBy(request: RegisterResourceRequest): Registered {
  const sources = [...request.getPropertydependenciesMap().entries()].map(
    ([property, urns]) => [property, urns.getUrnsList().map(shortUrn)] as const,
  );
  // The engine's reference to a provider ends with its id.
  const provider = request.getProvider().split("::").slice(0, -1).join("::");
  return {
    type: request.getType(),
    name: request.getName(),
    inputs: plain(request.getObject()?.toJavaScript() ?? {}) as Inputs,
    ...(provider !== "" && { provider: shortUrn(provider) }),
    protect: request.getProtect() ?? false,
    dependsOn: [...request.getDependenciesList(), request.getParent()].map(shortUrn),
    propertyDependencies: Object.fromEntries(sources.filter(([, ids]) => ids.length > 0)),
  };
}

/** `urn:...::parentType$type::name` as `type::name`. */
function shortUrn(urn: string): string {
  const [type = "", name = ""] = urn.split("::").slice(-2);
  return `${type.split("$").at(-1)}::${name}`;
}

/** Without the marks of secrets, by which the engine knows an object that stands for one. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  if (SECRET in value) return plain((value as { value?: unknown }).value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

const SECRET = "4dabf18193072939515e22adb298388d";

void main(process.argv[2] ?? "").catch((error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
});
