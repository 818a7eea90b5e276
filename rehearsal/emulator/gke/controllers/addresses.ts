import { cidrOf, contains, freeAddress } from "../../ipv4";
import { Address, Gateway } from "../world/kinds";
import { ClusterState, keyOf, World } from "../world/world";
import { CROSS_REGION_CLASS } from "./gatewayClasses";

const EPHEMERAL = "networking.gke.io/ephemeral-ipv4-address/";

/** Why a Gateway cannot be programmed: what GKE calls it, and in words. */
export interface Problem {
  reason: string;
  message: string;
}

/** The regions in which a cross-region Gateway asks for an address, in its order. */
export function regionsOf(gateway: Gateway): string[] {
  return (gateway.spec.addresses ?? []).flatMap(({ type }) =>
    type?.startsWith(EPHEMERAL) ? [type.slice(EPHEMERAL.length)] : [],
  );
}

/** What is wrong with `spec.addresses`. */
export function addressProblem(gateway: Gateway): Problem | undefined {
  const addresses = gateway.spec.addresses ?? [];
  const invalid = (what: string): Problem => ({
    reason: "UnsupportedAddress",
    message: `Error GWCER106: Gateway "${keyOf(gateway)}" is invalid, err: ${what}`,
  });
  if (addresses.length === 0) {
    return invalid(`no address; name each region by an address of type ${EPHEMERAL}<region>`);
  }
  for (const { type = "IPAddress", value } of addresses) {
    if (!type.startsWith(EPHEMERAL)) {
      return invalid(`unsupported address type "${type}", the rehearsal has ${EPHEMERAL}<region>`);
    }
    const region = type.slice(EPHEMERAL.length);
    if (value !== region) {
      return invalid(`address type ${type} needs the value "${region}", not "${value ?? ""}"`);
    }
  }
  const regions = regionsOf(gateway);
  const twice = regions.find((region, i) => regions.indexOf(region) !== i);
  return twice === undefined ? undefined : invalid(`region ${twice} is named twice`);
}

/** What a region lacks for an internal load balancer to have an address in it. */
export function regionProblem(world: World, network: string, region: string): Problem | undefined {
  const pending = (message: string): Problem => ({
    reason: "Pending",
    message: `error cause: gceSync: region ${region}: ${message}`,
  });
  if (!world.view.globalProxySubnets(network).some((subnet) => subnet.region === region)) {
    return pending(
      "An active proxy-only subnetwork is required in the same region and VPC as the forwarding " +
        `rule; network ${network} has none with purpose GLOBAL_MANAGED_PROXY and role ACTIVE there`,
    );
  }
  if (!world.view.subnets(network).some((subnet) => subnet.region === region)) {
    return pending(`network ${network} has no subnetwork there to take an address from`);
  }
  return undefined;
}

/** An address in each region: the one it has, else one that no other Gateway of the network has. */
export function assignAddresses(
  world: World,
  cluster: ClusterState,
  gateway: Gateway,
): Address[] | undefined {
  const { network } = cluster.spec;
  const had = (gateway.status?.addresses ?? []).map(({ value }) => value ?? "");
  const used = addressesOfOthers(world, network, gateway);
  const assigned: Address[] = [];
  for (const region of regionsOf(gateway)) {
    const subnets = world.view.subnets(network).filter((subnet) => subnet.region === region);
    const ranges = subnets.map(({ cidr }) => cidrOf(cidr));
    const kept = had.find((value) => ranges.some((each) => contains(each, cidrOf(`${value}/32`))));
    const fresh = ranges.map((range) => freeAddress(range, used, "end"));
    const value = kept ?? fresh.find((address) => address !== undefined);
    if (value === undefined) return undefined;
    used.add(value);
    assigned.push({ type: "IPAddress", value });
  }
  return assigned;
}

function addressesOfOthers(world: World, network: string, gateway: Gateway): Set<string> {
  const gateways = world.clusters
    .filter((cluster) => cluster.spec.network === network)
    .flatMap((cluster) => cluster.list("Gateway"))
    .filter((other) => other.metadata.uid !== gateway.metadata.uid)
    .filter((other) => other.spec.gatewayClassName === CROSS_REGION_CLASS);
  return new Set(gateways.flatMap((g) => (g.status?.addresses ?? []).map((a) => a.value ?? "")));
}
