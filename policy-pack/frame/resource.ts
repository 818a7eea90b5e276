import { rawProp, type RawProps, rawProps, Value } from "./value";

/** What @pulumi/policy passes on about a resource or a provider. */
export interface RawResource {
  readonly urn: string;
  readonly name: string;
  /** Pulumi type token, e.g. `gcp:compute/subnetwork:Subnetwork`. */
  readonly type: string;
  readonly props: object;
  /** The provider that the resource is registered with. */
  readonly provider?: RawResource;
  readonly opts?: { readonly protect: boolean };
  /** What the values of each property come from. Only stack policies get it. */
  readonly propertyDependencies?: Readonly<Record<string, readonly { readonly urn: string }[]>>;
  /** The patch that sets a value; undefined for the values of the object itself. */
  setterOf?(value: Value): Setter | undefined;
}

/** A resource, and the place in its own properties where it sets a value. */
export interface Setter {
  readonly urn: string;
  readonly at: Value;
}

/**
 * Whether it is a `<Kind>Patch` of @pulumi/kubernetes, or of classes generated from CRDs.
 */
export function isPatch({ type }: Pick<RawResource, "type">): boolean {
  return type.endsWith("Patch") && !/^(?:gcp|pulumi):/.test(type);
}

/** How properties are read: all at once, or one alone, which takes less time. */
export interface PropsReader {
  all(raw: RawResource): RawProps;
  one(raw: RawResource, key: string): unknown;
}

/** Reads properties as the engine passed them. */
export const asRegistered: PropsReader = {
  all: ({ props }) => rawProps(props),
  one: ({ props }, key) => rawProp(props, key),
};

/**
 * A resource as policies see it. Most policies look at few resources, so properties are read only
 * on demand.
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

  /** Whether it is a patch of a Kubernetes object, with only the fields to change. */
  get isPatch(): boolean {
    return isPatch(this.raw);
  }

  get props(): Value {
    this.knownProps ??= new Value([], this.reader.all(this.raw), this.isPatch);
    return this.knownProps;
  }

  /** One property, without reading the others. */
  prop(key: string): Value {
    const known = this.isPatch ? this.props : this.knownProps;
    return known?.at(key) ?? new Value([key], this.reader.one(this.raw, key));
  }

  /** Name of the stack; a policy finds it only in the URN. */
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

  /** What sets a value of it: itself, or a patch of it. */
  setterOf(value: Value): Setter {
    return this.raw.setterOf?.(value) ?? { urn: this.urn, at: value };
  }

  /** URNs that the values of `property` come from; known even if the values are not. */
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

/** Orders resources by name, and those of one name, which differ in type, by URN. */
export function byName(one: Resource, other: Resource): number {
  const key = one.name === other.name ? "urn" : "name";
  return one[key] < other[key] ? -1 : Number(one[key] > other[key]);
}
