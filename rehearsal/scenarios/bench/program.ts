import * as fs from "node:fs";

import { runtime } from "@pulumi/pulumi";
import { messageOf } from "../../toolchain/errors";

/** What a run of the program under mocks took. */
export interface ProgramRun {
  /**
   * From its first line until its last registration was answered. Processor time of the thread that runs it: it waits
   * for nothing, so that is what it takes on an idle machine.
   */
  milliseconds: number;
  /** Resources and components that it registered. */
  resources: number;
}

/**
 * Runs the program once, as in a first preview, with an engine that answers at once, and prints a `ProgramRun` as JSON.
 * A process of its own for each run: a second one in the same process would find warm code.
 * @param file its configuration as JSON, keys with their namespace
 */
async function main(project: string, file: string): Promise<void> {
  const config = JSON.parse(fs.readFileSync(file, "utf8")) as Record<string, string>;
  runtime.setAllConfig(config, [`${project}:huggingFaceToken`]);
  let resources = 0;
  const newResource = ({ inputs }: runtime.MockResourceArgs) => {
    resources++;
    return { id: undefined, state: unknownOutputs(inputs as object) };
  };
  await runtime.setMocks({ call: () => ({}), newResource }, project, "bench", true);

  const start = threadMilliseconds();
  await runtime.runInPulumiStack(async () => ({ ...(await import("../../../index.js")) }));
  await runtime.disconnect();
  const run: ProgramRun = { milliseconds: threadMilliseconds() - start, resources };
  console.log(JSON.stringify(run));
}

/** What the main thread has used so far: the first of Linux's three figures, in nanoseconds. */
function threadMilliseconds(): number {
  const [onProcessor] = fs.readFileSync("/proc/self/schedstat", "utf8").split(" ");
  return Number(onProcessor) / 1e6;
}

/** A first preview knows the inputs, but not what the cloud would add to them: here, the control plane's address. */
function unknownOutputs(inputs: object): object {
  return Object.fromEntries(
    Object.entries(inputs).filter(([key]) => key !== "controlPlaneEndpointsConfig"),
  );
}

const [, , project = "", file = ""] = process.argv;
void main(project, file).catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
