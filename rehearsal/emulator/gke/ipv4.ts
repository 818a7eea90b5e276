/** IPv4 ranges as numbers. */
export interface Range {
  first: number;
  size: number;
}

/** @throws Error where it is not a CIDR such as `10.0.0.0/20` */
export function parseCidr(cidr: string): Range {
  const match = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr);
  const numbers = match?.slice(1).map(Number) ?? [];
  const prefix = numbers.pop() ?? 33;
  if (prefix > 32 || numbers.some((n) => n > 255)) {
    throw new Error(`"${cidr}" is not a CIDR; one looks like 10.0.0.0/20`);
  }
  const size = 2 ** (32 - prefix);
  const address = numbers.reduce((sum, n) => sum * 256 + n, 0);
  return { first: address - (address % size), size };
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** The `index`-th range of a prefix length within a range; undefined where it is full. */
export function subrange(within: Range, prefix: number, index: number): string | undefined {
  const size = 2 ** (32 - prefix);
  if ((index + 1) * size > within.size) return undefined;
  return `${formatAddress(within.first + index * size)}/${prefix}`;
}

export function contains(cidr: string, address: string): boolean {
  const range = parseCidr(cidr);
  const { first } = parseCidr(`${address}/32`);
  return first >= range.first && first < range.first + range.size;
}

/**
 * The first address of a range, counted from its start or from its end, that is not in use.
 * Google Cloud keeps the first two and the last two addresses of a subnet for itself.
 */
export function freeAddress(
  cidr: string,
  used: ReadonlySet<string>,
  from: "start" | "end" = "start",
): string | undefined {
  const { first, size } = parseCidr(cidr);
  for (let i = 2; i < size - 2; i++) {
    const address = formatAddress(from === "start" ? first + i : first + size - 1 - i);
    if (!used.has(address)) return address;
  }
  return undefined;
}
