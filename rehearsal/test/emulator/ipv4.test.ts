import {
  cidrOf,
  contains,
  firstFree,
  formatCidr,
  freeAddress,
  parseCidr,
} from "../../emulator/ipv4";

test("a CIDR gives its first address and its size, whatever its host bits", () => {
  expect(cidrOf("10.0.1.7/23")).toEqual({ first: 10 * 2 ** 24, size: 512, prefix: 23 });
});

test("a range of a subnet begins with the network's own address", () => {
  expect(parseCidr("10.0.0.0/23")).toEqual(cidrOf("10.0.0.0/23"));
  expect(parseCidr("10.0.1.7/23")).toBeUndefined();
});

test.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.256/24", "fd00::/8"])("%s is refused", (cidr) => {
  expect(parseCidr(cidr)).toBeUndefined();
  expect(() => cidrOf(cidr)).toThrow(`"${cidr}" is not a CIDR; one looks like 10.0.0.0/20`);
});

test("ranges within a range follow each other until it is full", () => {
  const within = cidrOf("10.4.0.0/23");
  const free = (...taken: string[]) => {
    const range = firstFree(within, 24, taken.map(cidrOf));
    return range && formatCidr(range);
  };
  expect(free()).toBe("10.4.0.0/24");
  expect(free("10.4.0.128/25")).toBe("10.4.1.0/24");
  expect(free("10.4.0.0/24", "10.4.1.0/24")).toBeUndefined();
});

test("a range that is larger than the one it is to be in is not free", () => {
  expect(firstFree(cidrOf("10.4.0.0/23"), 22, [])).toBeUndefined();
});

test.each([
  ["10.0.0.255", true],
  ["10.0.1.0", false],
  ["9.255.255.255", false],
])("10.0.0.0/24 contains %s: %s", (address, expected) => {
  expect(contains(cidrOf("10.0.0.0/24"), cidrOf(`${address}/32`))).toBe(expected);
});

const SMALL = cidrOf("10.0.0.0/29");

test("the first two and the last two addresses belong to Google Cloud", () => {
  expect(freeAddress(SMALL, new Set())).toBe("10.0.0.2");
  expect(freeAddress(SMALL, new Set(), "end")).toBe("10.0.0.5");
  const all = new Set(["10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"]);
  expect(freeAddress(SMALL, new Set(["10.0.0.2"]))).toBe("10.0.0.3");
  expect(freeAddress(SMALL, all)).toBeUndefined();
});
