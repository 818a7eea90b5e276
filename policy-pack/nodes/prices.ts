import type { Dated } from "../frame";

/**
 * List prices of Google Cloud in US dollars an hour, without taxes, discounts and credits: the
 * highest of any region for each machine type, because a budget has to hold wherever the nodes are.
 */
export const PRICES_DATED: Dated = {
  title: "Highest list price of each machine type",
  source:
    "Cloud Billing catalog, in the public extract of " +
    "Cyclenerd/google-cloud-pricing-cost-calculator (pricing.yml, commit fd66b26f)",
  asOf: "2026-07-30",
  goodForMonths: 3,
};

/** What one machine costs in an hour. */
export interface MachinePrice {
  readonly onDemand: number;
  /** Changes monthly; on-demand prices have not changed in years. */
  readonly spot: number;
}

/** GKE's fee for a cluster, of any kind and size. */
export const CONTROL_PLANE = 0.1;

/**
 * Prices by machine type. The on-demand prices of `a3-highgpu-1g` and `-2g` are notional, because
 * they are not sold on demand; they stand in for flex-start, which is cheaper.
 */
export const MACHINE_PRICES: Readonly<Record<string, MachinePrice>> = {
  "a2-ultragpu-1g": { onDemand: 6.248, spot: 3.249 },
  "a3-highgpu-1g": { onDemand: 15.83, spot: 6.402 },
  "a3-highgpu-2g": { onDemand: 31.661, spot: 12.805 },
  "a3-highgpu-8g": { onDemand: 126.643, spot: 51.219 },
  "e2-standard-8": { onDemand: 0.38, spot: 0.206 },
  "g2-standard-8": { onDemand: 1.096, spot: 0.658 },
  "g2-standard-12": { onDemand: 1.285, spot: 0.771 },
  "g2-standard-24": { onDemand: 2.569, spot: 1.542 },
};
