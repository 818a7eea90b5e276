import { createHash, randomBytes } from "node:crypto";

import { CheckRequest, Failure, isMap, PropertyMap, Secret, UNKNOWN, Value } from "../../plugin";
import { ResourceType } from "./resource";
import { isBlock, isInput, isRequired, isScalar, Property, Schema, upstreamName } from "./schema";

/** The key under which Check lists the properties of an object that it has filled in itself. */
export const DEFAULTS = "__defaults";

/** Where a value stands: as the program and as the real provider's messages spell it. */
interface Place {
  program: string;
  upstream: string;
}

/** Inputs with defaults, and what the real provider would refuse before any call. */
export function check(
  type: ResourceType,
  request: CheckRequest,
): { inputs: PropertyMap; failures: Failure[] } {
  const found = new Failures(request.name);
  const given = present(request.newInputs);
  checkObject(type.properties, given, { program: "", upstream: "" }, found);
  checkConstraints(type, given, found);
  const inputs = withDefaults(type.properties, given, blockedDefaults(type, given));
  if (type.autoName) addName(type, type.autoName, inputs, request);
  return { inputs, failures: found.list };
}

class Failures {
  readonly list: Failure[] = [];

  constructor(private readonly resource: string) {}

  /** @param summary and, after a full stop, detail: as the real provider's diagnostics */
  add(summary: string, path: string): void {
    const reason = `${summary}. Examine values at '${this.resource}.${path}'.`;
    this.list.push({ property: "", reason });
  }
}

function checkObject(schema: Schema, given: PropertyMap, at: Place, found: Failures): void {
  for (const key of Object.keys(given)) {
    const property = schema[key];
    if (key === DEFAULTS || (property && isInput(property))) continue;
    found.add("Invalid or unknown key", join(at.program, key));
  }
  for (const [key, property] of Object.entries(schema)) {
    const here = {
      program: join(at.program, key),
      upstream: join(at.upstream, upstreamName(key, property)),
    };
    const value = reveal(given[key]);
    if (value !== undefined) checkValue(property, value, here, found);
    else if (isRequired(property)) {
      const attribute = upstreamName(key, property);
      found.add(
        `Missing required argument. The argument "${attribute}" is required, but no definition ` +
          "was found.",
        here.program,
      );
    }
  }
}

function checkValue(property: Property, value: Value, at: Place, found: Failures): void {
  if (value === UNKNOWN) return;
  if (isScalar(property)) {
    const { allowed } = property;
    if (allowed && !allowed.includes(String(value))) {
      const choices = allowed.map((choice) => `"${choice}"`).join(" ");
      found.add(
        `expected ${at.upstream} to be one of [${choices}], got ${String(value)}`,
        at.program,
      );
    }
    const wrong = property.check?.(value, at.upstream);
    if (wrong !== undefined) found.add(wrong, at.program);
  }
  if (!isBlock(property)) return;
  const items = property.kind === "block" ? [value] : Array.isArray(value) ? value : [];
  items.map(reveal).forEach((item, index) => {
    if (!isMap(item)) return;
    const program = property.kind === "block" ? at.program : `${at.program}[${index}]`;
    checkObject(
      property.properties,
      present(item),
      { program, upstream: `${at.upstream}.${index}` },
      found,
    );
  });
}

function checkConstraints(type: ResourceType, given: PropertyMap, found: Failures): void {
  for (const constraint of type.constraints ?? []) {
    if ("conflict" in constraint) {
      const { conflict, with: others } = constraint;
      if (valueAt(given, conflict) === undefined) continue;
      const other = others.find((path) => valueAt(given, path) !== undefined);
      if (other === undefined) continue;
      const names = [conflict, other].map((path) => upstreamPath(type.properties, path));
      const detail = `"${names[0]}": conflicts with ${names[1]}`;
      found.add(`Conflicting configuration arguments. ${detail}`, conflict);
    } else {
      const all = constraint.exactlyOneOf;
      const names = all.map((path) => upstreamPath(type.properties, path)).join(",");
      const set = all.filter((path) => valueAt(given, path) !== undefined);
      if (set.length === 1) continue;
      const what =
        set.length === 0
          ? `one of \`${names}\` must be specified`
          : `only one of \`${names}\` can be specified, but \`${names}\` were specified.`;
      for (const path of all) {
        const attribute = upstreamPath(type.properties, path);
        found.add(`Invalid combination of arguments. "${attribute}": ${what}`, path);
      }
    }
  }
}

