import { type Change, create, replace, update } from "../change";

const GPU_POOL = "gcp:container/nodePool:NodePool::<cluster>-gpu";
const CONTROL_PLANE = "gcp:container/cluster:Cluster::<cluster>";
const SERVER = "kubernetes:apps/v1:Deployment::<cluster>";
const POD = "spec.template.spec";
/** A successor has another name. */
const POOL_SELECTOR = `${POD}.nodeSelector["cloud.google.com/gke-nodepool"]`;

/** Machines and control planes. */
export const nodeChanges: Change[] = [
  {
    name: "accelerator.maxNodes",
    keys: ["accelerator.minNodes", "accelerator.maxNodes"],
    settings: { accelerator: { minNodes: 3, maxNodes: 5 } },
    steps: [update(GPU_POOL, "autoscaling.totalMaxNodeCount", "autoscaling.totalMinNodeCount")],
    effect: "nothing moves",
  },
  {
    name: "accelerator.machineType",
    keys: ["accelerator.machineType"],
    settings: { accelerator: { machineType: "g2-standard-12" } },
    steps: [replace(GPU_POOL, "nodeConfig.machineType"), update(SERVER, POOL_SELECTOR)],
    effect:
      "model servers move to the new pool one at a time, then the old one goes; while both are there, both need quota",
  },
  {
    name: "accelerator.diskGb",
    keys: ["accelerator.diskGb"],
    settings: { accelerator: { diskGb: 300 } },
    steps: [replace(GPU_POOL, "nodeConfig.diskSizeGb"), update(SERVER, POOL_SELECTOR)],
    effect: "as above",
  },
  {
    name: "accelerator.provisioning",
    keys: ["accelerator.provisioning"],
    settings: { accelerator: { provisioning: "on-demand" } },
    steps: [
      replace(GPU_POOL, "nodeConfig.spot"),
      update(
        SERVER,
        `${POD}.containers[0].args`,
        `${POD}.containers[0].lifecycle.preStop.sleep.seconds`,
        POOL_SELECTOR,
        `${POD}.terminationGracePeriodSeconds`,
        `${POD}.tolerations`,
      ),
    ],
    effect: "as above; spot nodes have shorter grace periods",
  },
  {
    name: "accelerator.reservation",
    keys: ["accelerator.reservation"],
    settings: { accelerator: { provisioning: "reservation", reservation: "my-gpus" } },
    steps: [replace(GPU_POOL, "nodeConfig.reservationAffinity"), update(SERVER, POOL_SELECTOR)],
    effect: "as above; the reservation must have room, otherwise the new pool stays empty",
  },
  {
    name: "accelerator.zones",
    keys: ["accelerator.zones"],
    what: "`accelerator.zones`: one more in each region",
    settings: {
      accelerator: { zones: ["europe-west3-a", "europe-west3-b", "us-east4-a", "us-east4-c"] },
    },
    steps: [update(GPU_POOL, "nodeLocations")],
    effect:
      "nothing moves; new nodes may come in either. **One less**: its nodes go, in all clusters at once, and the model " +
      "servers on them: remove a zone when the pool has nodes in the others, one region after another",
  },
  {
    name: "fallbacks",
    keys: ["fallbacks.*"],
    what: "`fallbacks`: the first one",
    settings: {
      fallbacks: [
        { machineType: "g2-standard-8", provisioning: "on-demand", minNodes: 0, maxNodes: 2 },
      ],
    },
    steps: [
      update(GPU_POOL, "nodeConfig.labels", "nodeConfig.taints"),
      create("gcp:container/nodePool:NodePool::<cluster>-fallback-1"),
      create("kubernetes:cloud.google.com/v1:ComputeClass::<cluster>-compute-class"),
      update(
        SERVER,
        'spec.template.metadata.annotations["inference-gateway.dev/node-pools"]',
        `${POD}.nodeSelector["cloud.google.com/compute-class"]`,
        POOL_SELECTOR,
        `${POD}.tolerations`,
      ),
    ],
    effect: "model servers are replaced one at a time, so that the compute class places them",
  },
  {
    name: "maintenanceWindow",
    keys: ["maintenanceWindow.startTime", "maintenanceWindow.hours"],
    settings: { maintenanceWindow: { startTime: "04:00", hours: 8 } },
    steps: [
      update(
        CONTROL_PLANE,
        "maintenancePolicy.recurringWindow.endTime",
        "maintenancePolicy.recurringWindow.startTime",
      ),
    ],
    effect: "counts from the next window on; an upgrade that runs goes on",
  },
  {
    name: "maintenanceDays",
    keys: ["clusters.<name>.maintenanceDays"],
    settings: { clusters: { "gke-east": { maintenanceDays: ["saturday", "sunday"] } } },
    steps: [
      update(
        CONTROL_PLANE,
        "maintenancePolicy.recurringWindow.endTime",
        "maintenancePolicy.recurringWindow.recurrence",
        "maintenancePolicy.recurringWindow.startTime",
      ),
    ],
    clusters: ["gke-east"],
    effect: "as above; clusters that share a day may be upgraded at the same time",
  },
  {
    name: "zones",
    keys: ["clusters.<name>.zones"],
    settings: { clusters: { "gke-east": { zones: ["us-east4-a", "us-east4-c"] } } },
    steps: [update("gcp:container/nodePool:NodePool::<cluster>-system", "nodeLocations")],
    clusters: ["gke-east"],
    effect:
      "nodes without GPUs in a removed zone are drained and deleted, and others replace them; model servers stay",
  },
  {
    name: "gkeVersion with other metrics",
    keys: ["gkeVersion"],
    what: "`gkeVersion`, from 1.34 to 1.35",
    settings: { gkeVersion: "1.35" },
    // The preview asks the cluster itself, which does not know the metric's new shape before it is upgraded.
    first: {
      command: "up",
      target: "**:Cluster::*",
      steps: [update(CONTROL_PLANE, "minMasterVersion")],
    },
    steps: [
      update(
        "kubernetes:autoscaling.gke.io/v1beta1:AutoscalingMetric::<cluster>-metric",
        "spec.endpoints",
        "spec.metrics",
        "spec.selector",
      ),
    ],
    effect:
      "GKE upgrades regional control planes to the minor's newest version, without a gap; nodes follow in their " +
      "maintenance window. The clusters come first, or `up` fails in its own preview: an API server refuses the metric's " +
      "new shape until it is upgraded. In between the balanced metric counts as no load. A stack that asks for 1.34 " +
      "makes this change before GKE upgrades a cluster by itself: that 1.35 takes the older shape is documented nowhere",
  },
  {
    name: "gkeVersion, a newer minor",
    keys: ["gkeVersion"],
    what: "`gkeVersion`, from 1.35 on to the next minor; GKE refuses more than one at a time",
    settings: { gkeVersion: "1.36" },
    steps: [update(CONTROL_PLANE, "minMasterVersion")],
    effect: "control planes and nodes as above; one that GKE has already upgraded stays as it is",
  },
  {
    name: "gkeVersion, left to the channel",
    keys: ["gkeVersion"],
    what: "`gkeVersion`, from 1.35 on: removed",
    settings: { gkeVersion: null },
    steps: [update(CONTROL_PLANE, "minMasterVersion")],
    effect: "no version changes: GKE never downgrades, and continues to upgrade by the channel",
  },
  {
    name: "releaseChannel",
    keys: ["releaseChannel"],
    settings: { releaseChannel: "RAPID" },
    steps: [update(CONTROL_PLANE, "releaseChannel.channel")],
    effect:
      "no version changes at once: GKE upgrades by the new channel, in the maintenance window",
  },
];
