type Json = Record<string, unknown>;

/**
 * The JSON merge patch with which `kubectl apply` changes an object: what the file says, and null for what the file
 * said the last time and no longer says. A list is replaced as a whole.
 */
export function applyPatch(last: Json, wanted: Json): Json {
  const gone = Object.keys(last).filter((key) => !(key in wanted));
  const changed = Object.entries(wanted).map(([key, value]) => {
    const before = last[key];
    return [key, isMap(before) && isMap(value) ? applyPatch(before, value) : value] as const;
  });
  return Object.fromEntries([...gone.map((key) => [key, null] as const), ...changed]);
}

function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
