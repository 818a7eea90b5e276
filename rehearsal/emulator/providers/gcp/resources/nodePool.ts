import { PropertyMap } from "../../plugin";
import { ApiError, LostOperation, OperationError } from "../engine/cloud";
import { Json } from "../engine/json";
import { ProviderConfig } from "../engine/config";
import { containerOperations } from "../engine/operations";
import { locationOf, projectOf } from "../engine/place";
import { during, whileReading, worded } from "../engine/refusals";
import { Backend, Context, PartialCreation, ResourceType } from "../engine/resource";
import { gone, withoutLocal } from "../engine/rest";
import { block, blocks, bool, list, num, Schema, set, str } from "../engine/schema";
import { text } from "../engine/values";
import { atLeast } from "./checks";
import { CONTAINER } from "./cluster/api";
import { atRest, isInError } from "./cluster/rest";
import { groupsOf } from "./instanceGroups";
import { nodeConfigProperties } from "./nodeConfig";
import { poolFromApi, poolToApi } from "./nodePoolBody";
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
  upstream: "ContainerNodePool",
  properties,
  autoName: { property: "name", maxLength: 255, lowercase: false },
  timeouts: { create: TWO_HOURS, update: TWO_HOURS, delete: TWO_HOURS },
  constraints: [{ conflict: "namePrefix", with: ["name"] }],
  backend: nodePoolBackend(),
};

function nodePoolBackend(): Backend {
  const url = (id: string) => `${CONTAINER}/${id}`;
  const clusterIn = (id: string) => id.split("/nodePools/")[0] ?? "";
  return {
    async create(context, inputs) {
      const cluster = clusterOf(inputs, context.config);
      const id = `${cluster}/nodePools/${String(inputs.name)}`;
      const { cloud, deadline } = context;
      // Looks for the pool first, so that an existing one gives this message and not a 409.
      if (await found(context, url(id))) throw new Error(`resource - ${id} - already exists`);
      const body = { nodePool: poolToApi(withoutLocal(properties, inputs)) };
      await cloud
        .operate(containerOperations, "POST", `${url(cluster)}/nodePools`, body, deadline)
        .catch((error: unknown) => failedCreation(context, id, error));
      await checkMade(context, id);
      return id;
    },
    /** Finds it in the list of all pools of its cluster. */
    async read(context, id, known) {
      const { cloud, deadline } = context;
      const cluster = clusterIn(id);
      const list = await gone(
        cloud.call("GET", `${url(cluster)}/nodePools`, undefined, deadline),
      ).catch(whileReading(`NodePools from cluster "${nameIn(cluster)}"`));
      const pool = ((list?.nodePools ?? []) as Json[]).find(({ name }) => name === nameIn(id));
      if (!pool) return undefined;
      const groups = known.ignoreNodeCountChanges === true ? [] : await groupsOf(context, pool);
      return poolFromApi(pool, id, known, groups);
    },
    async update(context, id, change) {
      await atRest(context, url(id));
      for (const { verb, target, body, activity } of poolUpdates(id, change)) {
        await context.cloud
          .operate(containerOperations, verb, url(target), body, context.deadline)
          .catch(during(activity));
      }
      await atRest(context, url(clusterIn(id)));
      await atRest(context, url(id));
      return id;
    },
    async delete(context, id) {
      const { cloud, deadline } = context;
      if (!(await gone(atRest(context, url(id))))) return;
      await cloud
        .operate(containerOperations, "DELETE", url(id), undefined, deadline)
        .catch(
          worded("Error deleting NodePool", (failure) => failure.during("deleting GKE NodePool")),
        );
    },
  };
}

/** Whether a pool exists; an unclear answer counts as no. */
async function found({ cloud, deadline }: Context, url: string): Promise<boolean> {
  try {
    await cloud.call("GET", url, undefined, deadline);
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

/**
 * A pool that exists although its creation failed stays in the state, so that it can be removed.
 */
async function failedCreation(context: Context, id: string, error: unknown): Promise<never> {
  if (error instanceof ApiError) {
    throw new Error(`error creating NodePool: ${error.message}`, { cause: error });
  }
  if (!(error instanceof OperationError)) throw error;
  const failure = new Error(error.during("creating GKE NodePool"), { cause: error });
  if (error instanceof LostOperation) throw new PartialCreation(id, failure);
  if (await found(context, `${CONTAINER}/${id}`)) throw new PartialCreation(id, failure);
  throw failure;
}

/** A failed pool is reported, and stays in the state. */
async function checkMade(context: Context, id: string): Promise<void> {
  const made = await atRest(context, `${CONTAINER}/${id}`);
  if (!isInError(made)) return;
  const state = String(made.status);
  const why = new Error(`NodePool ${nameIn(id)} was created in the error state "${state}"`);
  throw new PartialCreation(id, why);
}

function nameIn(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The cluster by id, or by name in the pool's own location and project. */
function clusterOf(inputs: PropertyMap, config: ProviderConfig): string {
  const cluster = text(inputs.cluster);
  if (cluster.includes("/")) return cluster;
  const place = `projects/${projectOf(inputs, config)}/locations/${locationOf(inputs, config)}`;
  return `${place}/clusters/${cluster}`;
}
