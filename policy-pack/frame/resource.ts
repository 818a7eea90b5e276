import { rawProp, type RawProps, rawProps, Value } from "./value";

/** What @pulumi/policy tells of a resource, or of a provider. */
export interface RawResource {
  readonly urn: string;
  readonly name: string;
  /** Pulumi type token, e.g. `gcp:compute/subnetwork:Subnetwork`. */
  readonly type: string;
  readonly props: object;
  /** The provider that the resource is registered with. */
  readonly provider?: RawResource;
  readonly opts?: { readonly protect: boolean };
  /** What the values of a property come from, by property. Only stack policies are told. */
  readonly propertyDependencies?: Readonly<Record<string, readonly { readonly urn: string }[]>>;
}

/** Where properties are read: all of a resource's, or one alone, which takes less time. */
export interface PropsReader {
  all(raw: RawResource): RawProps;
  one(raw: RawResource, key: string): unknown;
}

/** Reads what was told. */
export const asRegistered: PropsReader = {
  all: ({ props }) => rawProps(props),
  one: ({ props }, key) => rawProp(props, key),
};

/**
 * A resource as policies see it. Most policies look at a few of many resources, so nothing is read
 * before it is asked for.
 */
export class Resource {
  private readonly raw: RawResource;
  private readonly reader: PropsReader;
  private knownProps: Value | undefined;

  constructor(raw: RawResource, reader: PropsReader = asRegistered) {
    this.raw = raw;
    this.reader = reader;
  }

  get urn(): string {
    return this.raw.urn;
  }

  get name(): string {
    return this.raw.name;
  }

  /** Pulumi type token, e.g. `gcp:compute/subnetwork:Subnetwork`. */
  get type(): string {
    return this.raw.type;
  }

  get props(): Value {
    this.knownProps ??= new Value([], this.reader.all(this.raw));
    return this.knownProps;
  }

  /** One of its properties, without the others being read. */
  prop(key: string): Value {
    return this.knownProps?.at(key) ?? new Value([key], this.reader.one(this.raw, key));
  }

  /** Name of the stack; the URN is the only place where a policy is told it. */
  get stack(): string {
    return this.urn.split(":")[2] ?? "";
  }

  /** Whether Pulumi refuses to delete it. */
  get protect(): boolean {
    return this.raw.opts?.protect ?? false;
  }

  /** The provider that it is registered with. */
  get provider(): Resource | undefined {
    const { provider } = this.raw;
    return provider && new Resource(provider);
  }

  /** URNs that the values of `property` come from; known even where the values are not. */
  dependenciesOf(property: string): readonly string[] {
    return (this.raw.propertyDependencies?.[property] ?? []).map(({ urn }) => urn);
  }

  /** URNs that any of its properties comes from. */
  get dependencies(): readonly string[] {
    const sources = Object.values(this.raw.propertyDependencies ?? {}).flat();
    return [...new Set(sources.map(({ urn }) => urn))];
  }
}

/** Picks the resources that a policy judges. */
export interface Selector {
  /** What it picks, in words. */
  readonly label: string;
  matches(resource: Resource): boolean;
}

/** Picks the resources with exactly one of these type tokens. */
export function resourcesOfType(...tokens: readonly string[]): Selector {
  return {
    label: tokens.join(" or "),
    matches: (resource) => tokens.includes(resource.type),
  };
}

/** The order in which resources are judged; those of one name, which differ in type, by URN. */
export function byName(one: Resource, other: Resource): number {
  const key = one.name === other.name ? "urn" : "name";
  return one[key] < other[key] ? -1 : Number(one[key] > other[key]);
}
