import { Namespace } from "@pulumi/kubernetes/core/v1";
import type { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";

import { FleetMembership } from "./components/fleetMembership";
import { InferenceCluster } from "./components/inferenceCluster";
import { InferenceObjectives } from "./components/inferenceObjectives";
import { InferencePoolChart } from "./components/inferencePoolChart";
import { KvCacheMetrics } from "./components/kvCacheMetrics";
import { ModelServer } from "./components/modelServer";
import type { Network } from "./components/network";
import type { NodeIdentity } from "./components/nodeIdentity";
import type { ProjectServices } from "./components/projectServices";
import type { GatewayConfig } from "./config";

/** What all members stand on. */
export interface Ground {
  apis: ProjectServices;
  network: Network;
  nodes: NodeIdentity;
}

/** One cluster of the fleet, and what the gateway needs of it. */
export interface Member {
  name: string;
  cluster: InferenceCluster;
  membership: FleetMembership;
  /** The exported pool. */
  pool: CustomResource;
}

/** A cluster from its control plane to the metric that it reports. No member waits for another. */
export function createMember(name: string, config: GatewayConfig, ground: Ground): Member {
  const cluster = createCluster(name, config, ground);
  const membership = new FleetMembership(
    name,
    { project: config.project, membershipId: name, cluster: cluster.id },
    { dependsOn: ground.apis.of("gkehub") },
  );
  const pool = createWorkload(name, config, cluster);
  return { name, cluster, membership, pool };
}

function createCluster(
  name: string,
  config: GatewayConfig,
  { apis, network, nodes }: Ground,
): InferenceCluster {
  const { project, gkeVersion, releaseChannel, gpuPools, deletionProtection } = config;
  const spec = config.clusters[name];
  if (!spec) throw new Error(`"${name}" is no cluster of the configuration`);
  return new InferenceCluster(
    name,
    {
      project,
      region: spec.region,
      zones: spec.zones,
      network: network.id,
      ...network.subnetOf(name),
      nodeServiceAccount: nodes.email,
      version: gkeVersion,
      releaseChannel,
      gpuPools,
      deletionProtection,
    },
    { dependsOn: apis.of("container") },
  );
}

function createWorkload(
  name: string,
  config: GatewayConfig,
  cluster: InferenceCluster,
): CustomResource {
  const { namespace, poolName, model, objectives, gkeVersion, huggingFaceToken } = config;
  const home = new Namespace(
    name,
    { metadata: { name: namespace } },
    { provider: cluster.provider },
  );
  const inside: pulumi.ComponentResourceOptions = {
    providers: [cluster.provider],
    dependsOn: home,
  };

  const server = new ModelServer(
    name,
    {
      namespace,
      app: poolName,
      model,
      spot: config.accelerator.spot,
      huggingFaceToken,
      runsOn: cluster.gpuPools,
    },
    inside,
  );
  const { podLabels, port } = server;
  const chart = new InferencePoolChart(
    name,
    { releaseName: poolName, namespace, podLabels, ports: [port], runsOn: [cluster.systemPool] },
    inside,
  );
  new InferenceObjectives(name, { namespace, poolName, objectives }, inside);
  new KvCacheMetrics(name, { namespace, podLabels, port, gkeVersion }, inside);
  return chart.pool;
}
