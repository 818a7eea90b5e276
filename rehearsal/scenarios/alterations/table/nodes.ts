import type { Alteration } from "../alteration";
import { fallbackPool, gpuPool, metricsWriter, modelServer, monitoringViewer } from "./resources";

const SCOPE = "https://www.googleapis.com/auth/logging.write";

export const nodesAlterations: readonly Alteration[] = [
  // GKE's default; pods of the good stack ask for 60 GiB.
  {
    name: "smallDisk",
    edits: [{ at: gpuPool, set: "nodeConfig.diskSizeGb", to: 100 }],
    policy: {
      name: "gpu-pods-schedulable",
      says: [
        {
          resource: "gke-east",
          message:
            'spec.template.spec.containers[0].resources.requests["ephemeral-storage"]: no node takes these pods: a pod asks ' +
            "for 60 GiB of disk, but a node of gke-east-gpu leaves 43 GiB of its boot disk to pods; raise the pool's " +
            "diskSizeGb, or ask for less",
        },
      ],
    },
    cloud: {
      edits: [{ at: modelServer, timeouts: { create: "30s" } }],
      fails: "up",
      says: /cluster gke-east: pod inference\/vllm-\S+: Unschedulable: 0\/\d+ nodes are available: \d+ Insufficient ephemeral-storage[,.]/,
    },
  },
  {
    name: "classWithoutLabel",
    stack: "prod",
    edits: [{ at: gpuPool, unset: "nodeConfig.labels" }],
    policy: {
      name: "gpu-pods-schedulable",
      says: [
        {
          resource: "gke-east-gpu",
          message:
            'nodeConfig.labels["cloud.google.com/compute-class"]: is not set, so ComputeClass "model-server" does not find ' +
            'the nodes of this pool; set it to "model-server"',
        },
      ],
    },
  },
  {
    name: "noRoomForUpdate",
    edits: [{ at: gpuPool, set: "autoscaling.totalMaxNodeCount", to: 1 }],
    policy: {
      name: "gpu-pods-schedulable",
      says: [
        {
          resource: "gke-east",
          message:
            "spec.strategy.rollingUpdate.maxUnavailable: is 0, which stands for 0, so an update starts a pod before it " +
            "stops one, but gke-east-gpu hold no more than 1; set it to 1, or raise the most nodes of the pool",
        },
      ],
    },
  },
  {
    name: "moreGpusThanMachine",
    edits: [{ at: gpuPool, set: "nodeConfig.guestAccelerators[0].count", to: 2 }],
    policy: {
      name: "node-pool-values",
      says: [
        {
          resource: "gke-east-gpu",
          message:
            'nodeConfig.guestAccelerators[0].count: is 2, but "g2-standard-8" has 1 x nvidia-l4; write 1',
        },
      ],
    },
  },
  {
    name: "poolInEveryZone",
    edits: [{ at: gpuPool, unset: "nodeLocations" }],
    policy: {
      name: "gpu-pool-zones",
      says: [
        {
          resource: "gke-east-gpu",
          message:
            "nodeLocations: is not set, so the pool gets the zones of gke-east, and GKE may refuse it: some of us-east4 are " +
            "not known to have g2-standard-8; set it to us-east4-a, us-east4-c, or some of them",
        },
      ],
    },
    cloud: {
      fails: "up",
      says: /Accelerator type "nvidia-l4" does not exist in zone us-east4-b\./,
    },
  },
  {
    name: "manyNodes",
    edits: [{ at: gpuPool, set: "autoscaling.totalMaxNodeCount", to: 100 }],
    policy: {
      name: "hourly-budget",
      says: [
        {
          resource: "gke-east-gpu",
          message:
            "autoscaling.totalMaxNodeCount: the stack costs up to 71.88 $/h, more than its " +
            "budget of 50 $/h (the most expensive: gke-east-gpu 100 x g2-standard-8 spot = " +
            "65.80, gke-east-system 6 x e2-standard-8 = 2.28, gke-west-system 6 x e2-standard-8 " +
            "= 2.28; highest list prices of any region, 2026-07-30); lower these sizes, or set " +
            "hourlyUsd if it may cost that much",
        },
      ],
    },
  },
  {
    name: "nodesAreEditors",
    edits: [{ at: monitoringViewer, set: "role", to: "roles/editor" }],
    policy: {
      name: "least-privilege-node-identity",
      says: [
        {
          resource: "nodes-monitoring.viewer",
          message:
            'role: "roles/editor" is more than the service account of nodes may have; remove this grant; allowed are ' +
            "roles/artifactregistry.reader, roles/autoscaling.metricsWriter, roles/container.defaultNodeServiceAccount, " +
            "roles/logging.logWriter, roles/monitoring.metricWriter, roles/monitoring.viewer, " +
            "roles/stackdriver.resourceMetadata.writer",
        },
      ],
    },
  },
  {
    name: "defaultNodeIdentity",
    edits: [{ at: gpuPool, unset: "nodeConfig.serviceAccount" }],
    policy: {
      name: "least-privilege-node-identity",
      says: [
        {
          resource: "gke-east-gpu",
          message:
            "nodeConfig.serviceAccount: is not set, so nodes run as Compute Engine's default account, which the whole " +
            "project shares; set it to the email of a service account that is made for nodes",
        },
      ],
    },
  },
  {
    name: "autoRepairOff",
    edits: [{ at: gpuPool, set: "management.autoRepair", to: false }],
    policy: {
      name: "node-auto-repair",
      says: [
        {
          resource: "gke-east-gpu",
          message:
            "management.autoRepair: is false, so a node with a broken GPU or a full disk stays in the pool; remove it or set it " +
            "to true",
        },
      ],
    },
  },
  {
    name: "nodesWriteNoMetrics",
    edits: [{ at: metricsWriter, set: "role", to: "roles/monitoring.viewer" }],
    policy: {
      name: "node-identity-writes-metrics",
      says: [
        {
          resource: "nodes",
          message:
            "accountId: nodes of gke-east and gke-west run as this account, which has no roles/autoscaling.metricsWriter, " +
            "so the load balancer gets no metric to balance on; give it to this account with an IAM member of the project",
        },
      ],
    },
  },
  {
    name: "narrowScopes",
    edits: [{ at: gpuPool, set: "nodeConfig.oauthScopes", to: [SCOPE] }],
    policy: {
      name: "node-scopes",
      says: [
        {
          resource: "gke-east-gpu",
          message:
            `nodeConfig.oauthScopes: ["${SCOPE}"] keeps nodes from what their roles allow, such as writing the metrics ` +
            'that the gateway balances by; set it to ["https://www.googleapis.com/auth/cloud-platform"], or leave it out',
        },
      ],
    },
  },
  {
    name: "spotOnly",
    stack: "prod",
    edits: [{ at: fallbackPool, set: "nodeConfig.spot", to: true }],
    policy: {
      name: "non-spot-fallback",
      says: [
        {
          resource: "gke-west-fallback-1",
          level: "advisory",
          message:
            "nodeConfig.spot: every GPU node of cluster gke-west is Spot, and Google may take " +
            "all of them back at the same time; add GPU nodes that are not Spot, to fall back on",
        },
      ],
    },
  },
  {
    name: "secureBootUnset",
    edits: [{ at: gpuPool, unset: "nodeConfig.shieldedInstanceConfig.enableSecureBoot" }],
    policy: {
      name: "shielded-nodes",
      says: [
        {
          resource: "gke-east-gpu",
          message:
            "nodeConfig.shieldedInstanceConfig.enableSecureBoot: is not set, so nodes start unsigned drivers and boot loaders " +
            "too; set it to true",
        },
      ],
    },
  },
  {
    name: "shapeNotOnDemand",
    stack: "prod",
    edits: [
      { at: fallbackPool, set: "nodeConfig.machineType", to: "a3-highgpu-2g" },
      { at: fallbackPool, set: "nodeConfig.guestAccelerators[0].count", to: 2 },
    ],
    policy: {
      name: "spot-only-shapes",
      says: [
        {
          resource: "gke-west-fallback-1",
          message:
            "nodeConfig.spot: is not set, but a3-highgpu-2g is sold as Spot or flex-start only; set it to true, or make " +
            "the nodes flex-start",
        },
      ],
    },
  },
  {
    name: "nodeMetadata",
    edits: [{ at: gpuPool, set: "nodeConfig.workloadMetadataConfig.mode", to: "GCE_METADATA" }],
    policy: {
      name: "workload-identity",
      says: [
        {
          resource: "gke-east-gpu",
          message:
            'nodeConfig.workloadMetadataConfig.mode: is "GCE_METADATA", so pods act as their node; set it to "GKE_METADATA"',
        },
      ],
    },
  },
  {
    name: "oldMetadataEndpoints",
    edits: [{ at: gpuPool, set: 'nodeConfig.metadata["disable-legacy-endpoints"]', to: "false" }],
    policy: {
      name: "workload-identity",
      says: [
        {
          resource: "gke-east-gpu",
          message:
            'nodeConfig.metadata["disable-legacy-endpoints"]: is "false", so pods may read their node\'s credentials without ' +
            'the usual header; remove it or set it to "true"',
        },
      ],
    },
  },

  // The first `up` passes: GKE fills in the SSDs that the machines come with, and the provider takes them for a change.
  {
    name: "poolWithoutSsds",
    edits: [{ at: gpuPool, unset: "nodeConfig.ephemeralStorageLocalSsdConfig" }],
    cloud: {
      settings: {
        "inference-gateway:accelerator": {
          machineType: "a3-highgpu-2g",
          provisioning: "spot",
          minNodes: 1,
          maxNodes: 2,
        },
      },
      fails: "again",
      says: /\+-gcp:container\/nodePool:NodePool: \(replace\)[^~]*NodePool::gke-east-gpu\][^~]*~ nodeConfig: \{\s+- ephemeralStorageLocalSsdConfig: \{\s+- localSsdCount: 4\s/,
    },
  },
];
