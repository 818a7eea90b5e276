import type { Break } from "./break";

/** A low version of the control plane would also be too low for the AutoscalingMetric, which is another policy's. */
export const gkeVersionFloor: Break = {
  policy: "gke-version-floor",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-east-system" },
  change: { set: "version", to: "1.33.13-gke.1915000" },
  says: [
    {
      resource: "gke-east-system",
      message:
        'version: "1.33.13-gke.1915000" is below 1.34.1-gke.1127000; leave it out: nodes follow the control plane',
    },
  ],
};
