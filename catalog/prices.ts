import type { Dated } from "./dated";
import type { Region } from "./regions";

/**
 * List prices of Google Cloud in US dollars, without taxes, discounts and credits. On-demand prices have not moved in
 * years; spot prices move from month to month, by a factor of 0.13 to 2.8 between 2025-03 and 2026-07. So every figure
 * is shown with this day.
 */
export const PRICES_DATED: Dated = {
  title: "List prices of machines, control planes, Cloud NAT and proxies",
  source:
    "Cloud Billing catalog, in the public extract of Cyclenerd/google-cloud-pricing-cost-calculator (pricing.yml, " +
    "commit fd66b26f); Google's pricing pages of GKE, Cloud NAT and Cloud Load Balancing",
  asOf: "2026-07-30",
  goodForMonths: 3,
};

/** Price of one machine an hour. */
export interface MachinePrice {
  /**
   * The price without any commitment. Notional for `a3-highgpu-1g`, `-2g` and `-4g`: they are sold as Spot or flex-start
   * only.
   */
  onDemand: number;
  /** The price on the table's day; Google sets a new one up to once a day. */
  spot: number;
}

/** GKE's fee for a cluster, of any kind and size. Per hour. */
export const CONTROL_PLANE = 0.1;

/**
 * Cloud NAT, per hour: for each machine that uses the gateway, at most so much for a gateway, and for each external
 * address that it takes. A GiB that passes through it is 0.045 more.
 */
export const NAT = { machine: 0.0014, most: 0.044, address: 0.005 };

/**
 * Proxies of an internal Application Load Balancer, per hour: the price of one (of us-central1; other regions differ
 * little) and how many are paid for in each region that has an address, however little passes through them.
 */
export const PROXIES = { proxy: 0.025, least: 3 };

