/**
 * Whether a property differs: itself, something inside, or the whole that it is a part of.
 * @param paths where the differences are @param path `nodeConfig.labels`; `nodeConfig.` for anything inside
 */
export function differs(paths: string[], path: string): boolean {
  const inner = path.replace(/\.?$/, ".");
  return paths.some((found) => `${found}.`.startsWith(inner) || inner.startsWith(`${found}.`));
}
