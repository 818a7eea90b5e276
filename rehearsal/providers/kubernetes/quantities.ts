import { Path, Value } from "../plugin";

/** Maps whose values are quantities, and single fields that are one. */
const QUANTITY_MAPS = new Set(["limits", "requests", "capacity", "allocatable", "hard", "default"]);
const QUANTITIES = new Set(["averageValue", "divisor", "sizeLimit", "storage", "value"]);

const SUFFIXES: Record<string, [base: bigint, exponent: number]> = {
  n: [10n, -9],
  u: [10n, -6],
  m: [10n, -3],
  "": [10n, 0],
  k: [10n, 3],
  M: [10n, 6],
  G: [10n, 9],
  T: [10n, 12],
  P: [10n, 15],
  E: [10n, 18],
  Ki: [2n, 10],
  Mi: [2n, 20],
  Gi: [2n, 30],
  Ti: [2n, 40],
  Pi: [2n, 50],
  Ei: [2n, 60],
};

const QUANTITY = /^([+-]?)(\d+)(?:\.(\d{1,9}))?([numkMGTPE]|[KMGTPE]i)?$/;

/**
 * Whether two values at a path of a built-in kind are one amount in two spellings, such as cpu `0.5` and `500m`:
 * the server stores its own.
 */
export function sameQuantity(path: Path, a: Value | undefined, b: Value | undefined): boolean {
  const [field, map] = [path.at(-1), path.at(-2)];
  if (!QUANTITIES.has(String(field)) && !QUANTITY_MAPS.has(String(map))) return false;
  const [left, right] = [nanos(a), nanos(b)];
  return left !== undefined && left === right;
}

/** Billionths, the server's own limit of precision; undefined for what is no quantity. */
function nanos(value: Value | undefined): bigint | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const match = QUANTITY.exec(String(value));
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", suffix = ""] = match;
  const [base, exponent] = SUFFIXES[suffix] ?? [10n, 0];
  const unscaled = BigInt(whole + fraction.padEnd(9, "0"));
  const scaled =
    exponent < 0 ? unscaled / base ** BigInt(-exponent) : unscaled * base ** BigInt(exponent);
  return sign === "-" ? -scaled : scaled;
}
