import { Cluster } from "@pulumi/gcp/container";
import type * as pulumi from "@pulumi/pulumi";

import { maintenancePolicy } from "../../catalog/maintenance";
import type { InferenceClusterArgs } from "./args";

import { customTimeouts } from "./timeouts";

type ClusterInputs = NonNullable<ConstructorParameters<typeof Cluster>[1]>;

/** The cluster itself, without a node. */
export function createControlPlane(
  name: string,
  args: InferenceClusterArgs,
  opts: pulumi.CustomResourceOptions,
): Cluster {
  return new Cluster(
    name,
    {
      name,
      project: args.project,
      location: args.region,
      // Zones of the removed pool, and of pools that name none.
      nodeLocations: args.zones,
      ...network(args),
      ...access(args),
      ...features(args),
      ...upgrades(args),
      ...removedPool(args),
      deletionProtection: args.deletionProtection,
    },
    {
      ...opts,
      protect: args.deletionProtection,
      // Both describe the removed pool, so there is nothing left to change. GKE would move all pools to other zones of
      // the cluster, GPU pools too (`ClusterUpdate.desiredLocations` of its API); here each pool names its own.
      ignoreChanges: ["nodeConfig", "nodeLocations"],
      customTimeouts,
    },
  );
}

function network(args: InferenceClusterArgs): ClusterInputs {
  return {
    network: args.network,
    subnetwork: args.subnetwork,
    networkingMode: "VPC_NATIVE",
    datapathProvider: "ADVANCED_DATAPATH",
    ipAllocationPolicy: {
      clusterSecondaryRangeName: args.podsRange,
      servicesSecondaryRangeName: args.servicesRange,
    },
    // There are no IP endpoints, so no public one. If left out, providers before 9.37 would unset it at every `up`.
    privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
  };
}

function access(args: InferenceClusterArgs): ClusterInputs {
  return {
    // The DNS endpoint asks IAM about every caller, so it may face the internet; the IP endpoints are not needed.
    controlPlaneEndpointsConfig: {
      dnsEndpointConfig: { allowExternalTraffic: true },
      ipEndpointsConfig: { enabled: false },
    },
    workloadIdentityConfig: { workloadPool: `${args.project}.svc.id.goog` },
    secretManagerConfig: { enabled: args.secretManager },
  };
}

function features(args: InferenceClusterArgs): ClusterInputs {
  return {
    gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
    // Custom metrics reach the load balancer with this profile only.
    podAutoscaling: { hpaProfile: "PERFORMANCE" },
    monitoringConfig: {
      // GKE answers in this order; the provider compares lists, and another order would differ at every `up`.
      enableComponents: ["SYSTEM_COMPONENTS", "DCGM"],
      managedPrometheus: { enabled: true },
    },
    // The bill tells namespaces and workloads apart, and costs nothing more.
    costManagementConfig: { enabled: true },
    // Always explicit: an add-on that is left out stays enabled.
    addonsConfig: { gcsFuseCsiDriverConfig: { enabled: args.bucketVolumes } },
  };
}

/**
 * GKE goes on to newer versions by itself, and nothing here takes it back or sees a difference: the provider sends
 * `minMasterVersion` when it makes a cluster, and afterwards only where it has changed and the cluster is older. So a
 * minor is the version to begin with and a floor ever after, and without one the channel decides alone.
 */
function upgrades(args: InferenceClusterArgs): ClusterInputs {
  const { maintenance, releaseChannel, gkeVersion } = args;
  const { days, startTime, hours } = maintenance;
  return {
    releaseChannel: { channel: releaseChannel },
    minMasterVersion: gkeVersion,
    maintenancePolicy: maintenancePolicy(days, startTime, hours),
  };
}

/**
 * GKE makes a first pool with every cluster; it is removed at once, as no field of it can be changed in place.
 *
 * That takes some minutes, in which nothing is made in the cluster yet and GKE installs its kinds. The Kubernetes provider
 * would await a kind for 31 seconds only, but waiting for nodes too would hold up the gateway.
 */
function removedPool({ nodeServiceAccount }: InferenceClusterArgs): ClusterInputs {
  return {
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    // It runs as the nodes' own account too, not as Compute Engine's.
    nodeConfig: { serviceAccount: nodeServiceAccount, machineType: "e2-medium" },
  };
}
