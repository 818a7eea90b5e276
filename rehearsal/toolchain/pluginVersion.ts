import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";

/** Longer than the largest plugin takes to start on a busy machine. */
const TIMEOUT_MS = 30_000;

/**
 * Asks a provider plugin for its version, as the engine does: starts it, and calls it at the port that it prints.
 * @returns undefined where it does not start, or does not answer
 */
export async function pluginVersion(
  file: string,
  { env, signal }: { env: NodeJS.ProcessEnv; signal?: AbortSignal },
): Promise<string | undefined> {
  signal?.throwIfAborted();
  // It takes an engine's address and connects to it when it has something to log.
  const plugin = spawn(file, ["127.0.0.1:0"], { env, stdio: ["pipe", "pipe", "ignore"] });
  const ended = new Promise<undefined>((resolve) => {
    plugin.on("error", () => resolve(undefined)).on("close", () => resolve(undefined));
  });
  const stop = AbortSignal.any([AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])]);
  const end = () => plugin.kill("SIGKILL");
  stop.addEventListener("abort", end, { once: true });
  try {
    const port = await Promise.race([firstLine(plugin.stdout), ended]);
    return port === undefined ? undefined : await Promise.race([ask(Number(port)), ended]);
  } finally {
    stop.removeEventListener("abort", end);
    end();
    signal?.throwIfAborted();
  }
}

async function firstLine(stream: NodeJS.ReadableStream): Promise<string | undefined> {
  for await (const line of createInterface(stream)) return line;
  return undefined;
}

function ask(port: number): Promise<string | undefined> {
  const client = new ResourceProviderClient(`127.0.0.1:${port}`, credentials.createInsecure());
  return new Promise<string | undefined>((resolve) => {
    client.getPluginInfo(new Empty(), (error, info) => {
      client.close();
      resolve(error ? undefined : info?.getVersion());
    });
  });
}
