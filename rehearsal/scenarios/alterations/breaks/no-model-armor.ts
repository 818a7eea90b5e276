import type { Break } from "./break";

export const noModelArmor: Break = {
  policy: "no-model-armor",
  at: {
    type: "kubernetes:networking.gke.io/v1:HealthCheckPolicy",
    name: "cross-region-gateway-health-check",
  },
  change: {
    duplicate: "prompt-filter",
    set: {
      kind: "GCPTrafficExtension",
      "metadata.name": "prompt-filter",
      spec: {
        targetRefs: [
          { group: "gateway.networking.k8s.io", kind: "Gateway", name: "cross-region-gateway" },
        ],
        extensionChains: [
          {
            name: "filters",
            matchCondition: { celExpressions: [{ celMatcher: 'request.path.startsWith("/")' }] },
            extensions: [
              {
                name: "model-armor",
                googleAPIServiceName: "modelarmor.europe-west3.rep.googleapis.com",
                supportedEvents: ["RequestHeaders", "RequestBody"],
                timeout: "1s",
              },
            ],
          },
        ],
      },
    },
  },
  says: [
    {
      resource: "prompt-filter",
      message:
        "spec.extensionChains[0].extensions[0].googleAPIServiceName: Model Armor does not work on the multi-cluster " +
        "Gateway cross-region-gateway; remove the extension, or have a single-cluster Gateway for it",
    },
  ],
};
