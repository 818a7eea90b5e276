import { Cloud } from "../../cloud";
import { Collection, methodsOf } from "../../collection";
import { badRequest } from "../../errors";
import { at, isObject, JsonObject, merge, optionalString, wholes } from "../../json";
import {
  Cluster,
  CLUSTER,
  NODE_POOL,
  NodeConfig,
  NodePool,
  SERVICE_ACCOUNT,
  Taint,
} from "../../kinds";
import { machineType } from "../../../gke/nodes/machineTypes";
import { baseName, checkGkeName } from "../../names";
import { fits, isGpuType, isOfferedIn } from "../../tables/machineTypes";
import { Stored } from "../../store";
import { fillIn } from "../../tables/filledIn/filledIn";
import { NODE_POOL as FILLED_IN } from "../../tables/filledIn/nodePool";
import { actAs, checkClusterFree, checkedZones, containerWording } from "./common";
import { nodeVersion } from "./nodeVersion";
import { updatedPool } from "./nodePoolUpdate";
import { shownPool } from "./nodePoolView";
import { podRangeName } from "./podRange";
import { checkPoolLimits } from "./poolLimits";
import { checkProvisioning } from "./provisioning";
import { containerService } from "./service";
import { nodePoolSpec } from "./specs";

const POOLS = "container.projects.locations.clusters.nodePools";
/** Source: the container API's reference of `NodeConfig`. */
const DEFAULT_MACHINE_TYPE = "e2-medium";
/**
 * GKE keeps pods that ask for no GPU off GPU nodes. Source: "Run GPUs in GKE Standard node pools".
 */
