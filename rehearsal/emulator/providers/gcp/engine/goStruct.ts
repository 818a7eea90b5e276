import { isZero } from "./schema";

/**
 * As Google's generated clients send a structure: without what is empty, 0 or false, but with structures that are empty.
 * @param kept fields that are always sent
 */
export function goStruct(value: unknown, kept: string[] = []): unknown {
  if (Array.isArray(value)) return value.map((item) => goStruct(item, kept));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value as Record<string, unknown>).filter(
    ([key, item]) => kept.includes(key) || !isLeftOut(item),
  );
  return Object.fromEntries(entries.map(([key, item]) => [key, goStruct(item, kept)]));
}

function isLeftOut(value: unknown): boolean {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return false;
  return value === undefined || isZero(value as Parameters<typeof isZero>[0]);
}

/** Numbers of 64 bits are text in JSON. */
export function int64(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value as number);
}
