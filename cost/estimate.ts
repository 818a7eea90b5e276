import { gpuMachines } from "../catalog/gpuMachines";
import { ZONES_OF_A_REGION } from "../catalog/networkEndpointGroups";
import { CONTROL_PLANE, machinePrice, NAT, PRICES_DATED, PROXIES } from "../catalog/prices";
import type { Provisioning } from "../catalog/provisioning";
import type { Region } from "../catalog/regions";
import { SYSTEM_POOL } from "../catalog/systemPool";

/** The part of a stack's configuration that costs money. */
export interface CostInput {
  clusters: Record<string, CostedCluster>;
  /** Regions in which the gateway has an address, each once. */
  regions: readonly Region[];
  /** GPU pools of each cluster that serves the model, by name. */
  gpuPools: Record<string, CostedPool>;
}

export interface CostedCluster {
  region: Region;
  /** Zones of its nodes. @default GKE's choice of three */
  zones?: string[];
  /** Whether it serves the model and so has the GPU pools. */
  gpus: boolean;
}

export interface CostedPool {
  machineType: string;
  provisioning: Provisioning;
  /** Nodes in all zones together that always run. */
  minNodes: number;
  maxNodes: number;
}

/** Costs by component, in US dollars. The same configuration gives the same figures on any day. */
export interface CostEstimate {
  /** Day of the price table, `YYYY-MM-DD`. */
  pricedOn: string;
  /** Hourly cost of everything that always runs, without the parts in `unknown`. */
  hourlyUsd: number;
  /** The same in a month of 730 hours. */
  monthlyUsd: number;
  /** Hourly cost with every pool at its largest, without the parts in `unknown`. */
  mostHourlyUsd: number;
  mostMonthlyUsd: number;
  components: CostComponent[];
  /** Parts that no sum includes, because their price is unknown. */
  unknown: string[];
  /** Remarks on the figures. */
  notes: string[];
}

export interface CostComponent {
  /** Such as `GPU pool gpu of gke-west`. */
  name: string;
  /** What is paid for, such as `1 to 4 x g2-standard-8 spot, us-east4`. */
  what: string;
  /** An hour, for what always runs. Missing if a price is unknown. */
  hourlyUsd?: number;
  /** An hour, at the largest. Missing if a price is unknown. */
  mostHourlyUsd?: number;
}

/** As Google's own calculator counts. */
const HOURS_OF_A_MONTH = 730;

/** The cost of a stack by the table of `catalog/prices.ts`, without costs that depend on traffic. */
export function estimateCost(input: CostInput): CostEstimate {
  const machines = Object.entries(input.clusters).map(([name, cluster]) => ({
    region: cluster.region,
    rows: [systemPool(name, cluster), ...gpuPoolsOf(name, cluster, input.gpuPools)],
  }));
  const rows = machines.flatMap((cluster) => cluster.rows);
  const components = [
    controlPlanes(Object.keys(input.clusters).length),
    ...rows.map(priced),
    ...nats(machines),
    gateway(input.regions.length),
  ];
  const hourly = sum(components.map(({ hourlyUsd = 0 }) => hourlyUsd));
  const mostHourly = sum(components.map(({ mostHourlyUsd = 0 }) => mostHourlyUsd));
  return {
    pricedOn: PRICES_DATED.asOf,
    hourlyUsd: round(hourly),
    monthlyUsd: round(hourly * HOURS_OF_A_MONTH),
    mostHourlyUsd: round(mostHourly),
    mostMonthlyUsd: round(mostHourly * HOURS_OF_A_MONTH),
    components: components.map(rounded),
    unknown: rows.filter(({ price, most }) => price === undefined && most > 0).map(withoutPrice),
    notes: [...provisioningNotes(input), TRAFFIC],
  };
}

/** Machines of one kind in one cluster. */
interface Row {
  name: string;
  machineType: string;
  region: Region;
  /** How they are sold, where that is not on demand. */
  sold: string;
  least: number;
  most: number;
  /** Price of one machine an hour. */
  price: number | undefined;
}

function controlPlanes(clusters: number): CostComponent {
  const usd = clusters * CONTROL_PLANE;
  return { name: "control planes", what: `${clusters}`, hourlyUsd: usd, mostHourlyUsd: usd };
}

