import type { Break } from "./break";

export const gatewayApiEnabled: Break = {
  policy: "gateway-api-enabled",
  at: { type: "gcp:container/cluster:Cluster", name: "gke-east" },
  change: { set: "gatewayApiConfig.channel", to: "CHANNEL_DISABLED" },
  says: [
    {
      resource: "gke-east",
      message:
        'gatewayApiConfig.channel: is "CHANNEL_DISABLED", so the cluster lacks the Gateway API that gke-east-pool needs; ' +
        'set it to "CHANNEL_STANDARD"',
    },
  ],
};
