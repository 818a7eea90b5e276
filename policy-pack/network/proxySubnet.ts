import { groupBy, type Resource, type Value } from "../frame";

const REGIONAL_PURPOSES = ["REGIONAL_MANAGED_PROXY", "INTERNAL_HTTPS_LOAD_BALANCER"];

/** A subnet that Google Cloud's proxies take their addresses from. */
export class ProxySubnet {
  readonly resource: Resource;

  constructor(subnet: Resource) {
    this.resource = subnet;
  }

  get purpose(): Value {
    return this.resource.props.at("purpose");
  }

  get role(): Value {
    return this.resource.props.at("role");
  }

  /** The subnet's own region, otherwise its provider's. */
  get region(): Value {
    const own = this.resource.props.at("region");
    return own.absent ? (this.resource.provider?.props.at("region") ?? own) : own;
  }

  get range(): Value {
    return this.resource.props.at("ipCidrRange");
  }

  /** Serves the cross-regional load balancers of its region. */
  get isGlobal(): boolean {
    return this.purpose.text === "GLOBAL_MANAGED_PROXY" && this.role.text === "ACTIVE";
  }

  /** Serves regional load balancers; a VPC takes proxies of one kind only in a region. */
  get isRegional(): boolean {
    return REGIONAL_PURPOSES.includes(this.purpose.text ?? "");
  }

  /** The first property that hides what this subnet is for, if one does. */
  get hidden(): Value | undefined {
    const hidden = [this.purpose, this.role, this.region].find((value) => value.unknown);
    return this.isRegional && hidden === this.role ? undefined : hidden;
  }

  /**
   * Key of its VPC, the same for all subnets of the VPC. Before the VPC exists, its id is not
   * known, but the resource that it comes from is.
   */
  get network(): string {
    const { text } = this.resource.props.at("network");
    return text?.split("/").at(-1) ?? this.resource.dependenciesOf("network").join();
  }

  /** Name of its region, which may be given as a URL; undefined if it is not known. */
  get regionName(): string | undefined {
    return this.region.text?.split("/").at(-1);
  }
}

/** Subnets that may be for proxies, sorted once: a stack may have thousands. */
export class SubnetsByRegion {
  /** Those whose region is not known yet. */
  readonly anywhere: readonly ProxySubnet[];
  private readonly byRegion: ReadonlyMap<string, readonly ProxySubnet[]>;

  constructor(resources: readonly Resource[]) {
    const subnets = resources.map((resource) => new ProxySubnet(resource));
    this.anywhere = subnets.filter(({ region }) => region.unknown);
    this.byRegion = groupBy(subnets, ({ regionName = "" }) => regionName);
  }

  in(region: string): readonly ProxySubnet[] {
    return this.byRegion.get(region) ?? [];
  }
}
