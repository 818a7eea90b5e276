/** A range of IPv4 addresses. */
export interface IpRange {
  /** Its first and its last address, as numbers. */
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
  /** The range in CIDR notation, with no bit set behind the prefix, as Google Cloud requires. */
  readonly text: string;
}

const CIDR = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** The range that a text like `10.9.0.0/23` names; undefined if it names none. */
export function ipRangeOf(text: string): IpRange | undefined {
  const numbers = CIDR.exec(text)?.slice(1).map(Number);
  const [prefix = 33, ...bytes] = numbers === undefined ? [] : [numbers[4], ...numbers.slice(0, 4)];
  if (prefix > 32 || bytes.some((byte) => byte > 255)) {
    return undefined;
  }
  const size = 2 ** (32 - prefix);
  const address = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const first = address - (address % size);
  return { first, last: first + size - 1, prefix, text: `${dotted(first)}/${prefix}` };
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join(".");
}
