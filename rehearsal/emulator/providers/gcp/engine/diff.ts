import {
  DiffRequest,
  DiffResponse,
  isMap,
  Path,
  PropertyChange,
  PropertyMap,
  UNKNOWN,
  Value,
} from "../../plugin";
import { defaultsOf } from "./check";
import { ProviderConfig } from "./config";
import { plannedLabels } from "./labels";
import { ResourceType } from "./resource";
import {
  Block,
  Difference,
  inOrderOf,
  isBlock,
  isComputed,
  isInput,
  isScalar,
  isZero,
  Property,
  replaces,
  Scalar,
  Schema,
} from "./schema";
import { plain } from "./values";

/**
 * What an update would change: the program's inputs against the state. A property that the program
 * leaves out and that the cloud fills in never differs, whatever the state has.
 */
export function diff(
  type: ResourceType,
  request: DiffRequest,
  config: ProviderConfig,
): DiffResponse {
  const [inputs, state] = [plain(request.newInputs), plain(request.oldOutputs)];
  type.plan?.(inputs);
  const cleared = type.clearedByEmpty?.(inputs) ?? [];
  const changes = [
    ...objectChanges(type.properties, state, inputs, [], { state, inputs }, cleared),
    ...placeChanges(type.properties, state, inputs, config),
    ...labelChanges(type, state, inputs, config),
  ].filter(({ path }) => !isIgnored(path, request.ignoreChanges));
  for (const change of changes) {
    const [property = ""] = change.path;
    const condition = type.replaceWhen?.[String(property)];
    if (condition?.(state[property], inputs[property])) change.replace = true;
  }
  if (!changes.some(({ replace }) => replace)) return { changes };
  return { changes, deleteBeforeReplace: deletesFirst(type, request.newInputs) };
}

/** Two objects cannot have one name: the old one is deleted first if the program chose the name. */
function deletesFirst(
  { autoName, deleteBeforeReplace }: ResourceType,
  inputs: PropertyMap,
): boolean {
  if (deleteBeforeReplace) return true;
  return autoName !== undefined && !defaultsOf(inputs).includes(autoName.property);
}

/** The resource that a difference is in. */
type Whole = Pick<Difference, "state" | "inputs">;

function objectChanges(
  schema: Schema,
  before: PropertyMap,
  after: PropertyMap,
  path: Path,
  whole: Whole,
  cleared: string[] = [],
): PropertyChange[] {
  return Object.entries(schema).flatMap(([key, property]) => {
    if (!isInput(property)) return [];
    const clear = cleared.includes(key) && isZero(after[key]);
    const found = changes(property, before[key], after[key], [...path, key], whole, clear);
    if (found.length === 0 || !property.suppress) return found;
    return property.suppress({ before: before[key], after: after[key], ...whole }) ? [] : found;
  });
}

function changes(
  property: Property,
  before: Value | undefined,
  after: Value | undefined,
  path: Path,
  whole: Whole,
  clear: boolean,
): PropertyChange[] {
  const replace = replaces(property);
  if (after === UNKNOWN) return [{ path, kind: before === undefined ? "add" : "update", replace }];
  if (isZero(after)) {
    // Absent, or as good as absent.
    if (isZero(before) || (isComputed(property) && after === undefined && !clear)) return [];
    if (isScalar(property) && after !== undefined) return [{ path, kind: "update", replace }];
    if (isComputed(property) && !clear) return [];
    return [{ path, kind: "delete", replace }];
  }
  if (before === undefined || before === null) return [{ path, kind: "add", replace }];
  if (isScalar(property)) {
    return sameScalar(property, before, after) ? [] : [{ path, kind: "update", replace }];
  }
  if (isBlock(property)) return blockChanges(property, before, after, path, whole);
  const same = property.kind === "set" ? sameMembers(before, after) : sameValue(before, after);
  return same ? [] : [{ path, kind: "update", replace }];
}

function blockChanges(
  property: Block,
  before: Value,
  after: Value | undefined,
  path: Path,
  whole: Whole,
): PropertyChange[] {
  const { kind, properties, key } = property;
  if (kind === "block") {
    if (!isMap(before) || !isMap(after)) return [];
    return objectChanges(properties, before, after, path, whole);
  }
  const [unordered, now] = [before, after].map((value) => (Array.isArray(value) ? value : []));
  if (!unordered || !now) return [];
  const old = inOrderOf(now, unordered, key);
  const same = (a: Value | undefined, b: Value | undefined) =>
    isMap(a) && isMap(b) && objectChanges(properties, a, b, path, whole).length === 0;
  if (kind === "blockSet") {
    const equal =
      old.length === now.length && now.every((item) => old.some((other) => same(other, item)));
    return equal ? [] : [{ path, kind: "update", replace: replaces(property) }];
  }
  if (old.length !== now.length) return [{ path, kind: "update", replace: replaces(property) }];
  return now.flatMap((item, index) => {
    const other = old[index];
    return isMap(other) && isMap(item)
      ? objectChanges(properties, other, item, [...path, index], whole)
      : [];
  });
}

function sameScalar({ same }: Scalar, before: Value, after: Value | undefined): boolean {
  if (before === after || String(before) === String(after)) return true;
  return (
    typeof before === "string" && typeof after === "string" && (same?.(before, after) ?? false)
  );
}

function sameValue(before: Value | undefined, after: Value | undefined): boolean {
  if (isMap(before) && isMap(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].every((key) => sameValue(before[key], after[key]));
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    return before.length === after.length && before.every((item, i) => sameValue(item, after[i]));
  }
  return (
    before === after ||
    (before !== UNKNOWN && after !== UNKNOWN && String(before) === String(after))
  );
}

function sameMembers(before: Value, after: Value | undefined): boolean {
  if (!Array.isArray(before) || !Array.isArray(after)) return false;
  return before.length === after.length && after.every((item) => before.includes(item));
}

/**
 * A resource stays where it is; other provider settings put it elsewhere, which is another
 * resource.
 */
function placeChanges(
  schema: Schema,
  state: PropertyMap,
  inputs: PropertyMap,
  { project }: ProviderConfig,
): PropertyChange[] {
  if (!schema.project || inputs.project !== undefined || project === undefined) return [];
  if (state.project === undefined || state.project === project) return [];
  return [{ path: ["project"], kind: "update", replace: true }];
}

function labelChanges(
  type: ResourceType,
  state: PropertyMap,
  inputs: PropertyMap,
  config: ProviderConfig,
): PropertyChange[] {
  const before = state.pulumiLabels;
  if (type.labels === undefined || !isMap(before)) return [];
  const planned = plannedLabels(type.labels, inputs, config, before);
  return sameValue(before, planned) ? [] : [{ path: ["pulumiLabels"], kind: "update" }];
}

/** `secondaryIpRanges[*].ipVersion` and what is below. */
function isIgnored(path: Path, ignoreChanges: string[]): boolean {
  return ignoreChanges.some((ignored) =>
    ignored
      .split(/[.[\]]+/)
      .filter((step) => step !== "")
      .every((step, index) => index < path.length && ["*", String(path[index])].includes(step)),
  );
}
