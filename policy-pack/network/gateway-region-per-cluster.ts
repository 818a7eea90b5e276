import { fleetOf, regionOf } from "../fleet/fleet";
import { gateways, inferencePools } from "../fleet/kinds";
import {
  entriesAt,
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  type Stack,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { isCrossRegional, REGIONAL_ADDRESS, regionOfAddress } from "./gateway";
import { classOf, isMultiCluster } from "./gatewayClass";

export const gatewayRegionPerCluster = stackPolicy({
  name: "gateway-region-per-cluster",
  description: "A multi-cluster gateway has an address in each region that serves its models.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "List each region with an inference pool in the Gateway's spec.addresses, by type and value, " +
    "give it a proxy-only subnet, and let clients use their own region's address.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway",
  enforcementLevel: "advisory",
  settings: {},

  *judge(stack) {
    const across = stack.select(gateways).filter(servesRegions);
    const addresses = across.flatMap(addressesOf);
    for (const address of addresses) {
      yield* valueFindings(address);
    }
    const listed = new Set(addresses.flatMap(({ value }) => regionOfAddress(value) ?? []));
    const hidden = addresses.filter(({ value }) => isHidden(value));
    const [first] = across;
    // proxy-subnet-per-region judges Gateways without any region.
    if (first === undefined || listed.size + hidden.length === 0) {
      return;
    }
    const serving = servingClusters(stack);
    for (const cluster of serving.filter(({ props }) => props.at("location").unknown)) {
      yield on(cluster, pending(cluster.props.at("location")));
    }
    const clusters = serving.filter((cluster) => {
      const region = regionOf(cluster);
      return region !== undefined && !listed.has(region);
    });
    if (hidden.length > 0 && clusters.length > 0) {
      yield* hidden.map(({ gateway, value }) => on(gateway, pending(value)));
    } else {
      yield* clusters.map((cluster) => missing(first, cluster));
    }
  },
});

/** Whether a gateway is for several clusters in several regions; true if its class is not known. */
function servesRegions(gateway: Resource): boolean {
  const gatewayClass = classOf(gateway);
  return isCrossRegional(gateway) && (!gatewayClass.present || isMultiCluster(gatewayClass));
}

interface Address {
  readonly gateway: Resource;
  readonly value: Value;
}

function addressesOf(gateway: Resource): readonly Address[] {
  const values = entriesAt(gateway.props.at("spec"), "addresses");
  return values.map((value) => ({ gateway, value }));
}

/** GKE reads the region from the type, and requires it in the value too. */
function* valueFindings({ gateway, value: address }: Address): Generator<Finding> {
  const type = address.at("type").text ?? "";
  const region = type.startsWith(REGIONAL_ADDRESS) ? type.slice(REGIONAL_ADDRESS.length) : "";
  const value = address.at("value");
  if (region === "" || value.raw === region) {
    return;
  }
  const problem = value.absent ? "is not set" : `${value} is not the region of the type`;
  yield on(
    gateway,
    value.unknown ? pending(value) : violation(value, problem, `write "${region}"`),
  );
}

/** Whether the region of an address is not known yet. */
function isHidden(address: Value): boolean {
  const open = address.at("type").unknown || address.at("value").unknown;
  return open && regionOfAddress(address) === undefined;
}

/** Clusters of this stack with an inference pool. */
function servingClusters(stack: Stack): readonly Resource[] {
  const members = [...fleetOf(stack).byMember(stack.select(inferencePools)).keys()];
  return members.flatMap(({ cluster }) => cluster ?? []);
}

function missing(gateway: Resource, cluster: Resource): Finding {
  const addresses = gateway.props.at("spec", "addresses");
  const region = regionOf(cluster);
  const problem =
    `${region}, where cluster ${cluster.name} serves, is not listed, ` +
    "so clients there cross regions";
  return on(gateway, violation(addresses, problem, `add one of type ${REGIONAL_ADDRESS}${region}`));
}
