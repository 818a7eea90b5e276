import { type RawProps, Value } from "./value";

/** What is known of a resource beside its properties. */
export interface ResourceIdentity {
  readonly urn: string;
  readonly name: string;
  /** Pulumi type token, e.g. `gcp:compute/subnetwork:Subnetwork`. */
  readonly type: string;
}

/** Links from a resource to others. Only stack policies are told them. */
export interface ResourceLinks {
  /** Properties of the provider that the resource is registered with. */
  readonly provider?: RawProps;
  /** URNs that the values of a property come from, by property. */
  readonly dependencies?: Readonly<Record<string, readonly string[]>>;
}

/** A resource as policies see it. */
export class Resource implements ResourceIdentity {
  readonly urn: string;
  readonly name: string;
  readonly type: string;
  readonly props: Value;
  private readonly links: ResourceLinks;

  constructor(identity: ResourceIdentity, props: RawProps, links: ResourceLinks = {}) {
    this.urn = identity.urn;
    this.name = identity.name;
    this.type = identity.type;
    this.props = new Value("", props);
    this.links = links;
  }

  /** Name of the stack; the URN is the only place where a policy is told it. */
  get stack(): string {
    return this.urn.split(":")[2] ?? "";
  }

  /** Properties of the resource's provider. */
  get provider(): Value {
    return new Value("", this.links.provider ?? {});
  }

  /** URNs that the values of `property` come from; known even where the values are not. */
  dependenciesOf(property: string): readonly string[] {
    return this.links.dependencies?.[property] ?? [];
  }
}

/** Picks the resources that a policy judges. */
export interface Selector {
  /** What it picks, in words. */
  readonly label: string;
  matches(resource: Resource): boolean;
}

/** Picks the resources with exactly this type token. */
export function resourcesOfType(token: string): Selector {
  return { label: token, matches: (resource) => resource.type === token };
}