const GPU_TAINT: Taint = { key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" };

export function nodePools(cloud: Cloud): Collection<NodePool> {
  const { store, gke } = cloud;
  const apply = async (name: string, pool: NodePool) => gke.setNodePool(nodePoolSpec(name, pool));
  return {
    kind: NODE_POOL,
    service: containerService(cloud, "nodePools"),
    methods: methodsOf(POOLS, "create"),
    changes: {
      [`${POOLS}.update`]: updatedPool,
      [`${POOLS}.setSize`]: ({ body }) => ({ nodeCount: body.nodeCount ?? 0 }),
      [`${POOLS}.setAutoscaling`]: ({ body }) => ({ autoscaling: body.autoscaling ?? null }),
      [`${POOLS}.setManagement`]: ({ body }) => ({ management: body.management ?? null }),
    },
    noun: "node pool",
    read: ({ body }) => {
      const input = isObject(body.nodePool) ? body.nodePool : {};
      return { id: optionalString(input, "name") ?? "", input };
    },
    make: (name, input) => newNodePool(cloud, name, input),
    change: (name, input, current) => changedNodePool(cloud, name, input, current),
    about: clusterOf,
    uses: (verb, name, { config }) =>
      verb === "insert" ? actAs(name, isObject(config) ? config : {}) : [],
    checkBusy: (name, verb) => checkClusterFree(cloud, name, verb),
    work: {
      insert: apply,
      patch: apply,
      delete: (name) => gke.deleteNodePool(clusterOf(name), baseName(name)),
    },
    failed: (verb, name, body, { message }) => {
      const status = verb === "insert" ? "ERROR" : "RUNNING_WITH_ERROR";
      store.put(NODE_POOL, name, { ...body, status, statusMessage: message });
    },
    view: (name, body, version) => shownPool(cloud, name, body, version),
  };
}

/** A node pool with defaults filled in. @throws ApiError by GKE's rules */
export function newNodePool(cloud: Cloud, name: string, input: JsonObject): NodePool {
  const cluster = cloud.store.get(CLUSTER, clusterOf(name));
  if (!cluster) throw containerWording.notFound(clusterOf(name));
  checkGkeName("node_pool", baseName(name));
  const locations = Array.isArray(input.locations)
    ? checkedZones(cluster.body.location, input.locations)
    : cluster.body.locations;
  const config = nodeConfig(isObject(input.config) ? input.config : {});
  checkConfig(cloud, config, locations, input.config);
  const asked = {
    initialNodeCount: 0,
    ...input,
    name: baseName(name),
    status: "RUNNING",
    version: nodeVersion(cluster.body, optionalString(input, "version")),
    locations,
    ...startNodes(input, locations),
    config,
  };
  const pool: NodePool = fillIn(FILLED_IN, asked, clusterOfPool(cluster));
  checkPoolLimits(pool);
  checkProvisioning(pool);
  return pool;
}

/**
 * Blocks that are set as a whole. Clients leave out what is 0 or off, so that what is not told is that. Source:
 * `nodePoolUpdate` of resource_container_node_pool.go in terraform-provider-google-beta, 93c65b2d60, which clears
 * autoscaling by an empty block and has no other way to say that a pool surges by none.
 */
const WHOLE = ["autoscaling", "upgradeSettings", "nodeDrainConfig"];

/** A node pool with changes laid over it. @throws ApiError by GKE's rules */
export function changedNodePool(
  cloud: Cloud,
  name: string,
  input: JsonObject,
  current: NodePool,
): NodePool {
  const { nodeCount, ...changes } = input;
  const merged = { ...merge(current, changes), ...wholes(changes, WHOLE) } as NodePool;
  const location = name.split("/")[3] ?? "";
  const locations = Array.isArray(changes.locations)
    ? checkedZones(location, changes.locations)
    : merged.locations;
  checkConfig(cloud, merged.config, locations, merged.config);
  checkPoolLimits(merged);
  checkProvisioning(merged);
  const nodes = typeof nodeCount === "number" ? nodeCount : current.currentNodeCount;
  const size = startNodes({ ...merged, initialNodeCount: nodes }, locations);
  const changed = { ...merged, status: "RUNNING", locations, ...size };
  const cluster = cloud.store.get(CLUSTER, clusterOf(name));
  if (!cluster) throw containerWording.notFound(clusterOf(name));
  const wanted = optionalString(changes, "version");
  const version = wanted === undefined ? current.version : nodeVersion(cluster.body, wanted);
  return fillIn(FILLED_IN, { ...changed, version }, clusterOfPool(cluster));
}

/** What a pool takes from its cluster. */
function clusterOfPool({ name, body }: Stored<Cluster>): JsonObject {
  return {
    enablePrivateNodes: at(body, "networkConfig.defaultEnablePrivateNodes"),
    podIpv4CidrBlock: body.clusterIpv4Cidr,
    podRange: at(body, "ipAllocationPolicy.clusterSecondaryRangeName") ?? podRangeName(name),
    subnetwork: body.subnetwork,
  };
}

/**
 * What the autoscaler starts from: the initial size, within its limits. Limits of the pool as a
 * whole may leave zones without a node.
 */
function startNodes(
  { initialNodeCount, autoscaling }: JsonObject,
  locations: string[],
): Pick<NodePool, "currentNodeCount" | "currentLocations"> {
  const zones = locations.length;
  const wanted = typeof initialNodeCount === "number" ? initialNodeCount : 0;
  const limits = isObject(autoscaling) && autoscaling.enabled !== false ? autoscaling : {};
  const limit = (key: string) => {
    const value = limits[key];
    return typeof value === "number" ? value : undefined;
  };
  const perZone = Math.min(
    Math.max(wanted, limit("minNodeCount") ?? 0),
    limit("maxNodeCount") ?? Number.POSITIVE_INFINITY,
  );
  const total = Math.min(
    Math.max(perZone * zones, limit("totalMinNodeCount") ?? 0),
    limit("totalMaxNodeCount") ?? Number.POSITIVE_INFINITY,
  );
  return {
    currentNodeCount: Math.ceil(total / zones),
    currentLocations: locations.slice(0, total),
  };
}

function nodeConfig(input: JsonObject): NodeConfig {
  const name = optionalString(input, "machineType") ?? DEFAULT_MACHINE_TYPE;
  const builtIn = machineType(name)?.gpu;
  const given = Array.isArray(input.accelerators) ? input.accelerators.filter(isObject) : [];
  const accelerators =
    given.length === 0 && builtIn
      ? [{ acceleratorType: builtIn.type, acceleratorCount: String(builtIn.count) }]
      : given;
  const taints = (Array.isArray(input.taints) ? input.taints : []) as Taint[];
  const taintsItself = taints.some(({ key }) => key === GPU_TAINT.key);
  return {
    ...input,
    machineType: name,
    serviceAccount: optionalString(input, "serviceAccount") ?? "default",
    ...(accelerators.length > 0 && { accelerators }),
    ...localSsds(name, input),
    taints: accelerators.length > 0 && !taintsItself ? [...taints, GPU_TAINT] : taints,
    // The rest is filled in with the pool.
  } as NodeConfig;
}

/**
 * From the third generation on, machines come with their local SSDs, and GKE answers how many it
 * puts ephemeral storage on, asked or not. Source: the container API's reference of
 * `EphemeralStorageLocalSsdConfig`; seen of a3-highgpu-2g (mozilla/terraform-modules#464, four) and
 * a3-highgpu-8g (GoogleCloudPlatform/cluster-toolkit#2968).
 */
function localSsds(name: string, input: JsonObject): JsonObject {
  const machine = machineType(name);
  if (!machine?.usesLocalSsds || input.localNvmeSsdBlockConfig !== undefined) return {};
  const given = input.ephemeralStorageLocalSsdConfig;
  const asked = isObject(given) ? given : {};
  const localSsdCount = Number(asked.localSsdCount ?? 0) || machine.localSsds;
  return { ephemeralStorageLocalSsdConfig: { ...asked, localSsdCount } };
}

function checkConfig(cloud: Cloud, config: NodeConfig, zones: string[], given: unknown): void {
  checkServiceAccount(cloud, config.serviceAccount);
  const [gpu] = config.accelerators ?? [];
  const isDefault =
    !isObject(given as JsonObject) || (given as JsonObject).machineType === undefined;
  if (gpu && isDefault) {
    throw badRequest(
      `Cannot use default machine type (${DEFAULT_MACHINE_TYPE}) with GPUs; choose a different ` +
        "machine type.",
    );
  }
  const machine = machineType(config.machineType);
  const lacking = zones.find((zone) => !isOfferedIn(config.machineType, zone));
  if (lacking !== undefined) {
    throw badRequest(
      machine?.gpu && gpu
        ? `Accelerator type "${String(gpu.acceleratorType)}" does not exist in zone ${lacking}.`
        : `Invalid machine type "${config.machineType}" in zone "${lacking}": GCE_NOT_FOUND`,
    );
  }
  checkLocalSsds(config);
  if (!machine || !gpu) return;
  const wanted = { type: String(gpu.acceleratorType), count: Number(gpu.acceleratorCount) };
  if (!isGpuType(wanted.type)) {
    throw badRequest(`Accelerator type "${wanted.type}" does not exist in zone ${zones[0]}.`);
  }
  if (!fits(machine, wanted)) {
    const pair = `${wanted.count} x ${wanted.type}, ${machine.name}`;
    throw badRequest(`[${pair}] features are not compatible for creating instance.`);
  }
}

/** Source of the words: those about GPUs; no log of this refusal was found. */
function checkLocalSsds({ machineType: name, ephemeralStorageLocalSsdConfig }: NodeConfig): void {
  const ssds = machineType(name)?.localSsds;
  const asked = Number(ephemeralStorageLocalSsdConfig?.localSsdCount ?? 0);
  if (ssds === undefined || asked === 0 || asked === ssds) return;
  throw badRequest(
    `[${asked} x local SSD, ${name}] features are not compatible for creating instance.`,
  );
}

function checkServiceAccount({ store }: Cloud, email: string): void {
  if (email === "default") return;
  if (store.list(SERVICE_ACCOUNT).some(({ body }) => body.email === email)) return;
  throw badRequest(`Service account "${email}" does not exist.`);
}

function clusterOf(nodePool: string): string {
  return nodePool.replace(/\/nodePools\/.*/, "");
}
