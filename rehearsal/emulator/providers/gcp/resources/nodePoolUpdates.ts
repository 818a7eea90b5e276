import { isMap, PropertyMap } from "../../plugin";
import { Json } from "../engine/json";
import { goStruct, int64 } from "../engine/goStruct";
import { differs } from "../engine/paths";
import { Change } from "../engine/resource";
import { isZero } from "../engine/schema";
import { bootDiskToApi, nodeConfigToApi } from "./nodeConfig";
import { autoscalingOf, drainOf, poolNetworkOf, sorted } from "./nodePoolBody";

/** One call that changes a node pool. */
export interface PoolUpdate {
  verb: "POST" | "PUT";
  /** Path below the API's version: the pool, with or without a verb, or its cluster. */
  target: string;
  body: Json;
  /** What is waited for, in messages. */
  activity: string;
}

/**
 * The calls that make a change, in the provider's order: each part of a pool has one of its own.
 * Source: `nodePoolUpdate` of terraform-provider-google-beta, 93c65b2d60.
 */
export function poolUpdates(id: string, change: Change): PoolUpdate[] {
  const { changed, after, paths } = change;
  const [cluster = "", name = ""] = id.split("/nodePools/");
  const put = (what: string, body: Json): PoolUpdate => ({
    ...{ verb: "PUT", target: id, body },
    activity: `updating GKE node pool ${what}`,
  });
  const post = (verb: string, what: string, body: Json): PoolUpdate => ({
    ...put(what, body),
    ...{ verb: "POST", target: `${id}:${verb}` },
  });
  const { autoscaling, nodeCount, management, version, nodeLocations, upgradeSettings } = after;
  const calls: [property: string, call: () => PoolUpdate][] = [
    ["nodeCount", () => post("setSize", "size", isZero(nodeCount) ? {} : { nodeCount })],
    [
      "management",
      () => post("setManagement", "management", { management: managementOf(management) }),
    ],
    ["version", () => put("version", { nodePoolId: name, nodeVersion: version })],
    ["nodeLocations", () => put("node locations", { locations: sorted(nodeLocations) })],
    [
      "upgradeSettings",
      () => put("upgrade settings", { upgradeSettings: upgradesOf(upgradeSettings, paths) }),
    ],
    [
      "networkConfig",
      () =>
        put("network_config", {
          nodePoolId: name,
          nodeNetworkConfig: poolNetworkOf(after.networkConfig),
        }),
    ],
    ["nodeDrainConfigs", () => put("node_drain_config", { nodeDrainConfig: drainOf(after) })],
  ];
  return [
    ...(changed.includes("autoscaling") ? [autoscalingUpdate(cluster, name, autoscaling)] : []),
    ...configUpdates(id, change),
    ...calls.filter(([property]) => changed.includes(property)).map(([, call]) => call()),
  ];
}

/** Sent with an update of the cluster, not of the pool. */
function autoscalingUpdate(cluster: string, name: string, autoscaling: unknown): PoolUpdate {
  const wanted = isMap(autoscaling as PropertyMap)
    ? autoscalingOf(autoscaling as PropertyMap, ["minNodeCount", "totalMinNodeCount"])
    : {};
  return desire(cluster, name, { desiredNodePoolAutoscaling: wanted });
}

function desire(cluster: string, name: string, wanted: Json): PoolUpdate {
  return {
    verb: "PUT",
    target: cluster,
    body: { update: { desiredNodePoolId: name, ...wanted } },
    activity: "updating GKE node pool",
  };
}

/** Sends both, whichever has changed. */
function managementOf(management: unknown): Json {
  const { autoRepair, autoUpgrade } = (management ?? {}) as Json;
  return { autoRepair: autoRepair === true, autoUpgrade: autoUpgrade === true };
}

/** Sends how many nodes change at a time if that has changed. */
function upgradesOf(settings: unknown, paths: string[]): Json {
  const { maxSurge, maxUnavailable, ...others } = (settings ?? {}) as Json;
  const sizes = ["maxSurge", "maxUnavailable"].some((key) =>
    differs(paths, `upgradeSettings.${key}`),
  );
  return goStruct({ ...others, ...(sizes && { maxSurge, maxUnavailable }) }) as Json;
}

