import { isMap, PropertyMap } from "../../plugin";
import { ApiError, Json, LostOperation, OperationError } from "../engine/cloud";
import { containerOperations } from "../engine/operations";
import { lastSegment } from "../engine/names";
import { locationOf, projectOf } from "../engine/place";
import { Backend, Context, PartialCreation, ResourceType } from "../engine/resource";
import { gone, withoutLocal } from "../engine/rest";
import { block, blocks, bool, list, num, Schema, set, str } from "../engine/schema";
import { ProviderConfig } from "../engine/config";
import { omit, text } from "../engine/values";
import { atLeast } from "./checks";
import { CONTAINER } from "./cluster/api";
import { COMPUTE } from "./computeApi";
import { nodeConfigFromApi, nodeConfigProperties, nodeConfigToApi } from "./nodeConfig";
import { poolUpdates } from "./nodePoolUpdates";

const properties: Schema = {
  autoscaling: block("O", {
    locationPolicy: str("OC", { allowed: ["BALANCED", "ANY"] }),
    maxNodeCount: num("O", { check: atLeast(0) }),
    minNodeCount: num("O", { check: atLeast(0) }),
    totalMaxNodeCount: num("O", { check: atLeast(0) }),
    totalMinNodeCount: num("O", { check: atLeast(0) }),
  }),
  cluster: str("RF"),
  deletionPolicy: str("OCL"),
  ignoreNodeCountChanges: bool("OL"),
  initialNodeCount: num("OCF"),
  instanceGroupUrls: list("C"),
  location: str("OCF"),
  maintenancePolicies: blocks("O", {
    exclusionUntilEndOfSupports: blocks("O", {
      enabled: bool("O"),
      endTime: str("C"),
      startTime: str("C"),
    }),
  }),
  managedInstanceGroupUrls: list("C"),
  management: block("OC", {
    autoRepair: bool("O", { default: true }),
    autoUpgrade: bool("O", { default: true }),
  }),
  maxPodsPerNode: num("OCF"),
  name: str("OCF"),
  namePrefix: str("OCFL"),
  networkConfig: block("OC", {
    acceleratorNetworkProfile: str("OF"),
    additionalNodeNetworkConfigs: blocks("OCF", { network: str("OCF"), subnetwork: str("OCF") }),
    additionalPodNetworkConfigs: blocks("OF", {
      maxPodsPerNode: num("OCF"),
      secondaryPodRange: str("OF"),
      subnetwork: str("OF"),
    }),
    createPodRange: bool("OF"),
    enablePrivateNodes: bool("OC"),
    networkPerformanceConfig: block("O", { totalEgressBandwidthTier: str("R") }),
    podCidrOverprovisionConfig: block("OCF", { disabled: bool("R") }),
    podIpv4CidrBlock: str("OCF"),
    podRange: str("OCF"),
    subnetwork: str("OCF"),
  }),
  nodeConfig: block("OCF", nodeConfigProperties),
  nodeCount: num("OC", { check: atLeast(0) }),
  nodeDrainConfigs: blocks("OC", {
    graceTerminationDuration: str("O"),
    pdbTimeoutDuration: str("O"),
    respectPdbDuringNodePoolDeletion: bool("O"),
  }),
  nodeLocations: set("OC"),
  operation: str("C"),
  placementPolicy: block("OF", { policyName: str("OF"), tpuTopology: str("O"), type: str("R") }),
  project: str("OCF"),
  queuedProvisioning: block("OF", { enabled: bool("RF") }),
  upgradeSettings: block("OC", {
    blueGreenSettings: block("OC", {
      autoscaledRolloutPolicy: block("O", { waitForDrainDuration: str("OC") }),
      nodePoolSoakDuration: str("OC"),
      standardRolloutPolicy: block("O", {
        batchNodeCount: num("OC"),
        batchPercentage: num("OC"),
        batchSoakDuration: str("OC"),
      }),
    }),
    maxSurge: num("OC", { check: atLeast(0) }),
    maxUnavailable: num("OC", { check: atLeast(0) }),
    strategy: str("O", { default: "SURGE", allowed: ["SURGE", "BLUE_GREEN"] }),
  }),
  version: str("OC"),
};

const TWO_HOURS = 2 * 60 * 60;

/** id: `projects/{project}/locations/{location}/clusters/{cluster}/nodePools/{name}` */
export const nodePool: ResourceType = {
  token: "gcp:container/nodePool:NodePool",
  properties,
  autoName: { property: "name", maxLength: 255, lowercase: false },
  timeouts: { create: TWO_HOURS, update: TWO_HOURS, delete: TWO_HOURS },
  constraints: [{ conflict: "namePrefix", with: ["name"] }],
  backend: nodePoolBackend(),
};

