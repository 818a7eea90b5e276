import { isMap, PropertyMap, Value } from "../../plugin";

/**
 * What a type's properties may be, as the real provider declares them. Flags, one letter each:
 * R required, O optional, C filled in by the cloud when unset (with neither R nor O: output only),
 * F a change replaces the resource, S secret, L never sent to the cloud: the provider's own.
 */
export type Flags = string;

interface Common {
  flags: Flags;
  /** Name in the real provider's messages. Default: the property's name in snake case. */
  upstream?: string;
  /** Whether the real provider takes a difference for none: its DiffSuppressFunc. */
  suppress?(difference: Difference): boolean;
}

/** A property that is not as the program says, among the rest of its resource. */
export interface Difference {
  before: Value | undefined;
  after: Value | undefined;
  state: PropertyMap;
  inputs: PropertyMap;
}

export interface Scalar extends Common {
  kind: "string" | "boolean" | "number";
  /** Filled in by Check. Falsy defaults are left out: absent means the same. */
  default?: string | number | boolean;
  allowed?: readonly string[];
  /** @returns what is wrong, with the attribute's name where the real provider has it */
  check?(value: Value, attribute: string): string | undefined;
  /** Whether two spellings mean the same. */
  same?(a: string, b: string): boolean;
}

/** A list or set of plain values. */
export interface Scalars extends Common {
  kind: "list" | "set";
}

/** Free keys. `opaque`: what is inside is neither checked nor known in parts. */
export interface Free extends Common {
  kind: "map" | "opaque";
}

/** A nested object, or a list or set of them. */
export interface Block extends Common {
  kind: "block" | "blocks" | "blockSet";
  properties: Schema;
  /** Property by which the members of `blocks` are told apart, whatever their order. */
  key?: string;
}

export type Property = Scalar | Scalars | Free | Block;
export type Schema = Record<string, Property>;

type ScalarOptions = Omit<Scalar, "kind" | "flags">;
type BlockOptions = Pick<Block, "suppress" | "key">;

export const str = (flags: Flags, options: ScalarOptions = {}): Scalar => ({
  kind: "string",
  flags,
  ...options,
});
export const bool = (flags: Flags, options: ScalarOptions = {}): Scalar => ({
  kind: "boolean",
  flags,
  ...options,
});
export const num = (flags: Flags, options: ScalarOptions = {}): Scalar => ({
  kind: "number",
  flags,
  ...options,
});
export const list = (flags: Flags): Scalars => ({ kind: "list", flags });
export const set = (flags: Flags): Scalars => ({ kind: "set", flags });
export const map = (flags: Flags, options: Pick<Free, "suppress"> = {}): Free => ({
  kind: "map",
  flags,
  ...options,
});
export const opaque = (flags: Flags): Free => ({ kind: "opaque", flags });
export const block = (flags: Flags, properties: Schema, options: BlockOptions = {}): Block => ({
  kind: "block",
  flags,
  properties,
  ...options,
});
export const blocks = (
  flags: Flags,
  properties: Schema,
  upstream?: string,
  options: BlockOptions = {},
): Block => ({
  kind: "blocks",
  flags,
  properties,
  upstream,
  ...options,
});
export const blockSet = (flags: Flags, properties: Schema, upstream?: string): Block => ({
  kind: "blockSet",
  flags,
  properties,
  upstream,
});

/**
 * A list in the order of another, where its members are told apart by a key: what both have first.
 */
export function inOrderOf(other: Value[], list: Value[], key: string | undefined): Value[] {
  if (key === undefined) return list;
  const known = other.flatMap((item) => list.find((own) => sameKey(own, item, key)) ?? []);
  return [...known, ...list.filter((item) => !known.includes(item))];
}

export function sameKey(a: Value, b: Value, key: string): boolean {
  return isMap(a) && isMap(b) && a[key] === b[key];
}

/** `{ enabled: true }`, required: the shape of many switches. */
export const switchBlock = (flags: Flags): Block => block(flags, { enabled: bool("R") });

export const isRequired = ({ flags }: Property) => flags.includes("R");
export const isInput = ({ flags }: Property) => flags.includes("R") || flags.includes("O");
export const isComputed = ({ flags }: Property) => flags.includes("C");
export const replaces = ({ flags }: Property) => flags.includes("F");
export const isSecret = ({ flags }: Property) => flags.includes("S");
export const isLocal = ({ flags }: Property) => flags.includes("L");
export const isBlock = (property: Property): property is Block => "properties" in property;
export const isScalar = (property: Property): property is Scalar =>
  property.kind === "string" || property.kind === "boolean" || property.kind === "number";

/** Whether a property, or one nested in it, is secret. */
export function holdsSecret(property: Property): boolean {
  if (isSecret(property)) return true;
  return isBlock(property) && Object.values(property.properties).some(holdsSecret);
}

/** `ipAllocationPolicy` -> `ip_allocation_policy`, as the real provider's messages name it. */
export function upstreamName(name: string, property: Property): string {
  return property.upstream ?? name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/**
 * Whether a value is as good as absent: the real provider cannot tell `false`, `0`, `""` and empty
 * lists and objects from nothing.
 */
export function isZero(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false || value === 0 || value === "") {
    return true;
  }
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
}
