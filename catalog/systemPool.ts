import type { Dated } from "./dated";

export const SYSTEM_POOL_DATED: Dated = {
  title: "Machine type of system pools, and what an endpoint picker requests",
  source:
    "https://cloud.google.com/compute/docs/general-purpose-machines; values.yaml of the chart inferencepool v1.5.0",
  asOf: "2026-08-20",
  goodForMonths: 12,
};

/**
 * The pool of each cluster for what needs no GPU. Its machine fits one endpoint picker (4 CPUs and 8 GiB requested)
 * beside GKE's own pods; there is one in each zone, and room for a second while a pool is upgraded or replaced.
 */
export const SYSTEM_POOL = {
  machineType: "e2-standard-8",
  cpus: 8,
  nodesPerZone: 1,
  mostNodesPerZone: 2,
} as const;
