/** An IPv4 range: its first address and the number of its addresses. */
export interface Cidr {
  first: number;
  size: number;
  prefix: number;
}

/** @returns undefined if the text is not an IPv4 range, or does not begin with the first address of the network */
export function parseCidr(text: string): Cidr | undefined {
  const read = readCidr(text);
  return read?.address === read?.range.first ? read?.range : undefined;
}

/** The range that an address with a prefix length is in. @throws Error where the text is not such as `10.0.0.0/20` */
export function cidrOf(text: string): Cidr {
  const read = readCidr(text);
  if (!read) throw new Error(`"${text}" is not a CIDR; one looks like 10.0.0.0/20`);
  return read.range;
}

function readCidr(text: string): { address: number; range: Cidr } | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  const numbers = match?.slice(1).map(Number) ?? [];
  const prefix = numbers.pop() ?? 33;
  if (prefix > 32 || numbers.some((octet) => octet > 255)) return undefined;
  const size = 2 ** (32 - prefix);
  const address = numbers.reduce((sum, octet) => sum * 256 + octet, 0);
  return { address, range: { first: address - (address % size), size, prefix } };
}

export function overlaps(a: Cidr, b: Cidr): boolean {
  return a.first < b.first + b.size && b.first < a.first + a.size;
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.first + inner.size <= outer.first + outer.size;
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

export function formatCidr({ first, prefix }: Cidr): string {
  return `${formatAddress(first)}/${prefix}`;
}

/** The first range of a size within `pool` that overlaps none of `taken`. */
export function firstFree(pool: Cidr, prefix: number, taken: Cidr[]): Cidr | undefined {
  const size = 2 ** (32 - prefix);
  for (let first = pool.first; first + size <= pool.first + pool.size; first += size) {
    const candidate = { first, size, prefix };
    if (!taken.some((range) => overlaps(range, candidate))) return candidate;
  }
  return undefined;
}

/**
 * The first address of a range, counted from its start or from its end, that is not in use.
 * Google Cloud keeps the first two and the last two addresses of a subnet for itself.
 */
export function freeAddress(
  { first, size }: Cidr,
  used: ReadonlySet<string>,
  from: "start" | "end" = "start",
): string | undefined {
  for (let i = 2; i < size - 2; i++) {
    const address = formatAddress(from === "start" ? first + i : first + size - 1 - i);
    if (!used.has(address)) return address;
  }
  return undefined;
}
