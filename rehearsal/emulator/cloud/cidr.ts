/** An IPv4 range: its first address and the number of its addresses. */
export interface Cidr {
  first: number;
  size: number;
  prefix: number;
}

/** @returns undefined where the text is not an IPv4 range, or its first address is not the network's */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 0, b = 0, c = 0, d = 0, prefix = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || prefix > 32) return undefined;
  const first = ((a * 256 + b) * 256 + c) * 256 + d;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, size, prefix } : undefined;
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
  for (let first = pool.first; first < pool.first + pool.size; first += size) {
    const candidate = { first, size, prefix };
    if (!taken.some((range) => overlaps(range, candidate))) return candidate;
  }
  return undefined;
}