/** Parts of the machines' configuration, in the order in which they are changed. */
const PARTS = [
  ["loggingVariant", "loggingConfig", "logging_variant"],
  ["taintConfig", "taintConfig", "taint_config"],
  ["containerdConfig", "containerdConfig", "containerd_config"],
  ["confidentialNodes", "confidentialNodes", "confidential_nodes"],
] as const;
const LATER_PARTS = [
  ["workloadMetadataConfig", "workload_metadata_config"],
  ["gcfsConfig", "gcfs_config"],
  ["gvnic", "gvnic"],
  ["kubeletConfig", "kubelet_config"],
  ["linuxNodeConfig", "linux_node_config"],
  ["windowsNodeConfig", "windows_node_config"],
] as const;
const MACHINE = ["diskSizeGb", "diskType", "machineType", "storagePools", "bootDisk"];

/**
 * Updates of the configuration of a pool's machines. Source: `nodePoolNodeConfigUpdate` in node_config.go of the same.
 * @param id of the pool; a cluster's own configuration is that of its default pool
 */
export function configUpdates(id: string, { before, after, paths }: Change): PoolUpdate[] {
  const has = (key: string) => differs(paths, `nodeConfig.${key}`);
  if (!has("")) return [];
  const [cluster = "", name = ""] = id.split("/nodePools/");
  const [old, config] = [before, after].map(({ nodeConfig }) => (nodeConfig ?? {}) as PropertyMap);
  if (!old || !config) return [];
  const sent = nodeConfigToApi(config);
  const put = (what: string, body: Json): PoolUpdate => ({
    ...{ verb: "PUT", target: id, body },
    activity: `updating GKE node pool ${what}`,
  });
  const when = (holds: boolean, call: () => PoolUpdate) => (holds ? [call()] : []);
  const labelled = (key: "labels" | "resourceLabels") =>
    isZero(config[key]) ? { name } : { name, [key]: { labels: config[key] } };
  return [
    ...PARTS.flatMap(([key, field, what]) =>
      when(has(key), () => put(what, { name, [field]: sent[field] })),
    ),
    ...when(MACHINE.some(has), () =>
      put("disk_size_gb/disk_type/machine_type/storage_pools/boot_disk", {
        name,
        ...machineOf(config, old, has),
      }),
    ),
    ...when(has("taints"), () => put("taints", { name, taints: listed("taints", sent) })),
    ...when(has("tags"), () => put("tags", { name, tags: listed("tags", sent) })),
    ...when(has("resourceManagerTags"), () =>
      put("resource manager tags", { name, resourceManagerTags: sent.resourceManagerTags ?? {} }),
    ),
    ...when(has("resourceLabels"), () => put("resource labels", labelled("resourceLabels"))),
    ...when(has("labels"), () => put("labels", labelled("labels"))),
    ...when(has("imageType"), () => desire(cluster, name, { desiredImageType: config.imageType })),
    ...LATER_PARTS.flatMap(([key, what]) =>
      when(has(key), () => put(what, { nodePoolId: name, [key]: sent[key] })),
    ),
    ...when(has("fastSocket"), () => put("fast_socket", { name, fastSocket: sent.fastSocket })),
  ];
}

/** The whole machine and its disk; if the pool sets its boot disk, only the changed fields of disks. */
function machineOf(config: PropertyMap, old: PropertyMap, has: (key: string) => boolean): Json {
  const { diskSizeGb, diskType, machineType, storagePools, bootDisk } = config;
  const told = (key: string) => !isMap(old.bootDisk) || has(key);
  return goStruct({
    machineType,
    storagePools,
    ...(told("diskSizeGb") && !isZero(diskSizeGb) && { diskSizeGb: int64(diskSizeGb) }),
    ...(told("diskType") && { diskType }),
    ...(told("bootDisk") && isMap(bootDisk) && { bootDisk: bootDiskToApi(bootDisk) }),
  }) as Json;
}

/** An emptied list is sent as an empty structure. */
function listed(key: string, sent: Json): Json {
  return sent[key] === undefined ? {} : { [key]: sent[key] };
}