function nodePoolBackend(): Backend {
  const url = (id: string) => `${CONTAINER}/${id}`;
  return {
    async create(context, inputs) {
      const cluster = clusterOf(inputs, context.config);
      const id = `${cluster}/nodePools/${String(inputs.name)}`;
      const { cloud, deadline } = context;
      // The real provider asks first, so that an existing pool gives this message in place of a
      // 409.
      if (await gone(cloud.call("GET", url(id), undefined, deadline))) {
        throw new Error(`resource - ${id} - already exists`);
      }
      const body = { nodePool: { name: inputs.name, ...toApi(withoutLocal(properties, inputs)) } };
      await cloud
        .operate(containerOperations, "POST", `${url(cluster)}/nodePools`, body, deadline)
        .catch((error: unknown) => failedCreation(context, id, error));
      return id;
    },
    async read(context, id, known) {
      const { cloud, deadline } = context;
      const json = await gone(cloud.call("GET", url(id), undefined, deadline));
      return json && fromApi(json, id, known, await groupsOf(context, json));
    },
    async update(context, id, change) {
      for (const { verb, target, body } of poolUpdates(id, change)) {
        await context.cloud
          .operate(containerOperations, verb, url(target), body, context.deadline)
          .catch((error: unknown) => {
            if (!(error instanceof OperationError)) throw error;
            const message = `Error waiting for updating GKE node pool: ${error.message}`;
            throw new Error(message, { cause: error });
          });
      }
      return id;
    },
    async delete({ cloud, deadline }, id) {
      const deletion = cloud.operate(containerOperations, "DELETE", url(id), undefined, deadline);
      await gone(deletion).catch((error: unknown) => {
        if (!(error instanceof Error)) throw error;
        throw new Error(`Error deleting NodePool: ${error.message}`, { cause: error });
      });
    },
  };
}

/**
 * A pool that is there although its creation failed stays in the state, so that it can be removed.
 */
async function failedCreation(context: Context, id: string, error: unknown): Promise<never> {
  if (error instanceof ApiError) {
    throw new Error(`error creating NodePool: ${error.message}`, { cause: error });
  }
  if (!(error instanceof OperationError)) throw error;
  const failure = new Error(`Error waiting for creating GKE NodePool: ${error.message}`);
  if (error instanceof LostOperation) throw new PartialCreation(id, failure);
  const read = context.cloud.call("GET", `${CONTAINER}/${id}`, undefined, context.deadline);
  if (await gone(read)) throw new PartialCreation(id, failure);
  throw failure;
}

const SPELLED_OTHERWISE = [
  "nodeConfig",
  "nodeLocations",
  "nodeCount",
  "maxPodsPerNode",
  "nodeDrainConfigs",
  "autoscaling",
];

/** The cluster by id, or by name in the pool's own location and project. */
function clusterOf(inputs: PropertyMap, config: ProviderConfig): string {
  const cluster = text(inputs.cluster);
  if (cluster.includes("/")) return cluster;
  const place = `projects/${projectOf(inputs, config)}/locations/${locationOf(inputs, config)}`;
  return `${place}/clusters/${cluster}`;
}

function toApi(inputs: PropertyMap): Json {
  const sent = omit(inputs, "cluster", "location", "project");
  const { nodeConfig, nodeLocations, nodeCount, maxPodsPerNode, nodeDrainConfigs, autoscaling } =
    sent;
  const others = omit(sent, ...SPELLED_OTHERWISE);
  const [drain] = Array.isArray(nodeDrainConfigs) ? nodeDrainConfigs : [];
  return {
    ...omit(others, "version"),
    ...(isMap(autoscaling) && { autoscaling: { enabled: true, ...autoscaling } }),
    ...(nodeConfig !== undefined && { config: nodeConfigToApi(nodeConfig) }),
    ...(nodeLocations !== undefined && { locations: nodeLocations }),
    // A size that is asked for is the size to start with.
    ...(nodeCount !== undefined && { initialNodeCount: nodeCount }),
    ...(others.version !== undefined && { version: others.version }),
    ...(maxPodsPerNode !== undefined && { maxPodsConstraint: { maxPodsPerNode } }),
    ...(drain !== undefined && { nodeDrainConfig: drain }),
  };
}

/** How many machines a group has, by the group's link. */
interface Group extends Json {
  selfLink: string;
  instanceGroup: string;
  targetSize?: number;
}

/** The groups of machines that a pool's links lead to: the size of a pool is read from them. */
async function groupsOf({ cloud, deadline }: Context, pool: Json): Promise<Group[]> {
  const found: Group[] = [];
  for (const link of (pool.instanceGroupUrls ?? []) as string[]) {
    const [, zone = "", name = ""] =
      /\/(projects\/.+)\/instanceGroupManagers\/(.+)$/.exec(link) ?? [];
    const list = `${COMPUTE.base}/${zone}/instanceGroupManagers`;
    const { items = [] } = await cloud.call("GET", list, undefined, deadline);
    const group = (items as Group[]).find(({ selfLink }) => selfLink.endsWith(`/${name}`));
    if (group) found.push(group);
  }
  return found;
}

function fromApi(json: Json, id: string, known: PropertyMap, groups: Group[]): PropertyMap {
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
