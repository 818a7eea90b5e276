/** Where it is written what Google fills in. */
export interface Source {
  /** A public source that is not this project. */
  source: string;
  /** Day on which it said so. */
  asOf: string;
}

/**
 * Google's own Config Connector keeps, beside its tests, what the real APIs answered.
 * @param test at that commit
 */
const recorded = (test: string, commit: string, asOf: string): Source => ({
  source: `answers of the real API that Config Connector recorded: GoogleCloudPlatform/k8s-config-connector@${commit}, ${test}`,
  asOf,
});

const provider = (what: string, asOf: string): Source => ({
  source: `hashicorp/terraform-provider-google-beta, ${what}`,
  asOf,
});

/** GKE 1.33, with the DNS endpoint alone and private nodes. */
export const GKE_1_33 = recorded(
  "containercluster-dnsendpoint-noipendpoint",
  "a9901101",
  "2025-08-12",
);
/** GKE 1.35, with public endpoints. */
export const GKE_1_35 = recorded("containernodepool-datacache", "d1f797ec", "2026-04-08");
/** GKE 1.36, RAPID. */
export const GKE_1_36 = recorded("containercluster-addon", "b9cb90e1", "2026-07-02");
export const NODE_POOL = recorded("containernodepool", "dfc64a5e", "2026-08-19");
export const QUEUED_POOL = recorded(
  "containernodepool-queuedprovisioning",
  "4bad218d",
  "2026-06-30",
);
export const SUBNETWORK = recorded("containernodepool-subnetworkref", "460da517", "2026-04-11");
export const NETWORK = recorded("computenetworks/subnetmode-custom", "5c1f8ca7", "2025-07-25");
export const ROUTER_NAT = recorded("computerouternatbasic", "c1375333", "2026-06-28");
export const FIREWALL = recorded("computefirewall", "cd5548a4", "2026-06-30");
export const MEMBERSHIP = recorded("gkehubmembership", "16454226", "2024-08-06");
export const ALERT_POLICY = recorded("monitoringalertpolicy-prometheus", "863d6974", "2026-11-30");
export const MANAGED_ZONE = recorded("managed-zone/crud", "fff9bc9e", "2025-09-05");

export const NETWORK_MTU: Source = provider("google_compute_network, mtu", "2026-08-18");
export const PRE_REGISTERED = provider("suppressDiffForPreRegisteredFleet", "2026-08-18");
/** GKE links the range of pods to one of Network Connectivity. Reported once, by a user. */
export const RESERVED_RANGE: Source = {
  source: "terraform-google-modules/terraform-google-network#693",
  asOf: "2026-04-30",
};
