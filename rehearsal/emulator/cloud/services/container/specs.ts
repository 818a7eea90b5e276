import { ClusterSpec, NodePoolSpec } from "../../../gke/gke";
import { at } from "../../json";
import { Cluster, NodeConfig, NodePool, SUBNETWORK } from "../../kinds";
import { projectOf } from "../../names";
import { Store } from "../../store";

const EFFECTS: Record<string, string> = {
  NO_SCHEDULE: "NoSchedule",
  PREFER_NO_SCHEDULE: "PreferNoSchedule",
  NO_EXECUTE: "NoExecute",
};

/** A cluster as the emulated GKE runs it. */
export function clusterSpec(store: Store, name: string, cluster: Cluster): ClusterSpec {
  const nodeCidr = store.get(SUBNETWORK, cluster.subnetwork)?.body.ipCidrRange;
  const channel = at(cluster, "networkConfig.gatewayApiConfig.channel");
  return {
    id: name,
    name: cluster.name,
    project: projectOf(name),
    location: cluster.location,
    network: cluster.network,
    version: cluster.currentMasterVersion,
    hpaProfile: at(cluster, "podAutoscaling.hpaProfile") === "PERFORMANCE" ? "PERFORMANCE" : "NONE",
    gatewayApiChannel:
      channel === "CHANNEL_STANDARD" || channel === "CHANNEL_EXPERIMENTAL"
        ? channel
        : "CHANNEL_DISABLED",
    // New clusters have it on by default. Source: "Managed service for Prometheus", GKE 1.27 and later.
    managedPrometheus: at(cluster, "monitoringConfig.managedPrometheusConfig.enabled") !== false,
    ...(nodeCidr !== undefined && { nodeCidr }),
    podCidr: cluster.clusterIpv4Cidr,
  };
}

/** A node pool as the emulated GKE runs it. */
export function nodePoolSpec(name: string, pool: NodePool): NodePoolSpec {
  const { config } = pool;
  const [gpu] = config.accelerators ?? [];
  const { serviceAccount } = config;
  return {
    cluster: name.replace(/\/nodePools\/.*/, ""),
    name: pool.name,
    machineType: config.machineType,
    zones: pool.currentLocations,
    nodesPerZone: pool.currentNodeCount,
    spot: config.spot === true,
    flexStart: config.flexStart === true,
    ...autoscalingOf(pool),
    ...(gpu && {
      accelerator: { type: String(gpu.acceleratorType), count: Number(gpu.acceleratorCount) },
    }),
    diskSizeGb: config.diskSizeGb,
    ...localSsdsOf(config),
    labels: config.labels ?? {},
    taints: (config.taints ?? []).map(({ key, value, effect }) => ({
      key,
      value,
      effect: EFFECTS[effect] ?? effect,
    })),
    ...(serviceAccount !== "default" && { serviceAccount }),
    respectsBudgets: at(pool, "nodeDrainConfig.respectPdbDuringNodePoolDeletion") === true,
  };
}

function localSsdsOf(config: NodeConfig): Pick<NodePoolSpec, "localSsds"> {
  const localSsds = Number(config.ephemeralStorageLocalSsdConfig?.localSsdCount ?? 0);
  return localSsds > 0 ? { localSsds } : {};
}

/** Limits of the pool as a whole, or of each of its zones. */
function autoscalingOf({ autoscaling, locations }: NodePool): Pick<NodePoolSpec, "autoscaling"> {
  const { enabled, totalMaxNodeCount, maxNodeCount } = autoscaling ?? {};
  if (!autoscaling || enabled === false) return {};
  const perZone = typeof maxNodeCount === "number" ? maxNodeCount : 0;
  const total = typeof totalMaxNodeCount === "number" ? totalMaxNodeCount : 0;
  return { autoscaling: { zones: locations, maxNodes: total || perZone * locations.length } };
}
