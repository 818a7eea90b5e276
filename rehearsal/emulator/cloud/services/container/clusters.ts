import { createHash, randomUUID } from "node:crypto";

import { ClusterEndpoint } from "../../../gke/gke";
import { timestamp } from "../../clock";
import { Cloud } from "../../cloud";
import { requireApi } from "../../enabledApis";
import { Collection, methodsOf } from "../../collection";
import { ApiError, badRequest } from "../../errors";
import { at, isObject, JsonObject, merge, optionalString, without, wholes } from "../../json";
import { CLUSTER, Cluster, NETWORK, NODE_POOL, SUBNETWORK, WORKLOAD_POOL } from "../../kinds";
import { baseName, checkGkeName, isZone, projectOf } from "../../names";
import { checkUpgrade, chooseVersion } from "../../tables/gkeVersions";
import { registerByFleetBlock, unregisterByFleetBlock } from "../gkehub/fleetBlock";
import { CLUSTER as FILLED_IN } from "../../tables/filledIn/cluster";
import { WITH_IP_ENDPOINTS } from "../../tables/filledIn/conditions";
import { fillIn } from "../../tables/filledIn/filledIn";
import { clusterNetwork } from "./clusterNetwork";
import { titleOf, updatedFields } from "./clusterUpdate";
import { shownCluster } from "./clusterView";
import { actAs, checkClusterFree, checkedZones } from "./common";
import { checkedMaintenance, setMaintenance } from "./maintenance";
import { newNodePool } from "./nodePools";
import { changePool, moveNodePools } from "./poolZones";
import { addPodRange, releasePodRange, removePodRange, reservePodRange } from "./podRange";
import { containerService } from "./service";
import { clusterSpec, nodePoolSpec } from "./specs";

/** Fields that the program cannot change in an existing cluster; the provider replaces it. */
const IMMUTABLE = ["name", "location", "network", "subnetwork", "ipAllocationPolicy", "nodePools"];

export function clusters(cloud: Cloud): Collection<Cluster> {
  const { store, gke, managed } = cloud;
  return {
    kind: CLUSTER,
    service: containerService(cloud, "clusters"),
    methods: methodsOf("container.projects.locations.clusters", "create"),
    changes: {
      "container.projects.locations.clusters.update": updatedFields,
      "container.projects.locations.clusters.setResourceLabels": ({ body }, current) => {
        checkLabelFingerprint(body, current);
        return { resourceLabels: body.resourceLabels ?? {} };
      },
      "container.projects.locations.clusters.setMaintenancePolicy": setMaintenance,
    },
    title: titleOf,
    noun: "cluster",
    read: ({ body }) => {
      const input = isObject(body.cluster) ? body.cluster : {};
      return { id: optionalString(input, "name") ?? "", input };
    },
    make: (name, input) => newCluster(cloud, name, input),
    change: (name, input, current) => changedCluster(cloud, name, input, current),
    references: (_name, { network, subnetwork }) => [
      { kind: NETWORK, name: network },
      { kind: SUBNETWORK, name: subnetwork },
    ],
    about: (name, verb) => (verb === "insert" ? `projects/${projectOf(name)}` : name),
    uses: (verb, name, { nodeConfig }) =>
      verb === "insert" ? actAs(name, asObject(nodeConfig)) : [],
    checkBusy: (name, verb) => checkClusterFree(cloud, name, verb),
    pace: (verb, { location }) => {
      const size = isZone(location) ? "zonal" : "regional";
      return `${CLUSTER.type} ${verb}${verb === "insert" ? ` ${size}` : ""}`;
    },
    work: {
      insert: async (name, cluster, resumed) => {
        // What a killed daemon has begun may be there in any state of completion.
        if (resumed) await gke.deleteCluster(name);
        const endpoint = await gke.createCluster(clusterSpec(store, name, cluster));
        const pool = defaultPool(cloud, name, cluster);
        await gke.setNodePool(nodePoolSpec(pool.name, pool.body));
        return endpointFields(endpoint, cluster);
      },
      patch: async (name, cluster) => {
        await gke.updateCluster(clusterSpec(store, name, cluster));
        // They may have other zones now. One that failed is not there.
        for (const pool of store.list(NODE_POOL, `${name}/`)) {
          if (pool.body.status === "ERROR") continue;
          await gke.setNodePool(nodePoolSpec(pool.name, pool.body));
        }
      },
      delete: async (name) => {
        await managed.lookAfresh(name);
        await gke.deleteCluster(name);
      },
    },
    committed: (verb, name, cluster) => {
      if (verb === "insert") {
        const pool = defaultPool(cloud, name, cluster);
        store.put(NODE_POOL, pool.name, pool.body);
        addPodRange(store, name, cluster);
        reservePodRange(store, name, cluster);
      }
      if (verb === "delete") {
        removePodRange(store, name, cluster);
        releasePodRange(store, cluster);
        store.list(NODE_POOL, `${name}/`).forEach((p) => store.delete(p.type, p.name));
        unregisterByFleetBlock(cloud, name);
        managed.leaveBehind(name);
      } else {
        const workloadPool = at(cluster, "workloadIdentityConfig.workloadPool");
        if (typeof workloadPool === "string") store.put(WORKLOAD_POOL, workloadPool, {});
        registerByFleetBlock(cloud, name, cluster);
      }
      gke.cloudChanged();
    },
    failed: (_verb, name, body, { message }) =>
      void store.put(CLUSTER, name, { ...body, status: "ERROR", statusMessage: message }),
    view: (name, body, version) => shownCluster(cloud, name, body, version),
  };
}

