import fc from "fast-check";

import { BLOCKS_PER_REGION, clusterRanges, proxyRange } from "../../catalog/addressPlan";
import { regions } from "../../catalog/regions";

/** First and last address of a range, as numbers. */
function bounds(cidr: string): [number, number] {
  const [address = "", length = ""] = cidr.split("/");
  const first = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return [first, first + 2 ** (32 - Number(length)) - 1];
}

function overlap(a: string, b: string): boolean {
  const [[firstA, lastA], [firstB, lastB]] = [bounds(a), bounds(b)];
  return firstA <= lastB && firstB <= lastA;
}

const place = fc.record({
  region: fc.constantFrom(...regions),
  block: fc.nat(BLOCKS_PER_REGION - 1),
});

describe("address plan", () => {
  test("no two ranges of a VPC overlap, wherever its clusters are", () => {
    const places = fc.uniqueArray(place, {
      selector: ({ region, block }) => `${region}/${block}`,
      maxLength: 40,
    });
    fc.assert(
      fc.property(places, (chosen) => {
        const proxies = [...new Set(chosen.map(({ region }) => region))].map(proxyRange);
        const ranges = [
          ...chosen.flatMap(({ region, block }) => Object.values(clusterRanges(region, block))),
          ...proxies,
        ];
        const clashes = ranges.flatMap((a, i) =>
          ranges
            .slice(0, i)
            .filter((b) => overlap(a, b))
            .map((b) => [a, b]),
        );
        expect(clashes).toEqual([]);
      }),
    );
  });

  test("every range starts where its length allows and lies in 10.0.0.0/8", () => {
    fc.assert(
      fc.property(place, ({ region, block }) => {
        for (const cidr of [...Object.values(clusterRanges(region, block)), proxyRange(region)]) {
          const [first, last] = bounds(cidr);
          expect(first % (last - first + 1)).toBe(0);
          expect(cidr).toMatch(/^10\./);
        }
      }),
    );
  });

  test("the ranges of running stacks do not move", () => {
    expect(clusterRanges("europe-west3", 0)).toEqual({
      pods: "10.80.0.0/17",
      services: "10.80.128.0/20",
      nodes: "10.80.144.0/20",
    });
    expect(clusterRanges("us-west4", 3).nodes).toBe("10.167.144.0/20");
    expect(proxyRange("us-east4")).toBe("10.140.192.0/23");
  });
});
