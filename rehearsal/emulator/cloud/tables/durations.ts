/** How long an operation takes on the real cloud. */
interface Duration {
  seconds: number;
  /**
   * `logs` are single public logs of Terraform and gcloud runs, 2023 to 2026, minutes and seconds
   * unless said otherwise: no distribution. `estimate` has none behind it and is chosen so that it
   * does not decide a schedule; removing a cluster's first node pool is the exception that does.
   */
  source: string;
}

/**
 * Operations that take more than a moment, by type and verb. What GKE's controllers and the model
 * servers take is in `gke/delays.ts`.
 */
export const DURATIONS = {
  "serviceusage.googleapis.com/Service enable": { seconds: 30, source: "logs: up to 1 min" },
  "serviceusage.googleapis.com/Service disable": { seconds: 30, source: "as enable" },
  "compute.googleapis.com/Network insert": { seconds: 12, source: "estimate" },
  "compute.googleapis.com/Network delete": { seconds: 12, source: "estimate" },
  "compute.googleapis.com/Subnetwork insert": { seconds: 15, source: "estimate" },
  "compute.googleapis.com/Subnetwork delete": { seconds: 15, source: "estimate" },
  "compute.googleapis.com/Router insert": { seconds: 10, source: "estimate" },
  "compute.googleapis.com/Firewall insert": { seconds: 8, source: "estimate" },
  "compute.googleapis.com/Address insert": { seconds: 3, source: "estimate" },
  "container.googleapis.com/Cluster insert regional": {
    seconds: 373,
    source: "logs: 3:33, 4:32, 6:13 (europe-west2), 9:22 (europe-west1); the third",
  },
  "container.googleapis.com/Cluster insert zonal": { seconds: 156, source: "logs: 2:36" },
  "container.googleapis.com/Cluster patch": { seconds: 60, source: "estimate" },
  "container.googleapis.com/Cluster delete": { seconds: 240, source: "estimate" },
  "container.googleapis.com/NodePool insert": {
    seconds: 210,
    source: "logs: 2 to 5 min usual, 35 min once (NVIDIA/aicr#2065); the middle of the usual",
  },
  "container.googleapis.com/NodePool patch": { seconds: 60, source: "estimate" },
  "container.googleapis.com/NodePool delete": { seconds: 120, source: "estimate" },
  "gkehub.googleapis.com/Membership insert": { seconds: 15, source: "estimate" },
  "gkehub.googleapis.com/Membership delete": { seconds: 25, source: "logs: 10 s, 41 s" },
  "gkehub.googleapis.com/Feature insert": { seconds: 20, source: "estimate" },
  "gkehub.googleapis.com/Feature delete": { seconds: 20, source: "estimate" },
  "dns.googleapis.com/ManagedZone": {
    seconds: 0,
    source: "as the answer says, which is the zone itself",
  },
  "dns.googleapis.com/RecordSet": {
    seconds: 0,
    source: "as the answer says, which is the set itself",
  },
  other: { seconds: 5, source: "estimate" },
} as const satisfies Record<string, Duration>;

/**
 * A feature can be deleted only some minutes after the last Gateway went: 5 to 10 on the real
 * cloud. Source: GoogleCloudPlatform/terraform-ecommerce-microservices-on-gke#20.
 */
export const FEATURE_IN_USE_SECONDS = 300;

/**
 * What GKE's controllers collect late (firewall rules, network endpoint groups) is gone so long
 * after it is no longer needed. "Asynchronously", and within the ten minutes that
 * decisionbox-io/decisionbox-platform#87 (2026-03) allows; estimate.
 */
export const COLLECTED_SECONDS = 240;

/** Seconds that an operation takes on the real cloud. */
export function duration(what: string): number {
  const table: Record<string, Duration> = DURATIONS;
  return (table[what] ?? DURATIONS.other).seconds;
}
