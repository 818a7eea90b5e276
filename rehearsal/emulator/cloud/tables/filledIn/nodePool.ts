import { at, isObject, JsonObject } from "../../json";
import { Condition, FilledIn } from "./filledIn";
import { from, has, is } from "./conditions";
import { GKE_1_33, GKE_1_35, NODE_POOL as POOL, QUEUED_POOL } from "./sources";

const SCOPES = ["devstorage.read_only", "logging.write", "monitoring"]
  .concat("service.management.readonly", "servicecontrol", "trace.append")
  .map((scope) => `https://www.googleapis.com/auth/${scope}`);

const AUTOSCALED = has("autoscaling", "autoscaling is on");
/** Nodes that live for some days, and are never changed. */
const SHORT_LIVED: Condition = {
  words: "flex-start or queued provisioning",
  holds: (pool) =>
    at(pool, "config.flexStart") === true || at(pool, "queuedProvisioning.enabled") === true,
};

/** What GKE fills into a node pool. Around it: of its cluster, what `clusterOfPool` tells. */
export const NODE_POOL: readonly FilledIn[] = [
  { field: "autoscaling.enabled", value: true, when: AUTOSCALED, source: POOL },
  {
    field: "autoscaling.locationPolicy",
    value: "ANY",
    when: is("queuedProvisioning.enabled", true, "queued provisioning"),
    source: QUEUED_POOL,
  },
  { field: "autoscaling.locationPolicy", value: "BALANCED", when: AUTOSCALED, source: POOL },
  { field: "config.diskSizeGb", value: 100, source: POOL },
  { field: "config.diskType", value: "pd-balanced", source: POOL },
  {
    field: "config.bootDisk",
    value: bootDisk,
    shown: "`diskType` and `diskSizeGb` once more",
    source: POOL,
  },
  { field: "config.effectiveCgroupMode", value: "EFFECTIVE_CGROUP_MODE_V2", source: POOL },
  { field: "config.imageType", value: "COS_CONTAINERD", source: POOL },
  {
    field: "config.kubeletConfig",
    value: { insecureKubeletReadonlyPortEnabled: false, maxParallelImagePulls: 2 },
    source: POOL,
  },
  { field: "config.machineType", value: "e2-medium", source: POOL },
  { field: "config.metadata", value: { "disable-legacy-endpoints": "true" }, source: POOL },
  {
    field: "config.nodeImageConfig",
    value: nodeImage,
    shown: "the image of the version",
    when: from("1.35"),
    source: POOL,
  },
  { field: "config.oauthScopes", value: SCOPES, source: POOL },
  {
    field: "config.resourceLabels",
    value: (pool) => provisioningLabel(pool),
    shown: "`goog-gke-node-pool-provisioning-model: on-demand`",
    source: POOL,
  },
  { field: "config.serviceAccount", value: "default", source: POOL },
  {
    field: "config.shieldedInstanceConfig.enableIntegrityMonitoring",
    value: true,
    source: POOL,
  },
  { field: "config.windowsNodeConfig", value: {}, source: POOL },
  { field: "management", value: { autoUpgrade: true, autoRepair: true }, source: POOL },
  { field: "maxPodsConstraint.maxPodsPerNode", value: "110", source: POOL },
  {
    field: "networkConfig.networkTierConfig.networkTier",
    value: "NETWORK_TIER_DEFAULT",
    when: from("1.35"),
    source: GKE_1_35,
  },
  {
    field: "networkConfig.enablePrivateNodes",
    value: (_pool, { enablePrivateNodes }) => enablePrivateNodes,
    shown: "as the cluster's `defaultEnablePrivateNodes`",
    source: GKE_1_33,
  },
  {
    field: "networkConfig.podIpv4CidrBlock",
    value: (_pool, { podIpv4CidrBlock }) => podIpv4CidrBlock,
    shown: "the pods' range of the cluster",
    source: POOL,
  },
  {
    field: "networkConfig.podRange",
    value: (_pool, { podRange }) => podRange,
    shown: "its name",
    source: POOL,
  },
  {
    field: "networkConfig.subnetwork",
    value: (_pool, { subnetwork }) => subnetwork,
    shown: "the cluster's",
    source: POOL,
  },
  { field: "podIpv4CidrSize", value: 24, source: POOL },
  {
    field: "upgradeSettings",
    value: { strategy: "SHORT_LIVED" },
    when: SHORT_LIVED,
    source: QUEUED_POOL,
  },
  { field: "upgradeSettings", value: { strategy: "SURGE", maxSurge: 1 }, source: POOL },
];

function bootDisk({ config }: JsonObject): JsonObject {
  const { diskType, diskSizeGb } = isObject(config) ? config : {};
  return { diskType, sizeGb: String(diskSizeGb) };
}

function nodeImage({ version }: JsonObject): JsonObject {
  const [, minor, patch, build] = /^1\.(\d+)\.(\d+)-gke\.(\d+)$/.exec(String(version)) ?? [];
  return { image: `gke-1${minor}${patch}-gke${build}-cos-c-pre`, imageProject: "gke-node-images" };
}

/** Labels of other ways to get nodes were not seen. */
function provisioningLabel({ config }: JsonObject): JsonObject | undefined {
  const { spot, preemptible, flexStart } = isObject(config) ? config : {};
  if (spot === true || preemptible === true || flexStart === true) return undefined;
  return { "goog-gke-node-pool-provisioning-model": "on-demand" };
}