/** Machines of GPU pools and of system pools, by type and region. A machine without a row has an unknown price. */
const MACHINES: Readonly<Record<string, Partial<Record<Region, MachinePrice>>>> = {
  "a2-ultragpu-1g": {
    "us-central1": { onDemand: 5.069, spot: 2.76 },
    "us-east4": { onDemand: 5.708, spot: 2.367 },
    "europe-west4": { onDemand: 5.581, spot: 2.945 },
    "asia-southeast1": { onDemand: 6.248, spot: 3.249 },
  },
  "a3-highgpu-1g": {
    "us-central1": { onDemand: 11.061, spot: 6.326 },
    "us-east4": { onDemand: 11.069, spot: 4.54 },
    "us-west1": { onDemand: 11.061, spot: 6.326 },
    "us-west4": { onDemand: 12.456, spot: 4.659 },
    "europe-west1": { onDemand: 12.171, spot: 4.758 },
    "europe-west3": { onDemand: 13.054, spot: 5.352 },
    "europe-west4": { onDemand: 14.068, spot: 5.515 },
    "europe-west9": { onDemand: 12.831, spot: 2.929 },
    "europe-north1": { onDemand: 12.179, spot: 1.276 },
    "asia-northeast1": { onDemand: 15.83, spot: 3.239 },
    "asia-south1": { onDemand: 11.517, spot: 4.706 },
    "asia-southeast1": { onDemand: 14.285, spot: 6.402 },
    "australia-southeast1": { onDemand: 13.835, spot: 3.473 },
  },
  "a3-highgpu-2g": {
    "us-central1": { onDemand: 22.122, spot: 12.652 },
    "us-east4": { onDemand: 22.139, spot: 9.08 },
    "us-west1": { onDemand: 22.122, spot: 12.652 },
    "us-west4": { onDemand: 24.912, spot: 9.319 },
    "europe-west1": { onDemand: 24.342, spot: 9.517 },
    "europe-west3": { onDemand: 26.108, spot: 10.704 },
    "europe-west4": { onDemand: 28.135, spot: 11.03 },
    "europe-west9": { onDemand: 25.662, spot: 5.858 },
    "europe-north1": { onDemand: 24.359, spot: 2.551 },
    "asia-northeast1": { onDemand: 31.661, spot: 6.478 },
    "asia-south1": { onDemand: 23.034, spot: 9.411 },
    "asia-southeast1": { onDemand: 28.57, spot: 12.805 },
    "australia-southeast1": { onDemand: 27.67, spot: 6.945 },
  },
  "a3-highgpu-8g": {
    "us-central1": { onDemand: 88.49, spot: 50.61 },
    "us-east4": { onDemand: 88.556, spot: 36.321 },
    "us-west1": { onDemand: 88.49, spot: 50.61 },
    "us-west4": { onDemand: 99.649, spot: 37.276 },
    "europe-west1": { onDemand: 97.37, spot: 38.066 },
    "europe-west3": { onDemand: 104.431, spot: 42.815 },
    "europe-west4": { onDemand: 112.54, spot: 44.119 },
    "europe-west9": { onDemand: 102.648, spot: 23.432 },
    "europe-north1": { onDemand: 97.436, spot: 10.205 },
    "asia-northeast1": { onDemand: 126.643, spot: 25.91 },
    "asia-south1": { onDemand: 92.135, spot: 37.645 },
    "asia-southeast1": { onDemand: 114.278, spot: 51.219 },
    "australia-southeast1": { onDemand: 110.678, spot: 27.781 },
  },
  "g2-standard-8": {
    "us-central1": { onDemand: 0.854, spot: 0.48 },
    "us-east1": { onDemand: 0.854, spot: 0.48 },
    "us-east4": { onDemand: 0.851, spot: 0.375 },
    "us-west1": { onDemand: 0.854, spot: 0.48 },
    "us-west4": { onDemand: 0.961, spot: 0.558 },
    "europe-west1": { onDemand: 0.94, spot: 0.432 },
    "europe-west2": { onDemand: 0.972, spot: 0.583 },
    "europe-west3": { onDemand: 1.006, spot: 0.604 },
    "europe-west4": { onDemand: 0.897, spot: 0.471 },
    "asia-northeast1": { onDemand: 1.096, spot: 0.658 },
    "asia-south1": { onDemand: 0.889, spot: 0.392 },
    "asia-southeast1": { onDemand: 1.053, spot: 0.632 },
    "northamerica-northeast1": { onDemand: 0.94, spot: 0.496 },
  },
  "g2-standard-12": {
    "us-central1": { onDemand: 1.0, spot: 0.562 },
    "us-east1": { onDemand: 1.0, spot: 0.562 },
    "us-east4": { onDemand: 0.997, spot: 0.44 },
    "us-west1": { onDemand: 1.0, spot: 0.562 },
    "us-west4": { onDemand: 1.127, spot: 0.655 },
    "europe-west1": { onDemand: 1.102, spot: 0.506 },
    "europe-west2": { onDemand: 1.139, spot: 0.683 },
    "europe-west3": { onDemand: 1.179, spot: 0.707 },
    "europe-west4": { onDemand: 1.051, spot: 0.552 },
    "asia-northeast1": { onDemand: 1.285, spot: 0.771 },
    "asia-south1": { onDemand: 1.041, spot: 0.459 },
    "asia-southeast1": { onDemand: 1.234, spot: 0.741 },
    "northamerica-northeast1": { onDemand: 1.102, spot: 0.581 },
  },
  "g2-standard-24": {
    "us-central1": { onDemand: 2.001, spot: 1.125 },
    "us-east1": { onDemand: 2.001, spot: 1.125 },
    "us-east4": { onDemand: 1.994, spot: 0.879 },
    "us-west1": { onDemand: 2.001, spot: 1.125 },
    "us-west4": { onDemand: 2.254, spot: 1.309 },
    "europe-west1": { onDemand: 2.203, spot: 1.012 },
    "europe-west2": { onDemand: 2.278, spot: 1.367 },
    "europe-west3": { onDemand: 2.358, spot: 1.415 },
    "europe-west4": { onDemand: 2.103, spot: 1.104 },
    "asia-northeast1": { onDemand: 2.569, spot: 1.542 },
    "asia-south1": { onDemand: 2.083, spot: 0.919 },
    "asia-southeast1": { onDemand: 2.468, spot: 1.481 },
    "northamerica-northeast1": { onDemand: 2.203, spot: 1.162 },
  },
  "e2-standard-8": {
    "us-central1": { onDemand: 0.268, spot: 0.161 },
    "us-east1": { onDemand: 0.268, spot: 0.161 },
    "us-east4": { onDemand: 0.302, spot: 0.166 },
    "us-west1": { onDemand: 0.268, spot: 0.161 },
    "us-west4": { onDemand: 0.302, spot: 0.036 },
    "europe-west1": { onDemand: 0.295, spot: 0.143 },
    "europe-west2": { onDemand: 0.345, spot: 0.109 },
    "europe-west3": { onDemand: 0.345, spot: 0.168 },
    "europe-west4": { onDemand: 0.295, spot: 0.141 },
    "europe-west9": { onDemand: 0.311, spot: 0.154 },
    "europe-north1": { onDemand: 0.295, spot: 0.079 },
    "asia-northeast1": { onDemand: 0.344, spot: 0.206 },
    "asia-south1": { onDemand: 0.322, spot: 0.193 },
    "asia-southeast1": { onDemand: 0.331, spot: 0.173 },
    "australia-southeast1": { onDemand: 0.38, spot: 0.177 },
    "northamerica-northeast1": { onDemand: 0.295, spot: 0.088 },
  },
};

/** Price of a machine in a region; undefined if this table has none. */
export function machinePrice(machineType: string, region: Region): MachinePrice | undefined {
  return MACHINES[machineType]?.[region];
}
