import { Namespace } from "@pulumi/kubernetes/core/v1";
import type { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";

import { optionalApis } from "./catalog/apis";
import type { Region } from "./catalog/regions";
import { createDeletionGuard } from "./components/deletionGuard";
import { FleetMembership } from "./components/fleetMembership";
import { type GpuPoolArgs, InferenceCluster } from "./components/inferenceCluster";
import { InferenceObjectives } from "./components/inferenceObjectives";
import { InferencePoolChart } from "./components/inferencePoolChart";
import { KvCacheMetrics } from "./components/kvCacheMetrics";
import { ModelServer } from "./components/modelServer";
import type { GatewayConfig } from "./config";
import { maintenanceDaysOf, modelOf, poolZones, unknownCluster } from "./config/derived";
import type { Model } from "./config/schema";
import type { SharedResources } from "./shared";

/** One cluster of the fleet, and what the gateway needs of it. */
export interface Member {
  name: string;
  cluster: InferenceCluster;
  membership: FleetMembership;
  /** Namespace of all that is in it. */
  home: Namespace;
  /** Its model, known once it serves; a config cluster without GPUs has none. */
  model?: pulumi.Output<Model>;
  /** The exported pool. */
  pool?: CustomResource;
  /** What serves the model in it; nothing in a config cluster without GPUs. */
  parts: pulumi.Resource[];
}

/** What serves the model in a cluster. */
type Workload = Pick<Member, "model" | "pool" | "parts">;

/** A cluster from its control plane to the metric that it reports. No member waits for another. */
export function createMember(name: string, config: GatewayConfig, shared: SharedResources): Member {
  const cluster = createCluster(name, config, shared);
  const membership = new FleetMembership(
    name,
    { project: config.project, membershipId: name, cluster: cluster.id },
    { dependsOn: shared.apis.of("gkehub") },
  );
  const { provider } = cluster;
  const home = new Namespace(name, { metadata: { name: config.namespace } }, { provider });
  const member = { name, cluster, membership, home };
  const place = placeOf(name, config);
  const workload = place.gpus
    ? createWorkload(member, modelOf(place, config.model), config, shared)
    : { parts: [] };
  const guarded = [cluster, membership, home, ...workload.parts];
  createDeletionGuard(name, { guarded, protect: config.deletionProtection });
  return { ...member, ...workload };
}

function createCluster(
  name: string,
  config: GatewayConfig,
  { apis, network, nodes, claim }: SharedResources,
): InferenceCluster {
  const { project, gkeVersion, releaseChannel, gpuPools, deletionProtection } = config;
  const place = placeOf(name, config);
  const { subnetwork, podsRange, servicesRange } = network.subnetOf(name);
  const { startTime, hours } = config.maintenanceWindow;
  return new InferenceCluster(
    name,
    {
      project,
      region: place.region,
      zones: place.zones,
      network: network.id,
      subnetwork,
      podsRange,
      servicesRange,
      nodeServiceAccount: nodes.email,
      gkeVersion,
      releaseChannel,
      maintenance: { days: maintenanceDaysOf(place), startTime, hours },
      gpuPools: place.gpus ? poolsIn(place.region, gpuPools) : {},
      bucketVolumes: config.weightsCache.kind === "bucket",
      secretManager: config.token.kind === "secret-manager",
      deletionProtection,
    },
    { dependsOn: claim.then<pulumi.Input<pulumi.Resource>[]>(() => apis.of("container")) },
  );
}

/** The GPU pools of a cluster: those of the stack, in the zones of its region. */
function poolsIn(region: Region, pools: GatewayConfig["gpuPools"]): Record<string, GpuPoolArgs> {
  const placed = Object.entries(pools).map(([name, pool]): [string, GpuPoolArgs] => {
    const { machineType, provisioning, reservation, diskGb, minNodes, maxNodes } = pool;
    const zones = poolZones(pool, region);
    return [name, { machineType, provisioning, reservation, zones, diskGb, minNodes, maxNodes }];
  });
  return Object.fromEntries(placed);
}

function createWorkload(
  { name, cluster, membership, home }: Omit<Member, keyof Workload>,
  model: Model,
  config: GatewayConfig,
  { apis }: SharedResources,
): Workload {
  const { namespace, poolName, objectives, gkeVersion, releaseChannel, endpointPicker } = config;
  const providers = [cluster.provider];
  const inside: pulumi.ComponentResourceOptions = { providers, dependsOn: home };

  const server = new ModelServer(name, serverArgs(cluster, model, config), {
    providers,
    dependsOn: [home, ...apis.of(...optionalApis(config))],
  });
  const { podLabels, port, serves } = server;
  const chart = new InferencePoolChart(
    name,
    {
      releaseName: poolName,
      namespace,
      podLabels,
      ports: [port],
      endpointPicker,
      memberOf: [membership],
      runsOn: [cluster.systemPool],
    },
    inside,
  );
  const priorities = new InferenceObjectives(name, { namespace, poolName, objectives }, inside);
  const metrics = new KvCacheMetrics(
    name,
    {
      namespace,
      podLabels,
      port,
      gkeVersion,
      releaseChannel,
      engine: "vllm",
      engineVersion: model.vllmVersion,
      autoscaling: config.autoscaling !== undefined,
    },
    inside,
  );
  return { model: serves, pool: chart.pool, parts: [server, chart, priorities, metrics] };
}

function serverArgs(cluster: InferenceCluster, model: Model, config: GatewayConfig) {
  const { namespace, poolName: app, weightsCache, token, autoscaling, gpuPools } = config;
  const takenBack = Object.values(gpuPools).some(({ provisioning }) => provisioning === "spot");
  return {
    namespace,
    app,
    model,
    notice: takenBack ? ("spot" as const) : ("none" as const),
    nodePools: cluster.gpuPoolNames,
    computeClass: cluster.computeClass,
    weightsCache,
    token,
    workloadPool: cluster.workloadPool,
    autoscaling,
    runsOn: cluster.gpuNodes,
  };
}

function placeOf(name: string, config: GatewayConfig) {
  const place = config.clusters[name];
  if (!place) throw unknownCluster(name, config.clusters);
  return place;
}

/** The stack's output `clusters`. */
export function summariesOf(members: Member[]) {
  return Object.fromEntries(
    members.map(({ name, cluster: { location, context }, membership, model }) => [
      name,
      { location, context, membership: membership.id, model },
    ]),
  );
}

/** The stack's output `kubeconfigs`. */
export function kubeconfigsOf(members: Member[]): Record<string, pulumi.Output<string>> {
  return Object.fromEntries(members.map(({ name, cluster }) => [name, cluster.kubeconfig]));
}
