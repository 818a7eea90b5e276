/** A field's name, or an item's index. */
export type Key = string | number;

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;
const STEP = /\.?([A-Za-z_$][\w$]*)|\[(\d+|"(?:[^"\\]|\\.)*")\]/y;

/** As the policies' messages write it: `spec.rules[0].name`, `metadata.annotations["a.b/c"]`. */
export function pathOf(keys: readonly Key[]): string {
  return keys.reduce<string>((path, key) => {
    if (typeof key === "number" || !IDENTIFIER.test(key)) return `${path}[${JSON.stringify(key)}]`;
    return path === "" ? key : `${path}.${key}`;
  }, "");
}

/** The keys of what `pathOf` wrote. @throws Error if it has another format */
export function keysOf(path: string): Key[] {
  const keys: Key[] = [];
  const step = new RegExp(STEP);
  while (step.lastIndex < path.length) {
    const at = step.lastIndex;
    const [, field, bracketed] = step.exec(path) ?? [];
    if (field === undefined && bracketed === undefined) {
      throw new Error(`${path}: not a path from character ${at} on`);
    }
    keys.push(field ?? (JSON.parse(bracketed ?? "") as Key));
  }
  return keys;
}
