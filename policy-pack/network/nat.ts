import { type Resource, resourcesOfType, type Value } from "../frame";

import type { Vpc, Vpcs } from "./vpc";

const routers = resourcesOfType("gcp:compute/router:Router");

/** Regions and VPCs of the Cloud NATs of a stack. A NAT is in the VPC of its router. */
export class Nats {
  private readonly routerOfUrn: ReadonlyMap<string, Resource>;
  private readonly routerOfName: ReadonlyMap<string, Resource>;
  private readonly covered = new Set<string>();
  /** NATs whose region is not known yet, by their VPC. */
  private readonly open = new Map<string, Resource[]>();

  constructor(resources: readonly Resource[], vpcs: Vpcs, nats: readonly Resource[]) {
    const known = resources.filter((each) => routers.matches(each));
    this.routerOfUrn = new Map(known.map((router) => [router.urn, router]));
    const named = known.map((router) => [router.props.at("name").text ?? "", router] as const);
    this.routerOfName = new Map(named.filter(([name]) => name !== ""));
    // A private NAT leads into other networks only.
    for (const nat of nats.filter(({ props }) => props.at("type").text !== "PRIVATE")) {
      this.note(nat, vpcs);
    }
  }

  /** Whether a NAT is in this region of the VPC; true if only its VPC is not known. */
  covers(vpc: Vpc, region: string): boolean {
    return [vpc.key, undefined].some((key) => this.covered.has(spot(key, region)));
  }

  /** NATs that may be in any region of the VPC. */
  openIn(vpc: Vpc): readonly Resource[] {
    return [vpc.key, undefined].flatMap((key) => this.open.get(spot(key, "")) ?? []);
  }

  private note(nat: Resource, vpcs: Vpcs): void {
    const router = this.routerOf(nat);
    const key = router && vpcs.of(router).key;
    const region = regionOf(nat, router);
    if (region?.text !== undefined) {
      this.covered.add(spot(key, region.text.split("/").at(-1) ?? ""));
    } else if (region?.unknown === true) {
      const open = this.open.get(spot(key, "")) ?? [];
      open.push(nat);
      this.open.set(spot(key, ""), open);
    }
  }

  private routerOf(nat: Resource): Resource | undefined {
    const source = nat.dependenciesOf("router").find((urn) => this.routerOfUrn.has(urn));
    const name = nat.props.at("router").text?.split("/").at(-1);
    return this.routerOfUrn.get(source ?? "") ?? this.routerOfName.get(name ?? "");
  }
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
