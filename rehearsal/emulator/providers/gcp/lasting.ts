import { Source } from "../../cloud/tables/filledIn/sources";

/** A property that a program may set, that Google fills in or reorders, and that is not Computed. */
export interface Lasting {
  type: string;
  /** `[*]`: of each member of a list. */
  property: string;
  /** Machine types of the pools that it is about. @default all */
  machines?: RegExp;
  /** What a program that leaves it out would meet at every `up`. */
  difference: "replaced" | "updated";
  /** Who prevents the difference. */
  settled: "provider" | "said" | "ignored";
  how: string;
  source: Source;
}

const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";
const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";

/** Provider 9.37.0 is built from 7.46.0 of `google-beta`, as its newest properties tell. */
const provider = (what: string): Source => ({
  source: `hashicorp/terraform-provider-google-beta@release-7.46.0, ${what}`,
  asOf: "2026-08-21",
});

const offAndLeftOut = (property: string, suppressor: string): Lasting => ({
  type: CLUSTER,
  property,
  difference: "updated",
  settled: "provider",
  how: `\`${suppressor}\`: off means left out`,
  source: provider("resource_container_cluster.go"),
});

export const LASTING: readonly Lasting[] = [
  offAndLeftOut("binaryAuthorization", "BinaryAuthorizationDiffSuppress"),
  offAndLeftOut("networkPolicy", "containerClusterNetworkPolicyDiffSuppress"),
  offAndLeftOut("podSecurityPolicyConfig", "podSecurityPolicyCfgSuppress"),
  offAndLeftOut("secretManagerConfig", "SecretManagerCfgSuppress"),
  offAndLeftOut("secretSyncConfig", "SecretSyncCfgSuppress"),
  {
    type: CLUSTER,
    property: "fleet",
    difference: "updated",
    settled: "provider",
    how: "`suppressDiffForPreRegisteredFleet`: a membership that something else created",
    source: provider("resource_container_cluster.go"),
  },
  {
    type: CLUSTER,
    property: "privateClusterConfig.enablePrivateEndpoint",
    difference: "updated",
    settled: "said",
    how:
      "a cluster without IP endpoints reads as private; 7.46.0 suppresses it where they are off, " +
      "older ones do not",
    source: {
      source: "hashicorp/terraform-provider-google-beta@8e44798f52",
      asOf: "2026-08-19",
    },
  },
  {
    type: CLUSTER,
    property: "monitoringConfig.enableComponents",
    difference: "updated",
    settled: "said",
    how: "in the order in which GKE answers; a set only from 8.0.0 on",
    source: {
      source: "upgrade guide of hashicorp/google 8.0.0, google_container_cluster",
      asOf: "2026-08-20",
    },
  },
  {
    type: NODE_POOL,
    property: "nodeConfig.resourceLabels",
    difference: "updated",
    settled: "provider",
    how: "`containerNodePoolResourceLabelsDiffSuppress`: labels that begin with `goog-gke`",
    source: provider("node_config.go"),
  },
  {
    type: NODE_POOL,
    property: "nodeConfig.ephemeralStorageLocalSsdConfig",
    machines: /^a3-highgpu-/,
    difference: "replaced",
    settled: "said",
    how: "as many as the machine has; ignored where that is not known",
    source: { source: "mozilla/terraform-modules#464", asOf: "2026-04-29" },
  },
  {
    type: SUBNETWORK,
    property: "secondaryIpRanges",
    difference: "updated",
    settled: "provider",
    how: "`resourceComputeSubnetworkSecondaryIpRangeSetStyleDiff`: by name, in any order",
    source: provider("resource_compute_subnetwork.go"),
  },
  {
    type: SUBNETWORK,
    property: "secondaryIpRanges[*].reservedInternalRange",
    difference: "updated",
    settled: "ignored",
    how: "GKE links the range of the pods; Google refuses to take the link away",
    source: {
      source: "terraform-google-modules/terraform-google-network#693",
      asOf: "2026-04-30",
    },
  },
];

/** Properties that were looked for, and that Google does not fill in. */
export interface NotFilledIn {
  type: string;
  property: string;
  /** What there is to see of it. */
  seen: string;
  source: Source;
}

const recorded = (test: string, commit: string, asOf: string): Source => ({
  source: `GoogleCloudPlatform/k8s-config-connector@${commit}, ${test}`,
  asOf,
});
const POOLS_RECORDED = recorded("containernodepool-*", "dfc64a5e", "2026-08-19");
const A3_PLAN: Source = { source: "mozilla/terraform-modules#464", asOf: "2026-04-29" };

export const NOT_FILLED_IN: readonly NotFilledIn[] = [
  {
    type: CLUSTER,
    property: "privateClusterConfig.privateEndpointSubnetwork",
    seen: "not answered by a cluster without IP endpoints",
    source: recorded("containercluster-dnsendpoint-noipendpoint", "a9901101", "2025-08-12"),
  },
  ...["dnsConfig", "inTransitEncryptionConfig", "networkPerformanceConfig"].map((property) => ({
    type: CLUSTER,
    property,
    seen: "not in the answers of GKE 1.33, 1.35 and 1.36",
    source: recorded("containercluster-addon", "b9cb90e1", "2026-07-02"),
  })),
  {
    type: CLUSTER,
    property: "maintenancePolicy.disruptionBudget",
    seen: "not in the answer of a new cluster; after its first upgrade: not seen",
    source: recorded("containernodepool-datacache", "d1f797ec", "2026-04-08"),
  },
  ...["gvnic", "reservationAffinity", "hostMaintenancePolicy", "placementPolicy"].map((name) => ({
    type: NODE_POOL,
    property: name === "placementPolicy" ? name : `nodeConfig.${name}`,
    seen: "the plan of an a3-highgpu-2g pool that leaves it out has its local SSDs alone",
    source: A3_PLAN,
  })),
  ...["nodeConfig.advancedMachineFeatures", "queuedProvisioning"].map((property) => ({
    type: NODE_POOL,
    property,
    seen: "not answered of pools that an API client made; the console says them itself",
    source: POOLS_RECORDED,
  })),
  {
    type: "gcp:dns/recordSet:RecordSet",
    property: "routingPolicy.geos",
    seen: "a test of the provider's names us-east4, asia-east1, us-central1, and plans no change after it: the order is kept",
    source: provider("testAccDnsRecordSet_routingPolicy"),
  },
];
