import { regions, type Region } from "./regions";

/** A region has four /16 blocks of 10.0.0.0/8, so it holds at most four clusters of one VPC. */
export const BLOCKS_PER_REGION = 4;

/** GKE gives each node of any pool a /24 of the pods' /17. */
export const NODES_PER_CLUSTER = 128;

export interface ClusterRanges {
  /** Nodes: 4094 addresses. */
  nodes: string;
  /** Pods of `NODES_PER_CLUSTER` nodes. */
  pods: string;
  services: string;
}

/**
 * The IP ranges of one cluster. They follow from region and block alone, so that a cluster which joins or leaves a
 * running stack never renumbers another.
 */
export function clusterRanges(region: Region, block: number): ClusterRanges {
  const prefix = blockPrefix(region, block);
  return { pods: `${prefix}.0.0/17`, services: `${prefix}.128.0/20`, nodes: `${prefix}.144.0/20` };
}

/** The range of a region's proxy-only subnet: 512 addresses, Google recommends /23 and takes /26 at the smallest. */
export function proxyRange(region: Region): string {
  return `${blockPrefix(region, 0)}.192.0/23`;
}

function blockPrefix(region: Region, block: number): string {
  return `10.${regions.indexOf(region) * BLOCKS_PER_REGION + block}`;
}
