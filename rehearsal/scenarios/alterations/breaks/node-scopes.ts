import type { Break } from "./break";

const SCOPE = "https://www.googleapis.com/auth/logging.write";

export const nodeScopes: Break = {
  policy: "node-scopes",
  at: { type: "gcp:container/nodePool:NodePool", name: "gke-east-gpu" },
  change: { set: "nodeConfig.oauthScopes", to: [SCOPE] },
  says: [
    {
      resource: "gke-east-gpu",
      message:
        `nodeConfig.oauthScopes: ["${SCOPE}"] keeps nodes from what their roles allow, such as writing the metrics ` +
        'that the gateway balances by; set it to ["https://www.googleapis.com/auth/cloud-platform"], or leave it out',
    },
  ],
};
