import { UNKNOWN } from "../../support/unknown";
import type { Registered } from "../../support/policies";

import { ACCOUNT } from "./access";
import { cloud, CLUSTER, NETWORK, type Place, regionOf, type Site, SUBNETWORK } from "./site";

/** A cluster in each place, with a pool for the system and one with GPUs. */
export function clusters(site: Site): Registered[] {
  return site.places.flatMap((place) => [
    cluster(site, place),
    nodePool(site, place, "system", { machineType: "e2-standard-8" }),
    nodePool(site, place, "gpus", {
      machineType: "g2-standard-8",
      spot: true,
      guestAccelerators: [
        {
          type: "nvidia-l4",
          count: 1,
          gpuDriverInstallationConfig: { gpuDriverVersion: "LATEST" },
        },
      ],
      taints: [{ key: "nvidia.com/gpu", value: "present", effect: "NO_SCHEDULE" }],
    }),
  ]);
}

export function cluster(site: Site, place: Place, inputs: object = {}): Registered {
  return cloud(
    "container/cluster:Cluster",
    place.name,
    {
      name: place.name,
      project: site.project,
      location: place.location,
      network: UNKNOWN,
      subnetwork: UNKNOWN,
      releaseChannel: { channel: "REGULAR" },
      removeDefaultNodePool: true,
      initialNodeCount: 1,
      ipAllocationPolicy: {
        clusterSecondaryRangeName: "pods",
        servicesSecondaryRangeName: "services",
      },
      privateClusterConfig: { enablePrivateNodes: true, enablePrivateEndpoint: true },
      gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
      podAutoscaling: { hpaProfile: "PERFORMANCE" },
      workloadIdentityConfig: { workloadPool: `${site.project}.svc.id.goog` },
      monitoringConfig: { managedPrometheus: { enabled: true } },
      ...inputs,
    },
    {
      network: [`${NETWORK}::${site.network}`],
      subnetwork: [`${SUBNETWORK}::${place.name}-nodes`],
    },
  );
}

export function nodePool(
  site: Site,
  place: Place,
  name: string,
  nodeConfig: object,
  inputs: object = {},
): Registered {
  const region = regionOf(place);
  const zones = region === place.location ? { nodeLocations: [`${region}-a`, `${region}-b`] } : {};
  return cloud(
    "container/nodePool:NodePool",
    `${place.name}-${name}`,
    {
      project: site.project,
      location: place.location,
      cluster: place.name,
      ...zones,
      autoscaling: { totalMinNodeCount: 1, totalMaxNodeCount: 4, locationPolicy: "ANY" },
      management: { autoRepair: true, autoUpgrade: true },
      nodeConfig: {
        serviceAccount: UNKNOWN,
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        workloadMetadataConfig: { mode: "GKE_METADATA" },
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        ...nodeConfig,
      },
      ...inputs,
    },
    { cluster: [`${CLUSTER}::${place.name}`], nodeConfig: [`${ACCOUNT}::${site.account}`] },
  );
}
