import { contains, freeAddress, parseCidr, subrange } from "../../../emulator/gke/ipv4";

test("a CIDR gives its first address and its size, whatever its host bits", () => {
  expect(parseCidr("10.0.1.7/23")).toEqual({ first: 10 * 2 ** 24, size: 512 });
});

test.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.256/24", "fd00::/8"])("%s is refused", (cidr) => {
  expect(() => parseCidr(cidr)).toThrow(`"${cidr}" is not a CIDR; one looks like 10.0.0.0/20`);
});

test("ranges within a range follow each other until it is full", () => {
  const within = parseCidr("10.4.0.0/23");
  expect([0, 1, 2].map((i) => subrange(within, 24, i))).toEqual([
    "10.4.0.0/24",
    "10.4.1.0/24",
    undefined,
  ]);
});

test.each([
  ["10.0.0.255", true],
  ["10.0.1.0", false],
  ["9.255.255.255", false],
])("10.0.0.0/24 contains %s: %s", (address, expected) => {
  expect(contains("10.0.0.0/24", address)).toBe(expected);
});

test("the first two and the last two addresses belong to Google Cloud", () => {
  expect(freeAddress("10.0.0.0/29", new Set())).toBe("10.0.0.2");
  expect(freeAddress("10.0.0.0/29", new Set(), "end")).toBe("10.0.0.5");
  const all = new Set(["10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5"]);
  expect(freeAddress("10.0.0.0/29", new Set(["10.0.0.2"]))).toBe("10.0.0.3");
  expect(freeAddress("10.0.0.0/29", all)).toBeUndefined();
});
