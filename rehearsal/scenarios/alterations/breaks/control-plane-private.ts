import type { Break } from "./break";

export const controlPlanePrivate: Break = {
  policy: "control-plane-private",
  at: { type: "gcp:container/cluster:Cluster", name: "gke-east" },
  change: {
    set: "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled",
    to: true,
    also: { "privateClusterConfig.enablePrivateEndpoint": false },
  },
  says: [
    {
      resource: "gke-east",
      message:
        "controlPlaneEndpointsConfig.ipEndpointsConfig.enabled: is true, so the whole internet reaches the control " +
        "plane's address; set it to false, or list who may reach it in masterAuthorizedNetworksConfig.cidrBlocks",
    },
  ],
};
