/** Steps of a path of the engine: `spec.a[0]["x.y/z"]` is spec, a, 0, x.y/z. */
export function stepsOf(path: string): (string | number)[] {
  return [...path.matchAll(/\["((?:[^"\\]|\\.)*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, plain]) =>
      index === undefined ? (quoted?.replace(/\\(.)/g, "$1") ?? plain ?? "") : Number(index),
  );
}

/** Whether properties have a value at a path. */
export function isSet(properties: unknown, path: string): boolean {
  let here = properties;
  for (const step of stepsOf(path)) {
    if (typeof here !== "object" || here === null || !Object.hasOwn(here, step)) return false;
    here = (here as Record<string | number, unknown>)[step];
  }
  return here !== undefined && here !== null;
}
