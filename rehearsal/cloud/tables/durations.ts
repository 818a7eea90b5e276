/**
 * How long operations take on the real cloud, in seconds. `logs` are single public logs of
 * Terraform and gcloud runs, 2023 to 2026, not distributions; `estimate` marks values that no log
 * was found for, chosen so that they do not decide a schedule.
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
    source: "logs: 3:33, 4:32, 6:13, 9:22; the 6:13 of europe-west2",
  },
  "container.googleapis.com/Cluster insert zonal": { seconds: 156, source: "logs: 2:36" },
  "container.googleapis.com/Cluster patch": { seconds: 60, source: "estimate" },
  "container.googleapis.com/Cluster delete": { seconds: 240, source: "estimate" },
  "container.googleapis.com/NodePool insert": { seconds: 210, source: "logs: 2 to 5 min usual" },
  "container.googleapis.com/NodePool patch": { seconds: 60, source: "estimate" },
  "container.googleapis.com/NodePool delete": { seconds: 120, source: "estimate" },
  "gkehub.googleapis.com/Membership insert": { seconds: 15, source: "estimate" },
  "gkehub.googleapis.com/Membership delete": { seconds: 25, source: "logs: 10 s, 41 s" },
  "gkehub.googleapis.com/Feature insert": { seconds: 20, source: "estimate" },
  "gkehub.googleapis.com/Feature delete": { seconds: 20, source: "estimate" },
  other: { seconds: 5, source: "estimate" },
} as const;

/**
 * A feature can be deleted only some minutes after the last Gateway went: 5 to 10 on the real
 * cloud. Source: GoogleCloudPlatform/terraform-ecommerce-microservices-on-gke#20.
 */
export const FEATURE_IN_USE_SECONDS = 300;

/** Seconds that an operation takes on the real cloud. */
export function duration(what: string): number {
  const table: Record<string, { seconds: number }> = DURATIONS;
  return (table[what] ?? DURATIONS.other).seconds;
}
