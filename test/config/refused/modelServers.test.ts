import { type Case, EAST, linesOf, refusing, WEST } from "./support/refused";

describe("the configuration of model servers and GPUs", () => {
  test.each<Case>([
    [
      "more model servers than GPUs",
      { model: { replicas: 3 } },
      "model.replicas: got 3; allowed: at most 2, the GPUs of its pools",
    ],
    [
      "more model servers than GPUs in one cluster",
      { clusters: { "gke-west": WEST, "gke-east": { ...EAST, model: { replicas: 3 } } } },
      "clusters.gke-east.model.replicas: got 3; allowed: at most 2, the GPUs of its pools",
    ],
    [
      "a single model server on the only GPU",
      { accelerator: { machineType: "g2-standard-8", maxNodes: 1 } },
      "accelerator.maxNodes: got 1; allowed: room for 2 GPUs: the successor of a single model server runs before it goes",
    ],
    [
      "an autoscaler that wants more model servers than GPUs",
      { autoscaling: { maxReplicas: 3, targetUtilization: 60 } },
      "autoscaling.maxReplicas: got 3; allowed: at most 2, the GPUs of its pools",
    ],
    [
      "an autoscaler without room",
      {
        model: { replicas: 2 },
        autoscaling: { maxReplicas: 2, targetUtilization: 60 },
      },
      "autoscaling.maxReplicas: got 2; allowed: more than model.replicas, 2",
    ],
  ])("refuses %s", (_, config, problems) => {
    expect(linesOf(config)).toEqual(refusing(problems));
  });
});
