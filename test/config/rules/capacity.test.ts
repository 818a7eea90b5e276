import { provisioningProblem } from "../../../config/rules/capacity";
import { problemsIn } from "../../support/refusal";

const L4 = "g2-standard-8";

describe("how a machine type is sold", () => {
  test.each([
    ["g2-standard-8", "on-demand", undefined],
    ["a3-highgpu-8g", "reservation", undefined],
    ["a3-highgpu-2g", "spot", undefined],
    ["a3-highgpu-2g", "on-demand", "spot or flex-start: a3-highgpu-2g is sold no other way"],
    [
      "a3-ultragpu-8g",
      "on-demand",
      "spot or flex-start or reservation: a3-ultragpu-8g is sold no other way",
    ],
    ["e2-standard-8", "on-demand", undefined],
  ] as const)("%s, %s: %s", (machineName, provisioning, problem) => {
    expect(provisioningProblem(machineName, provisioning)).toBe(problem);
  });
});

/** The stack's clusters, with a model of its own in each. */
function clusters(west: object, east: object) {
  return {
    "gke-west": { region: "europe-west3", model: west },
    "gke-east": { region: "us-east4", model: east },
  };
}

describe("model servers, GPUs and the autoscaler, each cluster as it will be", () => {
  const autoscaling = { maxReplicas: 4, targetUtilization: 60 };
  const accelerator = { machineType: L4, maxNodes: 8 };

  test.each<[string, Record<string, unknown>, string[]]>([
    [
      "an autoscaler whose most is less than a cluster's least",
      { accelerator, autoscaling, clusters: clusters({ replicas: 6 }, {}) },
      ["autoscaling.maxReplicas: got 4; allowed: more than clusters.gke-west.model.replicas, 6"],
    ],
    [
      "an autoscaler whose most is a cluster's least",
      { accelerator, autoscaling, clusters: clusters({}, { replicas: 4 }) },
      ["autoscaling.maxReplicas: got 4; allowed: more than clusters.gke-east.model.replicas, 4"],
    ],
    [
      "a stack's number that no cluster has",
      {
        accelerator,
        autoscaling,
        model: { replicas: 9 },
        clusters: clusters({ replicas: 1 }, { replicas: 2 }),
      },
      [],
    ],
    [
      "more servers than GPUs, beside other values that are wrong",
      { model: { replicas: 99, id: "", colour: 1 } },
      [
        expect.stringMatching(
          /^model\.id: got ""; allowed: a repository on Hugging Face /,
        ) as string,
        "model.colour: unknown key; allowed: id, adapters, replicas, revision, maxLength, vllmVersion",
        "model.replicas: got 99; allowed: at most 2, the GPUs of its pools",
      ],
    ],
    [
      "nodes of a pool whose machine is unknown",
      {
        accelerator: { machineType: "h100", minNodes: 5, maxNodes: 2, provisioning: "flex-start" },
      },
      [
        expect.stringMatching(/^accelerator\.machineType: got "h100"; allowed: one of /) as string,
        "accelerator.minNodes: got 5; allowed: 0: flex-start nodes come when a pod needs them",
        "accelerator.minNodes: got 5; allowed: at most maxNodes, 2",
      ],
    ],
    [
      "a machine type that every JavaScript object has",
      { accelerator: { machineType: "constructor", maxNodes: 2 } },
      [
        expect.stringMatching(
          /^accelerator\.machineType: got "constructor"; allowed: one of /,
        ) as string,
      ],
    ],
  ])("%s", (_, config, problems) => {
    expect(problemsIn(config)).toEqual(problems);
  });

  test.each([129, 500])(
    "%d nodes at least are more than a cluster's pods have addresses for",
    (minNodes) => {
      expect(problemsIn({ accelerator: { machineType: L4, minNodes, maxNodes: 1000 } })).toEqual([
        `accelerator.minNodes: got ${minNodes}; allowed: at most 128`,
        "accelerator.maxNodes: got 1000; allowed: at most 128",
      ]);
    },
  );
});
