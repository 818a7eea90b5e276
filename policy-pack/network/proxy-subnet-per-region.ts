import { networks, subnetworks } from "../fleet/cloudTypes";
import { gateways } from "../fleet/kinds";
import {
  allOn,
  append,
  type Finding,
  numberSetting,
  on,
  pending,
  reliability,
  requireValue,
  type Resource,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { isCrossRegional, REGIONAL_ADDRESS, regionOfAddress } from "./gateway";
import { ipRangeOf } from "./ipRange";
import { type ProxySubnet, SubnetsByRegion } from "./proxySubnet";

export const proxySubnetPerRegion = stackPolicy({
  name: "proxy-subnet-per-region",
  description:
    "Each region that a gateway has an address in has one proxy-only subnet of the gateway's kind.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Give each region in the Gateway's spec.addresses one subnet with purpose " +
    "GLOBAL_MANAGED_PROXY and role ACTIVE, /26 or larger, and none with REGIONAL_MANAGED_PROXY. " +
    "Where another stack owns these subnets, disable this policy.",
  url: "https://cloud.google.com/load-balancing/docs/proxy-only-subnets",
  settings: {
    longestPrefix: numberSetting({
      type: "integer",
      minimum: 8,
      maximum: 29,
      default: 26,
      description: "Prefix length of the smallest range allowed; Google Cloud takes no smaller.",
    }),
  },

  *judge(stack, { longestPrefix }) {
    const subnets = new SubnetsByRegion(stack.select(subnetworks));
    const placesOf = new Map<string, Place[]>();
    for (const gateway of stack.select(gateways).filter(isCrossRegional)) {
      yield* addressFindings(gateway);
      for (const address of gateway.props.at("spec", "addresses").items ?? []) {
        const region = regionOfAddress(address);
        if (region !== undefined) {
          append(placesOf, region, { gateway, address });
        }
      }
    }
    // Another stack has the network, and its subnets, if this one has none of both.
    const ownsNetwork = [subnetworks, networks].some((kind) => stack.select(kind).length > 0);
    for (const [region, places] of placesOf) {
      yield* ownsNetwork ? missingSubnetFindings(places, region, subnets) : [];
      yield* kindFindings(subnets.in(region), region);
      yield* rangeFindings(subnets.in(region), longestPrefix);
    }
  },
});

/** An address that a gateway asks for. */
interface Place {
  readonly gateway: Resource;
  readonly address: Value;
}

/** Addresses whose region cannot be read. */
function* addressFindings(gateway: Resource): Generator<Finding> {
  const addresses = gateway.props.at("spec", "addresses");
  const form = `${REGIONAL_ADDRESS}<region>`;
  if (addresses.unknown) {
    yield on(gateway, pending(addresses));
  } else if (addresses.items === undefined || addresses.items.length === 0) {
    const problem = "lists no region, so the gateway gets no address";
    yield on(gateway, violation(addresses, problem, `list one of type ${form} for each region`));
  }
  for (const address of addresses.items ?? []) {
    const type = address.at("type");
    if (type.unknown) {
      yield on(gateway, pending(type));
    } else if (regionOfAddress(address) === undefined) {
      yield on(gateway, violation(type, `${type} names no region`, `write ${form}`));
    }
  }
}

function* missingSubnetFindings(
  places: readonly Place[],
  region: string,
  subnets: SubnetsByRegion,
): Generator<Finding> {
  const here = subnets.in(region);
  if (here.some(({ isGlobal }) => isGlobal)) {
    return;
  }
  const hidden = [...here, ...subnets.anywhere].filter((subnet) => subnet.hidden !== undefined);
  for (const subnet of hidden) {
    yield on(subnet.resource, pending(subnet.hidden ?? subnet.purpose));
  }
  for (const { gateway, address } of hidden.length > 0 ? [] : places) {
    const problem = `region ${region} has no subnet for the gateway's proxies`;
    const fix = "add a subnet there with purpose GLOBAL_MANAGED_PROXY and role ACTIVE";
    yield on(gateway, violation(address, problem, fix));
  }
}

/** Proxy-only subnets that Google Cloud refuses beside the one of this region and VPC. */
function* kindFindings(here: readonly ProxySubnet[], region: string): Generator<Finding> {
  const firstOf = new Map<string, ProxySubnet>();
  for (const subnet of here.filter(({ isGlobal }) => isGlobal)) {
    const first = firstOf.get(subnet.network);
    if (first === undefined) {
      firstOf.set(subnet.network, subnet);
    } else {
      const problem = `region ${region} has a subnet for these proxies, ${first.resource.name}`;
      yield on(subnet.resource, violation(subnet.purpose, problem, "remove one of the two"));
    }
  }
  const inTheWay = here.filter(({ isRegional, network }) => {
    return isRegional && (firstOf.size === 0 || firstOf.has(network));
  });
  for (const { resource, purpose } of inTheWay) {
    const problem = `${purpose} keeps region ${region} from the gateway's own proxies`;
    yield on(resource, violation(purpose, problem, 'use "GLOBAL_MANAGED_PROXY" in this region'));
  }
}

function* rangeFindings(here: readonly ProxySubnet[], longestPrefix: number): Generator<Finding> {
  for (const { resource, range } of here.filter(({ isGlobal }) => isGlobal)) {
    const prefix = ipRangeOf(range.text ?? "")?.prefix;
    const fix = `give it a range of /${longestPrefix} or larger, for example 10.9.0.0/23`;
    const isSmall = prefix !== undefined && prefix > longestPrefix;
    const tooSmall = isSmall ? `${range} is smaller than /${longestPrefix}` : undefined;
    const whenWrong = prefix === undefined ? `${range} is not an IPv4 range` : tooSmall;
    yield* allOn(resource, requireValue(range, { whenAbsent: "is not set", whenWrong, fix }));
  }
}
