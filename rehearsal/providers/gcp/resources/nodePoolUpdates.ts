import { isDeepStrictEqual } from "node:util";

import { isMap, Value } from "../../plugin";
import { Json } from "../engine/cloud";
import { Change } from "../engine/resource";
import { nodeConfigToApi } from "./nodeConfig";

/** One call that changes a node pool. */
export interface PoolUpdate {
  verb: "POST" | "PUT";
  /** Path below the API's version: the pool, with or without a verb, or its cluster. */
  target: string;
  body: Json;
}

/** What of a configuration its own calls change, and how each wraps it. */
const CONFIG: [string[], (config: Json) => Json][] = [
  [["loggingConfig"], ({ loggingConfig }) => ({ loggingConfig })],
  [["taintConfig"], ({ taintConfig }) => ({ taintConfig })],
  [["containerdConfig"], ({ containerdConfig }) => ({ containerdConfig })],
  [["confidentialNodes"], ({ confidentialNodes }) => ({ confidentialNodes })],
  [
    ["diskSizeGb", "diskType", "machineType", "storagePools", "bootDisk"],
    ({ diskSizeGb, diskType, machineType, storagePools, bootDisk }) => ({
      ...{ diskSizeGb, diskType, machineType, bootDisk },
      ...(storagePools !== undefined && { storagePools }),
    }),
  ],
  [["taints"], ({ taints = [] }) => ({ taints: { taints } })],
  [["tags"], ({ tags = [] }) => ({ tags: { tags } })],
  [["resourceManagerTags"], ({ resourceManagerTags }) => ({ resourceManagerTags })],
  [
    ["resourceLabels"],
    ({ resourceLabels = {} }) => ({ resourceLabels: { labels: resourceLabels } }),
  ],
  [["labels"], ({ labels = {} }) => ({ labels: { labels } })],
  [["imageType"], ({ imageType }) => ({ imageType })],
  [["workloadMetadataConfig"], ({ workloadMetadataConfig }) => ({ workloadMetadataConfig })],
  [["gcfsConfig"], ({ gcfsConfig }) => ({ gcfsConfig })],
  [["gvnic"], ({ gvnic }) => ({ gvnic })],
  [["kubeletConfig"], ({ kubeletConfig }) => ({ kubeletConfig })],
  [["linuxNodeConfig"], ({ linuxNodeConfig }) => ({ linuxNodeConfig })],
  [["windowsNodeConfig"], ({ windowsNodeConfig }) => ({ windowsNodeConfig })],
  [["fastSocket"], ({ fastSocket }) => ({ fastSocket })],
  [["accelerators"], ({ accelerators = [] }) => ({ accelerators })],
];

/**
 * The calls that make a change, in the provider's order: each part of a pool has one of its own.
 * Source: `nodePoolUpdate` and `nodePoolNodeConfigUpdate` of terraform-provider-google-beta, 93c65b2d60.
 */
export function poolUpdates(id: string, { before, after, changed }: Change): PoolUpdate[] {
  const has = (property: string) => changed.includes(property);
  const [cluster = "", name = ""] = id.split("/nodePools/");
  const put = (body: Json): PoolUpdate => ({ verb: "PUT", target: id, body });
  const post = (verb: string, body: Json): PoolUpdate => ({
    verb: "POST",
    target: `${id}:${verb}`,
    body,
  });
  const { autoscaling, nodeCount, management, version, nodeLocations, upgradeSettings } = after;
  const { networkConfig, nodeDrainConfigs } = after;
  const [drain] = Array.isArray(nodeDrainConfigs) ? nodeDrainConfigs : [];
  return [
    ...when(has("autoscaling"), {
      verb: "PUT" as const,
      target: cluster,
      body: {
        update: {
          desiredNodePoolId: name,
          desiredNodePoolAutoscaling: isMap(autoscaling)
            ? { enabled: true, minNodeCount: 0, totalMinNodeCount: 0, ...autoscaling }
            : { enabled: false },
        },
      },
    }),
    ...(has("nodeConfig") ? configUpdates(before.nodeConfig, after.nodeConfig).map(put) : []),
    ...when(has("nodeCount"), post("setSize", { nodeCount })),
    ...when(
      has("management"),
      post("setManagement", {
        management: isMap(management) ? management : { autoRepair: false, autoUpgrade: false },
      }),
    ),
    ...when(has("version"), put({ nodePoolId: name, nodeVersion: version })),
    ...when(has("nodeLocations"), put({ nodePoolId: name, locations: nodeLocations })),
    ...when(has("upgradeSettings"), put({ upgradeSettings: upgradeSettings ?? {} })),
    ...when(has("networkConfig"), put({ nodePoolId: name, nodeNetworkConfig: networkConfig })),
    ...when(has("nodeDrainConfigs"), put({ nodePoolId: name, nodeDrainConfig: drain })),
  ];
}

function configUpdates(before: Value | undefined, after: Value | undefined): Json[] {
  const [old, wanted] = [before, after].map((config) => nodeConfigToApi(config ?? {}) as Json);
  if (!old || !wanted) return [];
  return CONFIG.flatMap(([fields, body]) => {
    const isChanged = fields.some((field) => !isDeepStrictEqual(old[field], wanted[field]));
    const isSaid =
      fields.some((field) => field in wanted) ||
      ["labels", "taints", "tags"].includes(fields[0] ?? "");
    return isChanged && isSaid ? [body(wanted)] : [];
  });
}

function when<T>(holds: boolean, item: T): T[] {
  return holds ? [item] : [];
}
