import { UNKNOWN } from "../support/unknown";
import { pool } from "../fixtures/gpu";
import { findings, fleet, gpuPool, server, system } from "../fixtures/gpuPodsSchedulable";
import type { Registered } from "../support/policies";

describe("nodes with GPUs beside others", () => {
  const untainted = (taints: unknown) => [system, gpuPool({ taints })];
  const message =
    "nodeConfig.taints: names no nvidia.com/gpu, and GKE adds that by itself only to pools that " +
    "it makes after others, so pods without GPUs may fill these nodes; " +
    'add {key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE"}';

  test.each<[string, readonly Registered[]]>([
    ["alone", [gpuPool({ taints: null })]],
    [
      "beside those of another cluster",
      [pool("us", "us", { nodeConfig: {} }), gpuPool({ taints: null })],
    ],
    ["with taints that are not known yet", untainted(UNKNOWN)],
    ["with a taint that is not known yet", untainted([{ key: UNKNOWN }])],
  ])("may be without a taint %s", async (_, resources) => {
    expect(await findings([...fleet, ...resources, server(1)])).toEqual([]);
  });

  test.each([null, [], [{ key: "other", value: "a", effect: "PREFER_NO_SCHEDULE" }]])(
    "better have a taint, not %j",
    async (taints) => {
      const stack = [...fleet, ...untainted(taints), server(1)];
      expect(await findings(stack)).toEqual([["advisory", "gpus", message]]);
    },
  );
});
