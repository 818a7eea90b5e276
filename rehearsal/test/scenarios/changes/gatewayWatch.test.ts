import {
  GatewayWatch,
  outages,
  pausedRegions,
  readyByRegion,
  type Sample,
} from "../../../scenarios/changes/gatewayWatch";
import type { LoadBalancer } from "../../../emulator/gke/gke";

function balancer(
  ready: Record<string, number>,
  changed: Partial<LoadBalancer> = {},
): LoadBalancer {
  const exportedBy = Object.entries(ready).map(([region, readyPods]) => ({
    ...{ cluster: region, capacityPercent: 100, preferred: false },
    region,
    readyPods,
  }));
  return {
    ...{ gateway: "n/g", cluster: "c", programmed: true, addresses: { a: "10.0.0.1" } },
    backends: [{ pool: "n/p", exportedBy, metrics: [] }],
    ...changed,
  };
}

test("two clusters of a region count together; a gateway that is not programmed counts for nothing", () => {
  const two = balancer({ a: 1, b: 0 });
  const [backend] = two.backends;
  const [first] = backend?.exportedBy ?? [];
  if (first) backend?.exportedBy.push({ ...first, readyPods: 2 });
  expect(readyByRegion([two])).toEqual({ a: 3, b: 0 });
  expect(readyByRegion([balancer({ a: 1 }, { programmed: false })])).toEqual({});
});

test("an outage is a moment in which no region serves, be it that there is no gateway", () => {
  expect(
    outages([
      { a: 1, b: 0 },
      { a: 0, b: 1 },
    ]),
  ).toBe(0);
  expect(outages([{ a: 1, b: 0 }, { a: 0, b: 0 }, {}])).toBe(2);
});

test("a region pauses when it serves before and after, and not in between", () => {
  const comesAndGoes: Sample[] = [
    { a: 1, b: 1, gone: 1 },
    { a: 0, b: 2 },
    { a: 1, b: 1, new: 1 },
  ];
  expect(pausedRegions(comesAndGoes)).toEqual(["a"]);
  expect(pausedRegions([{ a: 1 }, {}, { a: 1 }])).toEqual(["a"]);
  // Drained from then on.
  expect(pausedRegions([{ a: 1 }, { a: 0 }])).toEqual([]);
});

test("it looks until it is stopped, and once more", async () => {
  const seen = [{ a: 2 }, { a: 2 }, { a: 0 }, { a: 1 }];
  let looks = 0;
  const watch = new GatewayWatch(() => {
    const ready = seen[Math.min(looks++, seen.length - 1)] ?? {};
    return Promise.resolve([balancer(ready, { addresses: { a: looks < 3 ? "old" : "new" } })]);
  });
  while (looks < 3) await new Promise((resolve) => setTimeout(resolve, 10));
  const { samples, addresses } = await watch.stop();
  expect(samples).toEqual(seen);
  expect(addresses).toEqual({ before: { a: "old" }, after: { a: "new" } });
});

test("a cloud that does not answer is told when it stops", async () => {
  const watch = new GatewayWatch(() => Promise.reject(new Error("no answer")));
  await new Promise((resolve) => setTimeout(resolve, 0));
  await expect(watch.stop()).rejects.toThrow(new Error("no answer"));
});
