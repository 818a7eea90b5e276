import type { Break } from "./break";

export const spotOnlyShapes: Break = {
  policy: "spot-only-shapes",
  stack: "prod",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-west-fallback-1" },
  change: { set: "nodeConfig.machineType", to: "a3-highgpu-2g" },
  says: [
    {
      resource: "gke-west-fallback-1",
      message:
        "nodeConfig.spot: is not set, but a3-highgpu-2g is sold as Spot or flex-start only; set it to true, or make " +
        "the nodes flex-start",
    },
  ],
};
