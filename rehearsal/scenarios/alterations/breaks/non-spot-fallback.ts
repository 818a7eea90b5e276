import type { Break } from "./break";

export const nonSpotFallback: Break = {
  policy: "non-spot-fallback",
  stack: "prod",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-west-fallback-1" },
  change: { set: "nodeConfig.spot", to: true },
  says: [
    {
      resource: "gke-west-fallback-1",
      level: "advisory",
      message:
        "nodeConfig.spot: every GPU node of cluster gke-west is Spot, and Google may take all of them back at the same " +
        "time; add GPU nodes that are not, to fall back on",
    },
  ],
};
