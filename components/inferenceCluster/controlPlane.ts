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
    // The bill shows namespaces and workloads separately, at no extra cost.
    costManagementConfig: { enabled: true },
    // Always explicit: an add-on that is left out stays enabled.
    addonsConfig: { gcsFuseCsiDriverConfig: { enabled: args.bucketVolumes } },
  };
}

/**
 * GKE upgrades by itself, and this program neither reverts that nor sees a difference: the provider sends
 * `minMasterVersion` when it creates a cluster, and later only if the value has changed and the cluster is older. So a
 * minor is the first version and afterwards a floor; without one the channel decides.
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
 * That takes some minutes, in which GKE installs its kinds and the program creates nothing in the cluster. The
 * Kubernetes provider would wait for a kind for 31 seconds only; waiting for nodes too would delay the gateway.
 */
function removedPool({ nodeServiceAccount }: InferenceClusterArgs): ClusterInputs {
  return {
    removeDefaultNodePool: true,
    initialNodeCount: 1,
    // It runs as the nodes' own account too, not as Compute Engine's.
    nodeConfig: { serviceAccount: nodeServiceAccount, machineType: "e2-medium" },
  };
}
