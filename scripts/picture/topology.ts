import type { CostComponent, CostEstimate } from "../../cost/estimate";

/** What a picture shows of a stack. */
export interface Topology {
  stack: string;
  project: string;
  gateway: GatewayView;
  /** In the order of their clusters. */
  regions: RegionView[];
  /** What the stack costs, and `rest`: the components that belong to no box. */
  cost: Pick<CostEstimate, "pricedOn" | "hourlyUsd" | "mostHourlyUsd" | "unknown"> & {
    rest: CostComponent[];
  };
}

export interface GatewayView {
  name: string;
  className: string;
  port: number;
  /** Seconds after which it gives up on a request. */
  timeout?: number;
  balancing: Balancing;
  /** DNS name in the VPC that leads to the nearest address. */
  dnsName?: string;
  cost?: CostComponent;
}

/** When requests spill over to another region. */
export interface Balancing {
  /** Such as `maxUtilization 60 %`. */
  target: string;
  /** What the target is measured in, such as `of the KV cache`. */
  of: string;
  /** The metric is reported, and not balanced on. */
  dryRun: boolean;
}

export interface RegionView {
  name: string;
  /** The gateway has an address here. */
  hasAddress: boolean;
  /** Filled before any other region. */
  preferred: boolean;
  /** Percent of its capacity that the gateway uses; 0 drains it. */
  capacityPercent: number;
  clusters: ClusterView[];
  /** Its way to the internet. */
  nat?: CostComponent;
}

export interface ClusterView {
  name: string;
  /** Kinds of the gateway's objects that it holds, as the config cluster. */
  gatewayObjects: string[];
  pools: PoolView[];
  gpuPools: NodePoolView[];
  systemPools: NodePoolView[];
}

/** An InferencePool, with the pods behind it. */
export interface PoolView {
  name: string;
  /** The gateway's route leads to it. */
  fed: boolean;
  picker?: { version: string; replicas: number };
  servers?: ServersView;
}

/** Model servers of one Deployment. */
export interface ServersView {
  model: string;
  image: string;
  least: number;
  most: number;
  /** The gateway balances by a metric of theirs. */
  reports: boolean;
}

export interface NodePoolView {
  name: string;
  machineType: string;
  /** GPUs of each node, such as `2 × nvidia-h100-80gb`. */
  gpus?: string;
  /** How Google sells the nodes. */
  sold: string;
  /** Empty if GKE chooses them. */
  zones: string[];
  /** Nodes in all zones together. */
  least: number;
  most: number;
  cost?: CostComponent;
}
