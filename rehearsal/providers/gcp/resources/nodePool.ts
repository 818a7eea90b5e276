import { PropertyMap } from "../../plugin";
import { ApiError, Json, LostOperation, OperationError } from "../engine/cloud";
import { lastSegment } from "../engine/names";
import { locationOf, projectOf } from "../engine/place";
import { Backend, Context, PartialCreation, ResourceType } from "../engine/resource";
import { gone, patchOf, withoutLocal } from "../engine/rest";
import { block, blocks, bool, list, num, Schema, set, str } from "../engine/schema";
import { ProviderConfig } from "../engine/config";
import { omit, text } from "../engine/values";
import { atLeast } from "./checks";
import { nodeConfigFromApi, nodeConfigProperties, nodeConfigToApi } from "./nodeConfig";

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
  const url = (id: string) => `/container/v1/${id}`;
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
        .operate("POST", `${url(cluster)}/nodePools`, body, deadline)
        .catch((error: unknown) => failedCreation(context, id, error));
      return id;
    },
    async read({ cloud, deadline }, id, known) {
      const json = await gone(cloud.call("GET", url(id), undefined, deadline));
      return json && fromApi(json, id, known);
    },
    async update({ cloud, deadline }, id, change) {
      const patch = toApi(patchOf(properties, change));
      if (Object.keys(patch).length === 0) return id;
      await cloud.operate("PATCH", url(id), patch, deadline).catch((error: unknown) => {
        if (error instanceof OperationError) {
          throw new Error(`Error waiting for updating GKE node pool: ${error.message}`, {
            cause: error,
          });
        }
        throw error;
      });
      return id;
    },
    async delete({ cloud, deadline }, id) {
      await gone(cloud.operate("DELETE", url(id), undefined, deadline)).catch((error: unknown) => {
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
  const read = context.cloud.call("GET", `/container/v1/${id}`, undefined, context.deadline);
  if (await gone(read)) throw new PartialCreation(id, failure);
  throw failure;
}

/** The cluster by id, or by name in the pool's own location and project. */
function clusterOf(inputs: PropertyMap, config: ProviderConfig): string {
  const cluster = text(inputs.cluster);
  if (cluster.includes("/")) return cluster;
  const place = `projects/${projectOf(inputs, config)}/locations/${locationOf(inputs, config)}`;
  return `${place}/clusters/${cluster}`;
}

function toApi(inputs: PropertyMap): Json {
  const sent = omit(inputs, "cluster", "location", "project");
  const { nodeConfig, nodeLocations, nodeCount, maxPodsPerNode, nodeDrainConfigs, ...others } =
    sent;
  const [drain] = Array.isArray(nodeDrainConfigs) ? nodeDrainConfigs : [];
  return {
    ...others,
    ...(nodeConfig !== undefined && { config: nodeConfigToApi(nodeConfig) }),
    ...(nodeLocations !== undefined && { locations: nodeLocations }),
    // A size that is asked for is the size to start with, too.
    ...(nodeCount !== undefined && { nodeCount, initialNodeCount: nodeCount }),
    ...(maxPodsPerNode !== undefined && { maxPodsConstraint: { maxPodsPerNode } }),
    ...(drain !== undefined && { nodeDrainConfig: drain }),
  };
}

function fromApi(json: Json, id: string, known: PropertyMap): PropertyMap {
  const { config, locations, maxPodsConstraint, nodeDrainConfig, currentNodeCount, ...others } =
    json;
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
    nodeCount: Number(currentNodeCount),
    initialNodeCount: Number(json.initialNodeCount ?? 0),
    ...(maxPodsPerNode !== undefined && { maxPodsPerNode: Number(maxPodsPerNode) }),
    ...(nodeConfig && { nodeConfig }),
    ...(nodeDrainConfig !== undefined && { nodeDrainConfigs: [nodeDrainConfig as PropertyMap] }),
    managedInstanceGroupUrls: (json.instanceGroupUrls ?? []) as string[],
  };
}