function newCluster(cloud: Cloud, name: string, input: JsonObject): Cluster {
  const location = name.split("/")[3] ?? "";
  if (input.nodePools !== undefined) {
    throw new ApiError("UNIMPLEMENTED", "nodePools of a new cluster are not emulated.");
  }
  checkGkeName("cluster", baseName(name));
  const locations = checkedZones(location, input.locations);
  if (!(typeof input.initialNodeCount === "number" && input.initialNodeCount >= 1)) {
    throw badRequest("Cluster.initial_node_count must be greater than zero.");
  }
  const channel = String(at(input, "releaseChannel.channel") ?? "REGULAR");
  const version = chooseVersion(optionalString(input, "initialClusterVersion"), channel);
  checkWorkloadPool(name, input);
  checkFleetBlock(cloud, input);
  return fillIn(FILLED_IN, {
    ...input,
    ...monitoringOf(input),
    ...clusterNetwork(cloud, name, input),
    ...maintenanceOf(input),
    releaseChannel: { channel },
    name: baseName(name),
    location,
    locations,
    status: "RUNNING",
    initialClusterVersion: version,
    currentMasterVersion: version,
    labelFingerprint: fingerprint(input.resourceLabels),
    id: createHash("sha256").update(randomUUID()).digest("hex"),
    createTime: timestamp(cloud.clock),
  });
}

/** Blocks that are set as a whole: what is off is not told. Source: as of those of a node pool. */
const WHOLE = ["loggingConfig", "monitoringConfig", "networkPolicy", "verticalPodAutoscaling"];

function changedCluster(cloud: Cloud, name: string, input: JsonObject, current: Cluster): Cluster {
  const { nodePool, ...ofCluster } = input;
  if (isObject(nodePool)) changePool(cloud, name, nodePool);
  const changes = without(ofCluster, IMMUTABLE);
  checkWorkloadPool(name, changes);
  checkFleetBlock(cloud, changes);
  const merged = { ...merge(current, changes), ...wholes(changes, WHOLE) } as Cluster;
  // Labels are set as a whole: one that the new set lacks is removed.
  if (isObject(changes.resourceLabels)) merged.resourceLabels = changes.resourceLabels;
  Object.assign(merged, maintenanceOf(changes), monitoringOf(changes));
  if ("locations" in input) merged.locations = checkedZones(current.location, input.locations);
  const channel = String(at(merged, "releaseChannel.channel"));
  const wanted = optionalString(merged, "desiredMasterVersion");
  delete merged.desiredMasterVersion;
  const version =
    wanted === undefined ? current.currentMasterVersion : chooseVersion(wanted, channel);
  checkUpgrade(current.currentMasterVersion, version);
  const labelFingerprint = fingerprint(merged.resourceLabels);
  const changed = { ...merged, status: "RUNNING", currentMasterVersion: version, labelFingerprint };
  moveNodePools(cloud, name, current.locations, merged.locations);
  return fillIn(FILLED_IN, changed);
}

/** A change of labels needs the fingerprint of the present ones. @throws ApiError 400 */
function checkLabelFingerprint({ labelFingerprint }: JsonObject, current: Cluster): void {
  if (labelFingerprint === current.labelFingerprint) return;
  throw badRequest("Labels could not be set due to fingerprint mismatch.");
}

/** The pool that GKE makes together with every cluster. */
function defaultPool(cloud: Cloud, cluster: string, { initialNodeCount, nodeConfig }: Cluster) {
  const name = `${cluster}/nodePools/default-pool`;
  return { name, body: newNodePool(cloud, name, { initialNodeCount, config: nodeConfig }) };
}

/**
 * Where a cluster says how it is reached: its IP endpoint, where it has one, and its DNS endpoint
 * are the same here.
 */
export function endpointFields(
  { address, caCertificate }: ClusterEndpoint,
  cluster: Cluster,
): JsonObject {
  const byIp = WITH_IP_ENDPOINTS.holds(cluster);
  return {
    endpoint: address,
    masterAuth: { clusterCaCertificate: caCertificate },
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { endpoint: address },
      ...(byIp && { ipEndpointsConfig: { publicEndpoint: address, privateEndpoint: address } }),
    },
  };
}

/** Managed Prometheus is on if the block is missing, and off if the block lacks its switch. */
function monitoringOf({ monitoringConfig }: JsonObject): JsonObject {
  if (!isObject(monitoringConfig) || !isObject(monitoringConfig.managedPrometheusConfig)) return {};
  const off = { managedPrometheusConfig: { enabled: false } };
  return { monitoringConfig: merge(off, monitoringConfig) };
}

/** A policy replaces the one before as a whole. */
function maintenanceOf({ maintenancePolicy }: JsonObject): JsonObject {
  if (!isObject(maintenancePolicy)) return {};
  return { maintenancePolicy: checkedMaintenance(maintenancePolicy) };
}

function checkWorkloadPool(name: string, input: JsonObject): void {
  const pool = at(input, "workloadIdentityConfig.workloadPool");
  const expected = `${projectOf(name)}.svc.id.goog`;
  if (pool === undefined || pool === expected) return;
  throw badRequest(
    `Workload Identity pool "${String(pool)}" is not valid: it must be "${expected}".`,
  );
}

function checkFleetBlock({ store }: Cloud, input: JsonObject): void {
  const project = at(input, "fleet.project");
  if (typeof project === "string") requireApi(store, project, "gkehub.googleapis.com");
}

/** Changes with the labels and with nothing else. */
function fingerprint(labels: unknown): string {
  return Buffer.from(JSON.stringify(labels ?? {}))
    .toString("base64url")
    .slice(-8);
}

function asObject(value: unknown): JsonObject {
  return isObject(value as JsonObject) ? (value as JsonObject) : {};
}
