import { subnetworks } from "../fleet/cloudTypes";
import { append, type Resource, resourcesOfType, slipOf, type Value } from "../frame";

import type { Vpc, Vpcs } from "./vpc";

const routers = resourcesOfType("gcp:compute/router:Router");

/** Regions and VPCs of the Cloud NATs of a stack. A NAT is in the VPC of its router. */
export class Nats {
  private readonly subnetOfUrn: ReadonlyMap<string, Resource>;
  private readonly routerOfUrn: ReadonlyMap<string, Resource>;
  private readonly routerOfName: ReadonlyMap<string, Resource>;
  private readonly covering = new Map<string, Resource[]>();
  /** NATs whose region is not known yet, by their VPC. */
  private readonly open = new Map<string, Resource[]>();

  constructor(resources: readonly Resource[], vpcs: Vpcs, nats: readonly Resource[]) {
    const subnets = resources.filter((each) => subnetworks.matches(each));
    this.subnetOfUrn = new Map(subnets.map((subnet) => [subnet.urn, subnet]));
    const known = resources.filter((each) => routers.matches(each));
    this.routerOfUrn = new Map(known.map((router) => [router.urn, router]));
    const named = known.map((router) => [router.props.at("name").text ?? "", router] as const);
    this.routerOfName = new Map(named.filter(([name]) => name !== ""));
    // A private NAT leads into other networks only.
    for (const nat of nats.filter(({ props }) => props.at("type").text !== "PRIVATE")) {
      this.note(nat, vpcs);
    }
  }

  /** NATs in this region of the VPC, and those there whose VPC is not known. */
  in(vpc: Vpc, region: string): readonly Resource[] {
    return [vpc.key, undefined].flatMap((key) => this.covering.get(spot(key, region)) ?? []);
  }

  /** NATs that may be in any region of the VPC. */
  openIn(vpc: Vpc): readonly Resource[] {
    return [vpc.key, undefined].flatMap((key) => this.open.get(spot(key, "")) ?? []);
  }

  /** Whether a NAT is for the nodes of a cluster, or the value that hides it. */
  serves(nat: Resource, cluster: Resource): boolean | Value {
    const [urn] = cluster.dependenciesOf("subnetwork");
    return servesNodes(nat, cluster, this.subnetOfUrn.get(urn ?? ""));
  }

  private note(nat: Resource, vpcs: Vpcs): void {
    const router = this.routerOf(nat);
    const key = router && vpcs.of(router).key;
    const region = regionOf(nat, router);
    if (region?.text !== undefined) {
      append(this.covering, spot(key, region.text.split("/").at(-1) ?? ""), nat);
    } else if (region?.unknown === true) {
      append(this.open, spot(key, ""), nat);
    }
  }

  private routerOf(nat: Resource): Resource | undefined {
    const source = nat.dependenciesOf("router").find((urn) => this.routerOfUrn.has(urn));
    const name = nat.props.at("router").text?.split("/").at(-1);
    const meant = name === undefined ? undefined : slipOf(name, [...this.routerOfName.keys()]);
    return (
      this.routerOfUrn.get(source ?? "") ??
      this.routerOfName.get(name ?? "") ??
      this.routerOfName.get(meant ?? "")
    );
  }
}

/** Ranges of a subnet that nodes have their addresses from. */
const WITH_NODES = ["ALL_IP_RANGES", "PRIMARY_IP_RANGE"];

/**
 * Whether a NAT is for the nodes in the subnet of a cluster, or the value that hides it.
 *
 * @param subnet the resource of that subnet, if this stack makes it
 */
function servesNodes(
  nat: Resource,
  cluster: Resource,
  subnet: Resource | undefined,
): boolean | Value {
  const { props } = nat;
  const which = props.at("sourceSubnetworkIpRangesToNat");
  const listed = props.at("subnetworks");
  if (which.unknown || listed.unknown) {
    return which.unknown ? which : listed;
  }
  if (which.text !== "LIST_OF_SUBNETWORKS") {
    return true;
  }
  const given = cluster.props.at("subnetwork");
  const own = given.unknown && subnet !== undefined ? subnet.props.at("name") : given;
  const entries = listed.items ?? [];
  const sources = nat.dependenciesOf("subnetworks");
  const named = entries.filter((entry) => isSame(entry.at("name"), own, sources, subnet?.urn));
  const ranges = named.map((entry) => entry.at("sourceIpRangesToNats"));
  return ranges.some((range) => {
    const texts = (range.items ?? []).map(({ text }) => text);
    return range.unknown || texts.some((text) => text === undefined || WITH_NODES.includes(text));
  });
}

/** Whether two names are, or may be, of one subnet. */
function isSame(
  name: Value,
  own: Value,
  sources: readonly string[],
  urn: string | undefined,
): boolean {
  if (urn !== undefined && sources.includes(urn)) {
    return name.unknown || own.unknown || lastSegment(name) === lastSegment(own);
  }
  const isOther = urn !== undefined && sources.length > 0;
  return name.unknown || own.unknown || own.absent
    ? !isOther
    : lastSegment(name) === lastSegment(own);
}

function lastSegment({ text }: Value): string | undefined {
  return text?.split("/").at(-1);
}

/** A NAT's own region, otherwise its router's, otherwise its provider's. */
function regionOf(nat: Resource, router: Resource | undefined): Value | undefined {
  const places = [nat.props, router?.props, nat.provider?.props].map((props) =>
    props?.at("region"),
  );
  return places.find((region) => region !== undefined && !region.absent);
}

function spot(key: string | undefined, region: string): string {
  return `${key ?? ""} ${region}`;
}
