import { clusterRanges, proxyRange } from "../../../catalog/addressPlan";
import { regionsOf } from "../../../config/derived";
import { type Finding, ok, problem, unknown } from "../finding";
import { COMPUTE } from "../google/apis";
import { CLUSTER, NETWORK, NETWORK_NAME, SUBNETWORK, type Target } from "../target";

import type { Check } from "./check";

interface Network {
  peerings?: { name: string; network: string }[];
}

interface SubnetPage {
  items?: Record<string, { subnetworks?: Subnet[] }>;
  nextPageToken?: string;
}

interface Subnet {
  name: string;
  network: string;
  ipCidrRange?: string;
  secondaryIpRanges?: { ipCidrRange: string }[];
}

/** A range that a cluster will get. */
interface Planned {
  of: string;
  range: string;
}

/**
 * The stack has a VPC of its own, with a generated name: nothing can be in the way of a first update. Later, a person may
 * have put a subnet into the VPC or peered it with another. After an update that failed at a cluster, the stack's own
 * subnets are there before the cluster.
 */
export const addresses: Check = {
  name: "addresses",
  asks: "whether ranges of clusters that are to be made are free in the stack's VPC and in those that it is peered with",
  ask: async (target: Target): Promise<Finding[]> => {
    const { google, project, made } = target;
    const name = made.text(NETWORK, NETWORK_NAME, "name");
    const planned = plannedRanges(target);
    if (planned.length === 0) return [ok("every cluster has its ranges")];
    if (name === undefined) {
      const ranges = planned.map(({ range }) => range).join(", ");
      return [ok(`the VPC is new, so nothing overlaps: ${ranges}`)];
    }
    const { peerings = [] } = await google.get<Network>(
      `${COMPUTE}/${project}/global/networks/${name}`,
    );
    const own = `projects/${project}/global/networks/`;
    const peers = peerings.filter(({ network }) => network.includes(own));
    const foreign = peerings.filter(({ network }) => !network.includes(own));
    const networks = [
      name,
      ...peers.map(({ network }) => network.slice(network.lastIndexOf("/") + 1)),
    ];
    const mine = made.namesOf(SUBNETWORK);
    const others = (await subnetsOf(networks, target)).filter(
      (subnet) => !(subnet.network.endsWith(`/${name}`) && mine.includes(subnet.name)),
    );
    const overlaps = overlapsIn(others, planned);
    const list = (peering: string) =>
      `gcloud compute networks peerings list-routes ${peering} --network ${name} --direction INCOMING --region <region> --project ${project}`;
    return [
      ...(overlaps.length > 0 ? overlaps : [ok(`free in ${networks.join(", ")}`)]),
      ...foreign.map((peering) =>
        unknown(
          `${peering.network} of another project is peered: its ranges are not asked`,
          list(peering.name),
        ),
      ),
    ];
  },
};

function plannedRanges({ settings: { clusters }, made }: Target): Planned[] {
  const added = Object.entries(clusters).filter(([name]) => !made.has(CLUSTER, name));
  const known = Object.entries(clusters).filter(([name]) => made.has(CLUSTER, name));
  const oldRegions = regionsOf(Object.fromEntries(known));
  const proxies = regionsOf(Object.fromEntries(added)).filter(
    (region) => !oldRegions.includes(region),
  );
  return [
    ...added.flatMap(([name, { region, block }]) =>
      Object.values(clusterRanges(region, block)).map((range: string) => ({ of: name, range })),
    ),
    ...proxies.map((region) => ({ of: `proxies of ${region}`, range: proxyRange(region) })),
  ];
}

async function subnetsOf(networks: string[], { google, project }: Target): Promise<Subnet[]> {
  const url = `${COMPUTE}/${project}/aggregated/subnetworks?maxResults=500`;
  const pages = await google.pages<SubnetPage>(url);
  return pages
    .flatMap(({ items = {} }) => Object.values(items))
    .flatMap(({ subnetworks = [] }) => subnetworks)
    .filter(({ network }) => networks.some((name) => network.endsWith(`/networks/${name}`)));
}

function overlapsIn(subnets: Subnet[], planned: Planned[]): Finding[] {
  return subnets.flatMap(({ name, network, ipCidrRange, secondaryIpRanges = [] }) => {
    const ranges = [ipCidrRange, ...secondaryIpRanges.map((each) => each.ipCidrRange)];
    return ranges.flatMap((range) => {
      const hit =
        range === undefined ? undefined : planned.find((plan) => overlap(plan.range, range));
      if (!hit || range === undefined) return [];
      const vpc = network.slice(network.lastIndexOf("/") + 1);
      return [
        problem(
          `${hit.range} of ${hit.of} overlaps ${range}, subnet ${name} of ${vpc}: give the cluster another \`block\``,
        ),
      ];
    });
  });
}

function overlap(a: string, b: string): boolean {
  const [left, right] = [bounds(a), bounds(b)];
  return left.first <= right.last && right.first <= left.last;
}

function bounds(cidr: string): { first: number; last: number } {
  const [address = "", bits = "32"] = cidr.split("/");
  const number = address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  const size = 2 ** (32 - Number(bits));
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}