/** Top-level properties whose default does not apply, because one that excludes them is set. */
function blockedDefaults({ constraints }: ResourceType, given: PropertyMap): Set<string> {
  const rivals = (constraints ?? []).flatMap((constraint) => {
    if ("exactlyOneOf" in constraint) return [constraint.exactlyOneOf];
    return [[constraint.conflict, ...constraint.with]];
  });
  const blocked = rivals.filter((paths) =>
    paths.some((path) => valueAt(given, path) !== undefined),
  );
  return new Set(blocked.flat().filter((path) => valueAt(given, path) === undefined));
}

function withDefaults(
  schema: Schema,
  given: PropertyMap,
  blocked = new Set<string>(),
): PropertyMap {
  const inputs: PropertyMap = {};
  const filled: string[] = [];
  for (const [key, property] of Object.entries(schema)) {
    const value = given[key];
    if (value !== undefined) inputs[key] = nestedDefaults(property, value);
    else if (isScalar(property) && property.default && !blocked.has(key)) {
      inputs[key] = property.default;
      filled.push(key);
    }
  }
  // What is unknown to the schema has been refused, but is not lost.
  for (const [key, value] of Object.entries(given)) inputs[key] ??= value;
  return { ...inputs, [DEFAULTS]: filled.sort() };
}

function nestedDefaults(property: Property, value: Value): Value {
  if (value instanceof Secret) return new Secret(nestedDefaults(property, value.value));
  if (!isBlock(property)) return value;
  if (Array.isArray(value)) return value.map((item) => nestedDefaults(property, item));
  return isMap(value) ? withDefaults(property.properties, present(value)) : value;
}

function addName(
  { token }: ResourceType,
  { property, maxLength, lowercase }: NonNullable<ResourceType["autoName"]>,
  inputs: PropertyMap,
  { name, oldInputs, randomSeed }: CheckRequest,
): void {
  if (inputs[property] !== undefined) return;
  const kept = defaultsOf(oldInputs).includes(property) ? oldInputs[property] : undefined;
  const digits = hexDigits(randomSeed);
  const made = `${lowercase ? name.toLowerCase() : name}-${digits}`;
  if (kept === undefined && made.length > maxLength) {
    throw new Error(
      `${token}: failed to generate a unique name for property "${property}": ` +
        `"${made}" is longer than ${maxLength} characters; set it, or shorten the resource's name`,
    );
  }
  inputs[property] = kept ?? made;
  inputs[DEFAULTS] = [...defaultsOf(inputs), property].sort();
}

/** The same for the same seed: the engine may check a resource again. */
function hexDigits(seed: Uint8Array): string {
  const bytes = seed.length > 0 ? createHash("sha256").update(seed).digest() : randomBytes(4);
  return bytes.toString("hex").slice(0, 7);
}

export function defaultsOf(inputs: PropertyMap): string[] {
  const names = inputs[DEFAULTS];
  return Array.isArray(names) ? names.filter((n): n is string => typeof n === "string") : [];
}

function present(object: PropertyMap): PropertyMap {
  return Object.fromEntries(
    Object.entries(object).filter(([key, value]) => value !== null && key !== DEFAULTS),
  );
}

function reveal(value: Value | undefined): Value | undefined {
  return value instanceof Secret ? value.value : value;
}

function valueAt(object: PropertyMap, path: string): Value | undefined {
  let value: Value | undefined = object;
  for (const key of path.split(".")) {
    const inside = reveal(value);
    value = isMap(inside) ? inside[key] : undefined;
  }
  return reveal(value) ?? undefined;
}

/** `ipAllocationPolicy.stackType` -> `ip_allocation_policy.0.stack_type` */
function upstreamPath(schema: Schema, path: string): string {
  const [first = "", ...rest] = path.split(".");
  const property = schema[first];
  if (!property) throw new Error(`${path} is not in the schema`);
  const name = upstreamName(first, property);
  if (rest.length === 0 || !isBlock(property)) return name;
  return `${name}.0.${upstreamPath(property.properties, rest.join("."))}`;
}

function join(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
