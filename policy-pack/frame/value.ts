/**
 * What the engine sends in place of an unknown value, one for each type that the value may have.
 * @pulumi/policy keeps them internal; a test compares this list with its own.
 */
const UNKNOWN = new Set<unknown>([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** Stands for a field that a patch leaves out: the object may have it, whoever sets it. */
const LEFT_OUT = "(left out of the patch)";

/** Fields by which a patch names its object; what it does not say of them is not set elsewhere. */
const NAMING = [
  "apiVersion",
  "kind",
  "metadata.name",
  "metadata.namespace",
  "metadata.generateName",
];

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** A resource's properties as plain data; values that are not known yet are still in it. */
export type RawProps = Readonly<Record<string, unknown>>;

/**
 * The data behind one of a resource's `props`. @pulumi/policy wraps them in a proxy whose `get` throws
 * on a value that is not known yet, and then drops everything else the policy would have found in
 * that resource. A property descriptor is not a `get`, and what it holds is not wrapped.
 */
export function rawProp(props: object, key: string): unknown {
  return Object.getOwnPropertyDescriptor(props, key)?.value;
}

/** The data behind all of a resource's `props`. */
export function rawProps(props: object): RawProps {
  const raw: Record<string, unknown> = {};
  for (const key of Object.keys(props)) {
    raw[key] = rawProp(props, key);
  }
  return raw;
}

/**
 * One place in a resource's properties: whatever is there, and its path for the message. Never
 * throws: everything below a value that is not an object is absent, and everything below an unknown
 * value is unknown.
 */
export class Value {
  /** Keys that lead here from the resource's properties; a list's are its indices. */
  readonly keys: readonly (string | number)[];
  /** The data itself, or the engine's stand-in if `unknown`. */
  readonly raw: unknown;
  /** It is in a patch, which holds only the fields to change. */
  private readonly partial: boolean;

  constructor(keys: readonly (string | number)[], raw: unknown, partial = false) {
    this.keys = keys;
    this.raw = raw;
    this.partial = partial;
  }

  /** Where it is, as the program's author would write it: `spec.default.customMetrics[0].name`. */
  get path(): string {
    return this.keys.reduce<string>((path, key) => {
      if (typeof key === "number" || !IDENTIFIER.test(key)) {
        return `${path}[${JSON.stringify(key)}]`;
      }
      return path === "" ? key : `${path}.${key}`;
    }, "");
  }

  /** The value at these keys below this one. */
  at(...keys: string[]): Value {
    return keys.reduce<Value>((value, key) => value.child(key), this);
  }

  /**
   * True in a preview for whatever depends on a resource that does not exist yet, and for the fields
   * that a patch leaves out.
   */
  get unknown(): boolean {
    return UNKNOWN.has(this.raw) || this.leftOut;
  }

  /** A patch leaves it out, so the patch is not judged by it. */
  get leftOut(): boolean {
    return this.raw === LEFT_OUT;
  }

  /** True if nothing is there; `null` is nothing, as it is for the API server. */
  get absent(): boolean {
    return this.raw === undefined || this.raw === null;
  }

  /** True if something is set there, known or not. */
  get given(): boolean {
    return !this.absent && !this.leftOut;
  }

  /** True if a value is there and known, whatever it is. */
  get present(): boolean {
    return !this.absent && !this.unknown;
  }

  /** The text, if it is one and known. */
  get text(): string | undefined {
    return typeof this.raw === "string" && !this.unknown ? this.raw : undefined;
  }

  /** The number, if it is one and known. */
  get number(): number | undefined {
    return typeof this.raw === "number" ? this.raw : undefined;
  }

  /** The entries, if it is an object and known. */
  get fields(): readonly (readonly [name: string, value: Value])[] | undefined {
    const raw = this.raw;
    return isObject(raw)
      ? Object.keys(raw).map((name) => [name, this.child(name)] as const)
      : undefined;
  }

  /** The items, if it is a list and known. */
  get items(): readonly Value[] | undefined {
    return Array.isArray(this.raw)
      ? this.raw.map((item: unknown, index) => new Value([...this.keys, index], item, this.partial))
      : undefined;
  }

  /** The value as a program would write it, cut if it is long. */
  toString(): string {
    const shown = (_: string, below: unknown) => (UNKNOWN.has(below) ? "(not known yet)" : below);
    const text = this.unknown
      ? "(not known yet)"
      : (JSON.stringify(this.raw, shown) ?? "(not set)");
    return text.length <= 60 ? text : `${text.slice(0, 57)}...`;
  }

  private child(key: string): Value {
    const keys = [...this.keys, key];
    if (this.unknown) {
      return new Value(keys, this.raw, this.partial);
    }
    const raw = this.raw;
    const below = isObject(raw) && Object.hasOwn(raw, key) ? raw[key] : null;
    const isLeftOut = this.partial && (below ?? null) === null && !NAMING.includes(keys.join("."));
    return new Value(keys, isLeftOut ? LEFT_OUT : below, this.partial);
  }
}

function isObject(raw: unknown): raw is Readonly<Record<string, unknown>> {
  return typeof raw === "object" && raw !== null && !Array.isArray(raw);
}
