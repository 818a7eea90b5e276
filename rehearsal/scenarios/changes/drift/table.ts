import { create, type Step, update } from "../change";

import type { ManualEdits } from "./manualEdits";

/** Something that is changed behind the program's back, and how it is found and mended. */
export interface Drift {
  name: string;
  /** Who does what, as `docs/changes.md` says it. */
  what: string;
  cause(manualEdits: ManualEdits): Promise<void>;
  /** What a refresh finds; `delete` if the resource is gone. */
  seen: Step;
  /** The error of `preview --refresh` and `up --refresh` without FORCE: it names the new owner of the field. */
  refused?: RegExp;
  /** What `up --refresh` does with FORCE. */
  mended: Step;
}

/**
 * Makes the kubernetes provider take over fields that another manager owns. Source: `patchForce` in pkg/await/await.go
 * of pulumi-kubernetes.
 */
export const FORCE = { PULUMI_K8S_ENABLE_PATCH_FORCE: "true" };

const POLICY = {
  resource: "kubernetes:networking.gke.io/v1:GCPBackendPolicy::cross-region-gateway-backend-policy",
  apiVersion: "networking.gke.io/v1",
  kind: "GCPBackendPolicy",
  name: "cross-region-gateway",
};
const HEALTH_CHECK = {
  ...{ apiVersion: "networking.gke.io/v1", kind: "HealthCheckPolicy" },
  name: "cross-region-gateway",
};
const POOL = { apiVersion: "inference.networking.k8s.io/v1", kind: "InferencePool" };
const SERVER = { apiVersion: "apps/v1", kind: "Deployment" };
const MAX_UTILIZATION = "spec.default.customMetrics[0].maxUtilizationPercent";

export const drifts: Drift[] = [
  {
    name: "spill-over threshold edited",
    what: "`kubectl edit` of the backend policy: `maxUtilizationPercent`",
    cause: (manualEdits) => {
      const customMetrics = [
        { name: "gke.named_metrics.kv-cache", dryRun: false, maxUtilizationPercent: 95 },
      ];
      const body = { spec: { default: { customMetrics } } };
      const ref = { ...POLICY, namespace: manualEdits.namespace };
      return manualEdits.patch("gke-west", ref, body, "kubectl-edit");
    },
    seen: update(POLICY.resource, MAX_UTILIZATION),
    refused:
      /conflict with "kubectl-edit" using networking\.gke\.io\/v1: \.spec\.default\.customMetrics/,
    mended: update(POLICY.resource, MAX_UTILIZATION),
  },
  {
    name: "model servers scaled",
    what: "`kubectl scale` of the model servers",
    // The owner is `kubectl` from then on, but FORCE is not needed: the program forces this object itself.
    cause: (manualEdits) => {
      const ref = { ...SERVER, namespace: manualEdits.namespace, name: manualEdits.poolName };
      return manualEdits.patch("gke-east", ref, { spec: { replicas: 2 } }, "kubectl", "scale");
    },
    seen: update("kubernetes:apps/v1:Deployment::gke-east", "spec.replicas"),
    mended: update("kubernetes:apps/v1:Deployment::gke-east", "spec.replicas"),
  },
  {
    name: "pool no longer exported",
    what: "`kubectl annotate` removes the export annotation of a pool",
    cause: (manualEdits) => {
      const ref = { ...POOL, namespace: manualEdits.namespace, name: manualEdits.poolName };
      const body = { metadata: { annotations: { "networking.gke.io/export": null } } };
      return manualEdits.patch("gke-east", ref, body, "kubectl-annotate");
    },
    seen: update(
      "kubernetes:inference.networking.k8s.io/v1:InferencePool::gke-east-pool",
      "metadata.annotations",
    ),
    mended: update(
      "kubernetes:inference.networking.k8s.io/v1:InferencePool::gke-east-pool",
      "metadata.annotations",
    ),
  },
  {
    name: "health check deleted",
    what: "`kubectl delete` of the health check policy",
    cause: (manualEdits) =>
      manualEdits.delete("gke-west", { ...HEALTH_CHECK, namespace: manualEdits.namespace }),
    seen: gone(
      "kubernetes:networking.gke.io/v1:HealthCheckPolicy::cross-region-gateway-health-check",
    ),
    mended: create(
      "kubernetes:networking.gke.io/v1:HealthCheckPolicy::cross-region-gateway-health-check",
    ),
  },
  {
    name: "autoscaler's limit raised",
    what: "A GPU pool's largest size is changed in the console",
    // Google removes every setting that `autoscaling` does not name.
    cause: async (manualEdits) => {
      const name = manualEdits.nameOf("gcp:container/nodePool:NodePool::gke-west-gpu");
      const pool = `https://container.googleapis.com/v1/${name}`;
      const { autoscaling } = await manualEdits.google.call("GET", pool);
      await manualEdits.google.run("POST", `${pool}:setAutoscaling`, {
        autoscaling: { ...(autoscaling as object), totalMaxNodeCount: 9 },
      });
    },
    seen: update("gcp:container/nodePool:NodePool::gke-west-gpu", "autoscaling.totalMaxNodeCount"),
    mended: update(
      "gcp:container/nodePool:NodePool::gke-west-gpu",
      "autoscaling.totalMaxNodeCount",
    ),
  },
  {
    name: "firewall rule deleted",
    what: "The firewall rule for the load balancer is deleted in the console",
    cause: async (manualEdits) => {
      const name = manualEdits.nameOf("gcp:compute/firewall:Firewall::network-load-balancer");
      await manualEdits.google.run("DELETE", `https://compute.googleapis.com/compute/v1/${name}`);
    },
    seen: gone("gcp:compute/firewall:Firewall::network-load-balancer"),
    mended: create("gcp:compute/firewall:Firewall::network-load-balancer"),
  },
];

function gone(resource: string): Step {
  return { operation: "delete", resource, properties: [] };
}
