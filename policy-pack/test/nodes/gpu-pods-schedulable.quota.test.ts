import { UNKNOWN } from "../support/unknown";
import { findings, fleet, groups, nodes, server } from "../fixtures/gpuPodsSchedulable";
import { pending } from "../fixtures/messages";
import type { Registered } from "../support/policies";

describe("a quota", () => {
  const quota = (hard: unknown, spec: object = {}, namespace = "llm"): Registered => ({
    type: "kubernetes:core/v1:ResourceQuota",
    name: "quota",
    provider: "pulumi:providers:kubernetes::eu",
    inputs: {
      apiVersion: "v1",
      kind: "ResourceQuota",
      metadata: { name: "quota", namespace },
      spec: { hard, ...spec },
    },
  });
  const gpus = (most: unknown) => quota({ "requests.nvidia.com/gpu": most });
  const allows = (name: string, most: number, what: string, needed: number) =>
    `spec.hard${name}: allows ${most} ${what}, but server ask for ${needed}; raise it, or run fewer pods`;

  test.each<[string, readonly Registered[]]>([
    ["as many GPUs", [gpus("2"), nodes(3), server(2)]],
    ["other resources", [quota({ "requests.cpu": 0 }), nodes(3), server(2)]],
    ["no GPUs in another namespace", [quota({ pods: 0 }, {}, "other"), nodes(3), server(2)]],
    [
      "no GPUs for some pods",
      [quota({ pods: 0 }, { scopes: ["BestEffort"] }), nodes(3), server(2)],
    ],
    ["no pods of which there are any", [gpus(0), nodes(3)]],
    ["what is no amount", [gpus("few"), nodes(3), server(2)]],
  ])("may allow %s", async (_, resources) => {
    expect(await findings([...fleet, ...resources])).toEqual([]);
  });

  test.each<[string, readonly Registered[], string]>([
    ["no GPU", [gpus(0), nodes(3), server(2)], allows('["requests.nvidia.com/gpu"]', 0, "GPUs", 2)],
    [
      "fewer GPUs",
      [gpus("1"), nodes(3), server(2)],
      allows('["requests.nvidia.com/gpu"]', 1, "GPUs", 2),
    ],
    ["fewer pods", [quota({ pods: "1" }), nodes(3), server(2)], allows(".pods", 1, "pods", 2)],
    [
      "fewer pods, counted as objects",
      [quota({ "count/pods": 3 }), nodes(5), groups(4)],
      allows('["count/pods"]', 3, "pods", 4),
    ],
  ])("is not to allow %s", async (_, resources, message) => {
    expect(await findings([...fleet, ...resources])).toEqual([["mandatory", "quota", message]]);
  });

  test("holds in a cluster that another stack makes", async () => {
    const apart = [gpus(0), server(2)].map(({ type, name, inputs }) => ({ type, name, inputs }));
    expect(await findings(apart)).toHaveLength(1);
  });

  test("may not be known yet", async () => {
    expect(await findings([...fleet, gpus(UNKNOWN), nodes(3), server(2)])).toEqual([
      ["advisory", "quota", pending('spec.hard["requests.nvidia.com/gpu"]')],
    ]);
  });
});
