import type { Break } from "./break";

/** A low version would also be too low for the shape of the AutoscalingMetric, which is another policy's. */
export const gkeVersionFloor: Break = {
  policy: "gke-version-floor",
  at: { type: "gcp:container/cluster:Cluster", name: "gke-east" },
  change: { unset: "minMasterVersion" },
  says: [
    {
      resource: "gke-east",
      message:
        "minMasterVersion: is not set, so the control plane may be older than 1.34.1-gke.1127000; set it to " +
        '"1.34.1-gke.1127000" or newer',
    },
  ],
};