function systemPool(cluster: string, { region, zones }: CostedCluster): Row {
  const { machineType, nodesPerZone, mostNodesPerZone } = SYSTEM_POOL;
  const zoneCount = zones?.length ?? ZONES_OF_A_REGION;
  return {
    name: `system pool of ${cluster}`,
    machineType,
    region,
    sold: "",
    least: zoneCount * nodesPerZone,
    most: zoneCount * mostNodesPerZone,
    price: machinePrice(machineType, region)?.onDemand,
  };
}

function gpuPoolsOf(
  cluster: string,
  { region, gpus }: CostedCluster,
  pools: Record<string, CostedPool>,
): Row[] {
  if (!gpus) return [];
  return Object.entries(pools).map(([pool, { machineType, provisioning, minNodes, maxNodes }]) => ({
    name: `GPU pool ${pool} of ${cluster}`,
    machineType,
    region,
    sold: provisioning === "on-demand" ? "" : ` ${provisioning}`,
    least: minNodes,
    most: maxNodes,
    // Flex-start and reservations: see `provisioningNotes`.
    price: machinePrice(machineType, region)?.[provisioning === "spot" ? "spot" : "onDemand"],
  }));
}

function priced({ name, machineType, region, sold, least, most, price }: Row): CostComponent {
  const count = least === most ? `${least}` : `${least} to ${most}`;
  return {
    name,
    what: `${count} x ${machineType}${sold}, ${region}`,
    hourlyUsd: times(least, price),
    mostHourlyUsd: times(most, price),
  };
}

/** One for each region with nodes; its price follows how many there are. */
function nats(clusters: { region: Region; rows: Row[] }[]): CostComponent[] {
  const regions = [...new Set(clusters.map(({ region }) => region))];
  const nat = (nodes: number) => Math.min(nodes * NAT.machine, NAT.most) + NAT.address;
  return regions.map((region) => {
    const rows = clusters.filter((c) => c.region === region).flatMap((c) => c.rows);
    const [least, most] = [sum(rows.map((row) => row.least)), sum(rows.map((row) => row.most))];
    return {
      name: `NAT of ${region}`,
      what: `${least} to ${most} nodes`,
      hourlyUsd: nat(least),
      mostHourlyUsd: nat(most),
    };
  });
}

/** Its maximum is unknown: Google adds proxies as requests come. */
function gateway(regions: number): CostComponent {
  const proxies = regions * PROXIES.least;
  const usd = proxies * PROXIES.proxy;
  return { name: "gateway", what: `${proxies} proxies`, hourlyUsd: usd, mostHourlyUsd: usd };
}

const TRAFFIC =
  "Not counted: disks, logs, DNS, and what grows with the traffic: more proxies, data through gateway, NAT and regions.";

function provisioningNotes({ gpuPools }: CostInput): string[] {
  const pools = Object.values(gpuPools);
  const kinds = (provisioning: Provisioning) =>
    pools.filter((pool) => pool.provisioning === provisioning).map((pool) => pool.machineType);
  const flexStart = kinds("flex-start");
  const notional = flexStart.filter((type) => !gpuMachines[type]?.soldAs.includes("on-demand"));
  return [
    ...(flexStart.length > 0
      ? [
          "Flex-start has lower prices of its own, not known here: on-demand prices stand in for them.",
        ]
      : []),
    ...(notional.length > 0
      ? [
          `On-demand prices of ${notional.join(", ")} are notional: Google does not sell these on demand.`,
        ]
      : []),
    ...(kinds("reservation").length > 0
      ? ["A reservation is paid for at the on-demand price, also while no node uses it."]
      : []),
  ];
}

function withoutPrice({ name, machineType, sold, region }: Row): string {
  return `${name}: ${machineType}${sold} in ${region}`;
}

/** Zero units cost nothing, even where the price is unknown. */
function times(count: number, price: number | undefined): number | undefined {
  if (count === 0) return 0;
  return price === undefined ? undefined : count * price;
}

function rounded({ name, what, hourlyUsd, mostHourlyUsd }: CostComponent): CostComponent {
  return {
    name,
    what,
    ...(hourlyUsd !== undefined && { hourlyUsd: round(hourlyUsd) }),
    ...(mostHourlyUsd !== undefined && { mostHourlyUsd: round(mostHourlyUsd) }),
  };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** Rounds to cents. Cuts to eight digits first, because three times 0.345 is a hair below 1.035 in floating point. */
function round(usd: number): number {
  return Math.round(Math.round(usd * 1e8) / 1e6) / 100;
}
