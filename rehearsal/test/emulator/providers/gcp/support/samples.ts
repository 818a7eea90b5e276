import { PropertyMap } from "../../../../../emulator/providers/plugin";
import { PROJECT } from "../../../cloud/support/testCloud";

import { StandIn, Resource } from "./standIn";

/** A stand-in that makes no call: a difference is found without the cloud. */
export const standIn = new StandIn();

const VPC = `projects/${PROJECT}/global/networks/vpc`;
export const VPC_URL = `https://www.googleapis.com/compute/v1/${VPC}`;

/** States as the stand-in leaves them, and the inputs that made them. */
export const SAMPLES: Record<string, { inputs: PropertyMap; outputs: PropertyMap }> = {
  "gcp:compute/network:Network": {
    inputs: { name: "vpc", autoCreateSubnetworks: false, routingMode: "GLOBAL", mtu: 1460 },
    outputs: { project: PROJECT, networkId: "1", selfLink: VPC_URL },
  },
  "gcp:compute/subnetwork:Subnetwork": {
    inputs: {
      name: "nodes",
      network: VPC,
      ipCidrRange: "10.0.0.0/20",
      secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.16.0.0/14" }],
    },
    outputs: { project: PROJECT, region: "europe-west4", network: VPC_URL, purpose: "PRIVATE" },
  },
  "gcp:compute/firewall:Firewall": {
    inputs: {
      name: "allow",
      network: VPC,
      sourceRanges: ["35.191.0.0/16", "130.211.0.0/22"],
      allows: [
        { protocol: "tcp", ports: ["8000"] },
        { protocol: "udp", ports: ["53"] },
      ],
    },
    outputs: { project: PROJECT, direction: "INGRESS", network: VPC_URL },
  },
  "gcp:compute/address:Address": {
    inputs: { name: "egress", region: "europe-west4", labels: { a: "b" } },
    outputs: {
      project: PROJECT,
      pulumiLabels: { a: "b", "goog-pulumi-provisioned": "true" },
      effectiveLabels: { a: "b", "goog-pulumi-provisioned": "true" },
    },
  },
  "gcp:container/cluster:Cluster": {
    inputs: {
      name: "eu",
      location: "europe-west4",
      network: VPC,
      initialNodeCount: 1,
      ipAllocationPolicy: { clusterSecondaryRangeName: "pods" },
      releaseChannel: { channel: "RAPID" },
      deletionProtection: false,
      minMasterVersion: "1.34.12-gke.1011000",
    },
    outputs: {
      project: PROJECT,
      masterVersion: "1.35.8-gke.1796000",
      monitoringConfig: { enableComponents: ["SYSTEM_COMPONENTS"] },
      pulumiLabels: {},
      effectiveLabels: {},
    },
  },
  "gcp:container/nodePool:NodePool": {
    inputs: {
      name: "gpu",
      cluster: `projects/${PROJECT}/locations/europe-west4/clusters/eu`,
      initialNodeCount: 1,
      nodeConfig: {
        machineType: "g2-standard-8",
        spot: true,
        labels: { pool: "gpu" },
        guestAccelerators: [{ type: "nvidia-l4", count: 1 }],
        taints: [{ key: "a", value: "b", effect: "NO_SCHEDULE" }],
      },
    },
    outputs: { project: PROJECT, location: "europe-west4", nodeCount: 1, version: "1.34" },
  },
  "gcp:gkehub/membership:Membership": {
    inputs: {
      membershipId: "eu",
      endpoint: { gkeCluster: { resourceLink: "//container.googleapis.com/projects/p/c" } },
      authority: { issuer: "https://i" },
    },
    outputs: { project: PROJECT },
  },
  "gcp:gkehub/feature:Feature": {
    inputs: {
      name: "multiclusteringress",
      location: "global",
      spec: { multiclusteringress: { configMembership: "m1" } },
    },
    outputs: { project: PROJECT, states: [], resourceStates: [{ hasResources: false }] },
  },
  "gcp:projects/iAMMember:IAMMember": {
    inputs: { project: PROJECT, role: "roles/viewer", member: "user:a@example.com" },
    outputs: { etag: "BwX" },
  },
  "gcp:projects/serviceIdentity:ServiceIdentity": {
    inputs: { service: "multiclusteringress.googleapis.com" },
    outputs: { project: PROJECT, email: "e", member: "serviceAccount:e" },
  },
  "gcp:projects/service:Service": {
    inputs: { service: "compute.googleapis.com", disableOnDestroy: false },
    outputs: { project: PROJECT },
  },
  "gcp:serviceaccount/account:Account": {
    inputs: { accountId: "gke-nodes", displayName: "Nodes" },
    outputs: { project: PROJECT, email: "e" },
  },
};

/** The state of a sample, with some outputs and inputs that are not as above. */
export async function sample(type: string, inputs: PropertyMap = {}): Promise<Resource> {
  const found = SAMPLES[type];
  if (!found) throw new Error(`no sample of ${type}`);
  const checked = await standIn.check(type, "x", { ...found.inputs, ...inputs });
  const state = Object.fromEntries(Object.entries(checked).filter(([key]) => key !== "__defaults"));
  const outputs = { deletionPolicy: "DELETE", ...state, ...found.outputs };
  return { type, name: "x", id: "id", inputs: checked, outputs };
}

/** The sample's inputs with changes; `undefined` leaves a property out. */
export function changed(type: string, changes: Record<string, unknown>): PropertyMap {
  const inputs = { ...SAMPLES[type]?.inputs, ...changes } as PropertyMap;
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== undefined));
}
