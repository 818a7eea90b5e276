/** Lists whose items an API server merges by a key. It replaces any other list as a whole. */
const MERGED_BY: Readonly<Record<string, readonly string[]>> = {
  containers: ["name"],
  initContainers: ["name"],
  volumes: ["name"],
  env: ["name"],
  volumeMounts: ["mountPath"],
  ports: ["containerPort", "port"],
  listeners: ["name"],
};

/**
 * An object with the fields of a patch set, as server-side apply does it. A field that the patch
 * leaves out stays.
 */
export function merged(object: unknown, patch: unknown, field = ""): unknown {
  if (patch === undefined || patch === null) {
    return object;
  }
  if (Array.isArray(object) && Array.isArray(patch)) {
    return Object.hasOwn(MERGED_BY, field) ? mergedItems(object, patch, field) : patch;
  }
  if (!isObject(object) || !isObject(patch)) {
    return patch;
  }
  const fields = Object.entries(patch).map(([name, value]) => {
    return [name, merged(object[name], value, name)] as const;
  });
  return { ...object, ...Object.fromEntries(fields) };
}

type Keys = readonly (string | number)[];

/**
 * Where a patch sets the field at these keys of the merged object; undefined if it does not. Items of
 * a list may stand elsewhere in the patch.
 */
export function placeIn(patch: unknown, whole: unknown, keys: Keys): Keys | undefined {
  const [key, ...rest] = keys;
  if (patch === undefined || patch === null || key === undefined) {
    return patch === undefined || patch === null ? undefined : [];
  }
  const inside = childOf(whole, key);
  const own = typeof key === "number" ? indexOf(patch, inside, key) : key;
  const below = placeIn(childOf(patch, own), inside, rest);
  return below && [own, ...below];
}

function childOf(value: unknown, key: string | number): unknown {
  const isParent = typeof value === "object" && value !== null && Object.hasOwn(value, key);
  return isParent ? (value as Record<string | number, unknown>)[key] : undefined;
}

/** The index in a patch of an item of the merged list. */
function indexOf(list: unknown, item: unknown, index: number): number {
  const name = isObject(item) ? item.name : undefined;
  const items = Array.isArray(list) ? list : [];
  return name === undefined
    ? index
    : items.findIndex((each) => isObject(each) && each.name === name);
}

function mergedItems(object: readonly unknown[], patch: readonly unknown[], field: string) {
  const keyOf = (item: unknown) => {
    const keys = MERGED_BY[field] ?? [];
    return isObject(item) ? keys.map((key) => item[key]).find((key) => key !== undefined) : item;
  };
  const changed = object.map((item) => {
    return merged(
      item,
      patch.find((each) => keyOf(each) === keyOf(item)),
    );
  });
  const present = new Set(object.map(keyOf));
  return [...changed, ...patch.filter((item) => !present.has(keyOf(item)))];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
