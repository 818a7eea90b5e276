import type { Box, Row } from "./box";
import { perHour } from "./costs";
import { listed } from "./text";
import type {
  Balancing,
  ClusterView,
  GatewayView,
  NodePoolView,
  PoolView,
  RegionView,
  ServersView,
  Topology,
} from "./topology";

/** Ids of boxes that arrows begin or end at. */
export const ids = {
  clients: "clients",
  dns: "dns",
  gateway: "gateway",
  address: (region: string) => `address-${region}`,
  region: (region: string) => `region-${region}`,
  objects: (cluster: string) => `objects-${cluster}`,
  pool: (cluster: string, pool: string) => `pool-${cluster}-${pool}`,
  servers: (cluster: string, pool: string) => `servers-${cluster}-${pool}`,
  nodes: (cluster: string, pool: string) => `nodes-${cluster}-${pool}`,
};

export function headerRows({ stack, project, cost }: Topology): Row[] {
  const partly = cost.unknown.length > 0 ? ", without unknown prices" : "";
  return [
    { look: "title", text: `Stack ${stack}`, right: perHour(cost) + partly },
    {
      look: "muted",
      text: `project ${project}`,
      right: `always, and at most, by list prices of ${cost.pricedOn}`,
    },
  ];
}

/** The components of the cost that no box has. */
export function footerRows({ cost }: Topology): Row[] {
  return cost.rest.map((component) => ({
    look: "muted",
    text: listed(`${component.name}: ${component.what}`, perHour(component)),
  }));
}

export function clientsBox({ dnsName }: GatewayView): Box {
  const text = dnsName
    ? "Clients in the VPC use one name"
    : "Clients in the VPC use the address of their own region";
  return { kind: "clients", id: ids.clients, rows: [{ look: "plain", text }], inside: [] };
}

export function dnsBox(dnsName: string): Box {
  return {
    kind: "clients",
    id: ids.dns,
    rows: [
      { look: "strong", text: dnsName },
      { look: "muted", text: "private DNS name, leads to the nearest address" },
    ],
    inside: [],
  };
}

export function gatewayBox(gateway: GatewayView): Box {
  const { name, className, port, timeout, balancing, cost } = gateway;
  return {
    kind: "gateway",
    id: ids.gateway,
    rows: [
      { look: "heading", text: `Gateway ${name}`, right: cost && perHour(cost) },
      {
        look: "plain",
        text: listed(className, `port ${port}`, timeout ? `timeout ${timeout} s` : undefined),
      },
      ...balancingRows(balancing),
    ],
    inside: [],
  };
}

function balancingRows({ target, of, dryRun }: Balancing): Row[] {
  if (!dryRun) {
    return [{ look: "plain", text: `Requests spill over at ${target} ${of}.` }];
  }
  return [
    {
      look: "alert",
      text: `Dry run: ${target} ${of} is reported, and not balanced on.`,
    },
  ];
}

/** The text at the line along which requests spill over. */
export function spillLabel({ target, dryRun }: Balancing): string {
  return dryRun ? `${target}, dry run` : `spill-over at ${target}`;
}

export function addressBox(region: string): Box {
  return {
    kind: "address",
    id: ids.address(region),
    rows: [{ look: "strong", text: `address in ${region}` }],
    inside: [],
  };
}

export function regionBox(region: RegionView): Box {
  const { name, nat, clusters } = region;
  return {
    kind: region.capacityPercent === 0 ? "drained" : "region",
    id: ids.region(name),
    rows: [
      { look: "heading", text: name },
      ...scopeRows(region),
      ...(nat
        ? [{ look: "muted" as const, text: `NAT for ${nat.what}`, right: perHour(nat) }]
        : []),
    ],
    inside: clusters.map(clusterBox),
  };
}

function scopeRows({ preferred, capacityPercent, hasAddress }: RegionView): Row[] {
  const alerts = [
    hasAddress ? undefined : "serves no model: no address",
    preferred ? "preferred: filled before any other region" : undefined,
    capacityPercent === 0 ? "drained: gets no new request" : undefined,
    capacityPercent > 0 && capacityPercent < 100
      ? `${capacityPercent} % of its capacity is used`
      : undefined,
  ];
  return alerts.flatMap((text) => (text ? [{ look: "alert", text }] : []));
}

function clusterBox(cluster: ClusterView): Box {
  const { name, gatewayObjects, pools, gpuPools, systemPools } = cluster;
  const isConfigCluster = gatewayObjects.length > 0;
  return {
    kind: "cluster",
    id: `cluster-${name}`,
    rows: [
      { look: "heading", text: name, right: isConfigCluster ? "config cluster" : undefined },
      ...(gpuPools.length === 0 ? [{ look: "alert" as const, text: "without GPUs" }] : []),
    ],
    inside: [
      ...pools.flatMap((pool) => poolBoxes(name, pool)),
      ...gpuPools.map((pool) => nodesBox(name, pool)),
      ...systemPools.map((pool) => nodesBox(name, pool)),
      ...(isConfigCluster ? [objectsBox(cluster)] : []),
    ],
  };
}

function objectsBox({ name, gatewayObjects }: ClusterView): Box {
  return {
    kind: "objects",
    id: ids.objects(name),
    rows: [
      { look: "strong", text: "Objects of the gateway" },
      { look: "muted", text: gatewayObjects.join(", ") },
    ],
    inside: [],
  };
}

function poolBoxes(cluster: string, pool: PoolView): Box[] {
  const { name, fed, picker, servers } = pool;
  const rows: Row[] = [
    { look: "muted", text: "InferencePool" },
    { look: "strong", text: name },
  ];
  if (!fed) rows.push({ look: "alert", text: "not exported: gets no request" });
  if (picker) {
    const pods = counted(`${picker.replicas}`, "pod");
    rows.push({ look: "plain", text: listed(`endpoint picker ${picker.version}`, pods) });
  }
  return [
    { kind: "pool", id: ids.pool(cluster, name), rows, inside: [] },
    ...(servers ? [serversBox(cluster, name, servers)] : []),
  ];
}

function serversBox(
  cluster: string,
  pool: string,
  { model, image, least, most }: ServersView,
): Box {
  return {
    kind: "servers",
    id: ids.servers(cluster, pool),
    rows: [
      { look: "muted", text: counted(range(least, most), "model server") },
      { look: "strong", text: model },
      { look: "plain", text: image },
    ],
    inside: [],
  };
}

function nodesBox(cluster: string, pool: NodePoolView): Box {
  const { name, machineType, gpus, sold, zones, least, most, cost } = pool;
  return {
    kind: gpus ? "gpus" : "nodes",
    id: ids.nodes(cluster, name),
    rows: [
      { look: "muted", text: `node pool ${name}`, right: cost && perHour(cost) },
      { look: "strong", text: `${range(least, most)} × ${machineType}` },
      { look: "plain", text: listed(gpus && `${gpus} each`, sold) },
      { look: "muted", text: zones.length > 0 ? zones.join(", ") : "zones that GKE chooses" },
    ],
    inside: [],
  };
}

function range(least: number, most: number): string {
  return least === most ? `${least}` : `${least} to ${most}`;
}

function counted(count: string, what: string): string {
  return `${count} ${what}${count === "1" ? "" : "s"}`;
}
