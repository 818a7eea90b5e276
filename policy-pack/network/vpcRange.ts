import { clusters, subnetworks } from "../fleet/cloudTypes";
import { byName, type Resource, type Value } from "../frame";

import { type IpRange, ipRangeOf } from "./ipRange";
import { ProxySubnet } from "./proxySubnet";

/** A property that takes a range of addresses from its resource's VPC. */
export interface RangeProperty {
  readonly resource: Resource;
  readonly value: Value;
  /** Its value; undefined if that is not a range, or not known yet. */
  readonly range: IpRange | undefined;
}

/**
 * The ranges that the program gives to subnets and clusters. A cluster's range is left out if it is
 * a secondary range of the cluster's subnet: GKE created that range for it, or uses it.
 */
export function rangeProperties(resources: readonly Resource[]): readonly RangeProperty[] {
  const subnets = resources.filter((each) => subnetworks.matches(each)).sort(byName);
  const secondary = new Set(
    subnets.flatMap((subnet) => {
      return secondaryOf(subnet).flatMap((range) =>
        namesOf(subnet).map((name) => spot(name, range)),
      );
    }),
  );
  const ofSubnets = subnets.flatMap((subnet) => {
    const all = [subnet.props.at("ipCidrRange"), ...secondaryOf(subnet)];
    return all.map((value) => property(subnet, value));
  });
  const ofClusters = resources
    .filter((each) => clusters.matches(each))
    .sort(byName)
    .flatMap((cluster) => {
      const own = blocksOf(cluster).filter((block) => {
        return !subnetNamesOf(cluster).some((name) => secondary.has(spot(name, block)));
      });
      return own.map((value) => property(cluster, value));
    });
  return [...ofSubnets, ...ofClusters].filter(({ value }) => !value.absent && value.text !== "");
}

/** Whether proxy-subnet-per-region judges it. */
export function isJudgedElsewhere({ resource }: RangeProperty): boolean {
  return subnetworks.matches(resource) && new ProxySubnet(resource).isGlobal;
}

function property(resource: Resource, value: Value): RangeProperty {
  return { resource, value, range: ipRangeOf(value.text ?? "") };
}

function secondaryOf(subnet: Resource): readonly Value[] {
  const list = subnet.props.at("secondaryIpRanges");
  return list.unknown ? [list] : (list.items ?? []).map((item) => item.at("ipCidrRange"));
}

/** Blocks that a cluster takes beside its subnet's ranges. */
function blocksOf(cluster: Resource): readonly Value[] {
  const policy = cluster.props.at("ipAllocationPolicy");
  const control = cluster.props.at("privateClusterConfig");
  const blocks = [
    { block: policy.at("clusterIpv4CidrBlock"), range: policy.at("clusterSecondaryRangeName") },
    { block: policy.at("servicesIpv4CidrBlock"), range: policy.at("servicesSecondaryRangeName") },
    { block: control.at("masterIpv4CidrBlock"), range: control.at("privateEndpointSubnetwork") },
  ];
  // GKE fills in the block if a range is named; `/14` alone leaves the choice to GKE.
  return blocks
    .filter(({ block, range }) => range.absent && !block.text?.startsWith("/"))
    .map(({ block }) => block);
}

function spot(subnet: string, range: Value): string {
  return `${subnet} ${range.text}`;
}

function namesOf(subnet: Resource): readonly string[] {
  return [subnet.urn, subnet.props.at("name").text ?? ""].filter((name) => name !== "");
}

function subnetNamesOf(cluster: Resource): readonly string[] {
  const named = cluster.props.at("subnetwork").text?.split("/").at(-1) ?? "";
  return [...cluster.dependenciesOf("subnetwork"), named];
}
