import { isMap, PropertyMap, Value } from "../../plugin";
import type { Json } from "../engine/json";
import { goStruct, int64 } from "../engine/goStruct";
import { lastSegment } from "../engine/names";
import { isZero } from "../engine/schema";
import { omit, text } from "../engine/values";
import type { Group } from "./instanceGroups";
import { nodeConfigFromApi, nodeConfigToApi } from "./nodeConfig";

/** How far a pool grows and shrinks: all four numbers are sent. */
const SIZES = ["minNodeCount", "maxNodeCount", "totalMinNodeCount", "totalMaxNodeCount"];

/** A pool as it is made. Source: `expandNodePool` of terraform-provider-google-beta, 93c65b2d60. */
export function poolToApi(inputs: PropertyMap): Json {
  const { name, nodeConfig, nodeLocations, autoscaling, maxPodsPerNode, version } = inputs;
  const { management, upgradeSettings, placementPolicy, queuedProvisioning } = inputs;
  // A size that is asked for is the size to start with.
  const size = inputs.nodeCount ?? inputs.initialNodeCount;
  const drain = drainOf(inputs);
  return {
    name,
    ...(!isZero(size) && { initialNodeCount: size }),
    ...(!isZero(nodeLocations) && { locations: sorted(nodeLocations) }),
    ...(!isZero(version) && { version }),
    networkConfig: poolNetworkOf(inputs.networkConfig),
    ...(isMap(autoscaling) && { autoscaling: autoscalingOf(autoscaling, SIZES) }),
    ...withStructs({ management, upgradeSettings, placementPolicy, queuedProvisioning }),
    ...(drain && { nodeDrainConfig: drain }),
    ...(!isZero(maxPodsPerNode) && {
      maxPodsConstraint: { maxPodsPerNode: int64(maxPodsPerNode) },
    }),
    config: nodeConfigToApi(nodeConfig),
  };
}

/** @param told numbers that are sent even if they are 0 */
export function autoscalingOf(autoscaling: PropertyMap, told: string[]): Json {
  const zeros = Object.fromEntries(told.map((key) => [key, 0]));
  return goStruct({ enabled: true, ...zeros, ...autoscaling }, told) as Json;
}

export function poolNetworkOf(network: Value | undefined): Json {
  if (!isMap(network)) return {};
  const { additionalPodNetworkConfigs, enablePrivateNodes, ...others } = network;
  const pods = Array.isArray(additionalPodNetworkConfigs)
    ? additionalPodNetworkConfigs.filter(isMap)
    : [];
  return {
    enablePrivateNodes: enablePrivateNodes === true,
    ...(goStruct(others) as Json),
    ...(pods.length > 0 && {
      additionalPodNetworkConfigs: pods.map(({ maxPodsPerNode, ...pod }) => ({
        ...pod,
        maxPodsPerNode: { maxPodsPerNode: int64(maxPodsPerNode) },
      })),
    }),
  };
}

/** How machines of a pool are emptied; the provider's list has one. */
export function drainOf({ nodeDrainConfigs }: PropertyMap): Json | undefined {
  const [drain] = Array.isArray(nodeDrainConfigs) ? nodeDrainConfigs : [];
  return isMap(drain) ? (goStruct(drain) as Json) : undefined;
}

export function sorted(value: Value | undefined): string[] {
  return (Array.isArray(value) ? value : []).map(String).sort();
}

function withStructs(blocks: Record<string, Value | undefined>): Json {
  const given = Object.entries(blocks).filter(([, value]) => isMap(value));
  return Object.fromEntries(given.map(([key, value]) => [key, goStruct(value)]));
}

export function poolFromApi(
  json: Json,
  id: string,
  known: PropertyMap,
  groups: Group[],
): PropertyMap {
  const { config, locations, maxPodsConstraint, nodeDrainConfig, autoscaling, ...others } = json;
  const size = groups.reduce((sum, { targetSize = 0 }) => sum + targetSize, 0);
  const [, project = "", , location = "", , cluster = ""] = id.split("/");
  const nodeConfig = nodeConfigFromApi(config, known.nodeConfig);
  const maxPodsPerNode = (maxPodsConstraint as Json | undefined)?.maxPodsPerNode;
  return {
    ...(others as PropertyMap),
    // What the program wrote stays: name and id mean the same cluster.
    cluster: lastSegment(text(known.cluster)) === cluster ? text(known.cluster) : cluster,
    location,
    project,
    nodeLocations: locations as string[],
    nodeCount: groups.length > 0 ? Math.floor(size / groups.length) : 0,
    ...(isMap(autoscaling as PropertyMap) && {
      autoscaling: omit(autoscaling as PropertyMap, "enabled"),
    }),
    initialNodeCount: Number(json.initialNodeCount ?? 0),
    ...(maxPodsPerNode !== undefined && { maxPodsPerNode: Number(maxPodsPerNode) }),
    ...(nodeConfig && { nodeConfig }),
    ...(nodeDrainConfig !== undefined && { nodeDrainConfigs: [nodeDrainConfig as PropertyMap] }),
    managedInstanceGroupUrls: groups.map(({ instanceGroup }) => instanceGroup),
  };
}
