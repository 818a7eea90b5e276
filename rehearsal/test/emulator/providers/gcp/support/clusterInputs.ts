import type { PropertyMap } from "../../../../../emulator/providers/plugin";
import { makeNetwork, PROJECT, REGION, TestCloud } from "../../../cloud/support/testCloud";
import { StandIn } from "./standIn";

export const CLUSTER_INPUTS: PropertyMap = {
  name: "eu",
  location: REGION,
  network: `projects/${PROJECT}/global/networks/vpc`,
  subnetwork: `projects/${PROJECT}/regions/${REGION}/subnetworks/nodes`,
  networkingMode: "VPC_NATIVE",
  datapathProvider: "ADVANCED_DATAPATH",
  ipAllocationPolicy: { clusterSecondaryRangeName: "pods", servicesSecondaryRangeName: "services" },
  privateClusterConfig: { enablePrivateNodes: true },
  controlPlaneEndpointsConfig: {
    dnsEndpointConfig: { allowExternalTraffic: true },
    ipEndpointsConfig: { enabled: false },
  },
  workloadIdentityConfig: { workloadPool: `${PROJECT}.svc.id.goog` },
  gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
  podAutoscaling: { hpaProfile: "PERFORMANCE" },
  monitoringConfig: {
    enableComponents: ["SYSTEM_COMPONENTS", "DCGM"],
    managedPrometheus: { enabled: true },
  },
  releaseChannel: { channel: "RAPID" },
  minMasterVersion: "1.34.12-gke.1011000",
  removeDefaultNodePool: true,
  initialNodeCount: 1,
  deletionProtection: false,
};

/** The network and subnet that `CLUSTER_INPUTS` name. */
export async function makeNetworkAndNodes(cloud: TestCloud, standIn: StandIn): Promise<void> {
  await makeNetwork(cloud);
  await standIn.create("gcp:compute/subnetwork:Subnetwork", "nodes", {
    name: "nodes",
    network: "vpc",
    region: REGION,
    ipCidrRange: "10.0.0.0/20",
    secondaryIpRanges: [
      { rangeName: "pods", ipCidrRange: "10.16.0.0/14" },
      { rangeName: "services", ipCidrRange: "10.32.0.0/20" },
    ],
  });
}
