import type { KubeObject } from "../../../emulator/kube/objects";

/** Helm release, pool, import, Deployment: the how-to has one name for all. */
export const POOL = "vllm-llama3-8b-instruct";

const ADDRESS = "networking.gke.io/ephemeral-ipv4-address";

/** How the how-to's policies name what they are about. */
export const importRef = {
  group: "networking.gke.io",
  kind: "GCPInferencePoolImport",
  name: POOL,
};

/** `mcig.yaml`: Gateway and health check name a namespace, the route does not. */
export const gateway: KubeObject = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "Gateway",
  metadata: { name: "cross-region-gateway", namespace: "default" },
  spec: {
    gatewayClassName: "gke-l7-cross-regional-internal-managed-mc",
    addresses: ["europe-west3", "us-east4"].map((region) => ({
      type: `${ADDRESS}/${region}`,
      value: region,
    })),
    listeners: [{ name: "http", protocol: "HTTP", port: 80 }],
  },
};

export const route: KubeObject = {
  apiVersion: "gateway.networking.k8s.io/v1",
  kind: "HTTPRoute",
  metadata: { name: "vllm-llama3-8b-instruct-default" },
  spec: {
    parentRefs: [{ name: "cross-region-gateway", kind: "Gateway" }],
    rules: [{ backendRefs: [importRef] }],
  },
};

export const healthCheck: KubeObject = {
  apiVersion: "networking.gke.io/v1",
  kind: "HealthCheckPolicy",
  metadata: { name: "health-check-policy", namespace: "default" },
  spec: {
    targetRef: importRef,
    default: {
      config: { type: "HTTP", httpHealthCheck: { requestPath: "/health", port: 8000 } },
    },
  },
};
