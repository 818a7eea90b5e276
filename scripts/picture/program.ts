import { RunError, runtime } from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

import { Refused } from "../../operations/support/commandExit";
import { record } from "../../rehearsal/stage/registrations";
import { PROJECT } from "../../rehearsal/stage/program";

import type { Synthesis } from "./readTopology";
import type { StackConfig } from "./stackConfig";

/**
 * Runs the program without an engine and without a cloud, as a first preview of the stack: nothing that a cloud would
 * answer is known, and the picture needs none of it.
 * @throws Refused if the program refuses the configuration, with the words of `pulumi up`
 */
export async function runProgram({ stack, values, secrets }: StackConfig): Promise<Synthesis> {
  runtime.setAllConfig(values, secrets);
  const newResource = ({ type, inputs }: runtime.MockResourceArgs) => ({
    id: undefined,
    state: type.startsWith("kubernetes:") ? (inputs as object) : {},
  });
  await runtime.setMocks({ call: () => ({}), newResource }, PROJECT, stack, true);
  const { registrations } = record(runtime.getMonitor() as unknown as MockMonitor);
  const program = await new Promise<typeof import("../../index")>((resolve, reject) => {
    // The SDK would pass a rejection on to promises of its own that are not awaited here.
    void runtime.runInPulumiStack(() => import("../../index.js").then(resolve, reject));
  }).catch((error: unknown) => {
    throw RunError.isInstance(error) ? new Refused(error.message) : error;
  });
  await runtime.disconnect();
  return { registrations, cost: program.cost };
}
