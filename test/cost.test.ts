import * as fc from "fast-check";

import { gpuMachines } from "../catalog/gpuMachines";
import { regions } from "../catalog/regions";
import { type CostInput, estimateCost } from "../cost";

const TRAFFIC =
  "Not counted: disks, logs, DNS, and what grows with the traffic: more proxies, data through gateway, NAT and regions.";

/** Two clusters of one GPU pool, as in Google's how-to. */
function stack(pool: Partial<CostInput["gpuPools"][string]> = {}, fields = {}): CostInput {
  const three = { machineType: "a3-highgpu-2g", provisioning: "spot" as const };
  return {
    clusters: {
      "gke-west": { region: "europe-west3", gpus: true },
      "gke-east": { region: "us-east4", gpus: true },
    },
    regions: ["europe-west3", "us-east4"],
    gpuPools: { gpu: { ...three, minNodes: 3, maxNodes: 3, ...pool } },
    ...fields,
  };
}

function componentOf(input: CostInput, name: string) {
  return estimateCost(input).components.find((component) => component.name === name);
}

describe("estimateCost", () => {
  test("the how-to's own size, 3 + 3 spot nodes of two H100 each: 59.35 $ an hour for the GPUs", () => {
    expect(estimateCost(stack())).toEqual({
      pricedOn: "2026-07-30",
      hourlyUsd: 61.67,
      monthlyUsd: 45018.95,
      mostHourlyUsd: 63.62,
      mostMonthlyUsd: 46442.02,
      components: [
        { name: "control planes", what: "2", hourlyUsd: 0.2, mostHourlyUsd: 0.2 },
        {
          name: "system pool of gke-west",
          what: "3 to 6 x e2-standard-8, europe-west3",
          hourlyUsd: 1.04,
          mostHourlyUsd: 2.07,
        },
        {
          name: "GPU pool gpu of gke-west",
          what: "3 x a3-highgpu-2g spot, europe-west3",
          hourlyUsd: 32.11,
          mostHourlyUsd: 32.11,
        },
        {
          name: "system pool of gke-east",
          what: "3 to 6 x e2-standard-8, us-east4",
          hourlyUsd: 0.91,
          mostHourlyUsd: 1.81,
        },
        {
          name: "GPU pool gpu of gke-east",
          what: "3 x a3-highgpu-2g spot, us-east4",
          hourlyUsd: 27.24,
          mostHourlyUsd: 27.24,
        },
        { name: "NAT of europe-west3", what: "6 to 9 nodes", hourlyUsd: 0.01, mostHourlyUsd: 0.02 },
        { name: "NAT of us-east4", what: "6 to 9 nodes", hourlyUsd: 0.01, mostHourlyUsd: 0.02 },
        { name: "gateway", what: "6 proxies", hourlyUsd: 0.15, mostHourlyUsd: 0.15 },
      ],
      unknown: [],
      notes: [TRAFFIC],
    });
    const gpus = estimateCost(stack()).components.filter(({ name }) => name.startsWith("GPU"));
    expect(gpus.reduce((sum, { hourlyUsd = 0 }) => sum + hourlyUsd, 0)).toBeCloseTo(59.35, 10);
  });

  test("what always runs and the most that can run are told apart", () => {
    expect(
      componentOf(
        stack({ machineType: "g2-standard-8", minNodes: 1, maxNodes: 4 }),
        "GPU pool gpu of gke-east",
      ),
    ).toEqual({
      name: "GPU pool gpu of gke-east",
      what: "1 to 4 x g2-standard-8 spot, us-east4",
      hourlyUsd: 0.38,
      mostHourlyUsd: 1.5,
    });
  });

  test("nodes that are not spot are paid for at the on-demand price", () => {
    const pool = { machineType: "g2-standard-8", provisioning: "on-demand" } as const;
    expect(componentOf(stack(pool), "GPU pool gpu of gke-east")).toEqual({
      name: "GPU pool gpu of gke-east",
      what: "3 x g2-standard-8, us-east4",
      hourlyUsd: 2.55,
      mostHourlyUsd: 2.55,
    });
    expect(estimateCost(stack(pool)).notes).toEqual([TRAFFIC]);
  });

  test("flex-start and reservations: the on-demand price stands in, and the estimate says so", () => {
    const flexStart = stack({ provisioning: "flex-start" });
    expect(componentOf(flexStart, "GPU pool gpu of gke-east")).toEqual({
      name: "GPU pool gpu of gke-east",
      what: "3 x a3-highgpu-2g flex-start, us-east4",
      hourlyUsd: 66.42,
      mostHourlyUsd: 66.42,
    });
    expect(estimateCost(flexStart).notes).toEqual([
      "Flex-start has lower prices of its own, not known here: on-demand prices stand in for them.",
      "On-demand prices of a3-highgpu-2g are notional: Google does not sell these on demand.",
      TRAFFIC,
    ]);
    const reserved = stack({ machineType: "a3-highgpu-8g", provisioning: "reservation" });
    expect(componentOf(reserved, "GPU pool gpu of gke-east")).toMatchObject({
      what: "3 x a3-highgpu-8g reservation, us-east4",
      hourlyUsd: 265.67,
    });
    expect(estimateCost(reserved).notes).toEqual([
      "A reservation is paid for at the on-demand price, also while no node uses it.",
      TRAFFIC,
    ]);
  });

  test("a machine without a price is named, has no figure and is in no sum", () => {
    const known = estimateCost(stack({ minNodes: 1, maxNodes: 1 }));
    const cheap = stack({ minNodes: 1, maxNodes: 1 });
    const estimate = estimateCost({
      ...cheap,
      gpuPools: {
        ...cheap.gpuPools,
        "fallback-1": {
          machineType: "a3-highgpu-4g",
          provisioning: "spot",
          minNodes: 0,
          maxNodes: 2,
        },
      },
    });
    expect(estimate.unknown).toEqual([
      "GPU pool fallback-1 of gke-west: a3-highgpu-4g spot in europe-west3",
      "GPU pool fallback-1 of gke-east: a3-highgpu-4g spot in us-east4",
    ]);
    expect(
      estimate.components.find(({ name }) => name === "GPU pool fallback-1 of gke-west"),
    ).toEqual({
      name: "GPU pool fallback-1 of gke-west",
      what: "0 to 2 x a3-highgpu-4g spot, europe-west3",
      hourlyUsd: 0,
    });
    expect(estimate.hourlyUsd).toBe(known.hourlyUsd);
  });

  test("a system pool in a region without a price is not counted as nothing either", () => {
    const clusters = { far: { region: "africa-south1", gpus: false } } as const;
    const estimate = estimateCost(stack({}, { clusters, regions: [] }));
    expect(estimate.unknown).toEqual(["system pool of far: e2-standard-8 in africa-south1"]);
    expect(estimate.components).toEqual([
      { name: "control planes", what: "1", hourlyUsd: 0.1, mostHourlyUsd: 0.1 },
      { name: "system pool of far", what: "3 to 6 x e2-standard-8, africa-south1" },
      { name: "NAT of africa-south1", what: "3 to 6 nodes", hourlyUsd: 0.01, mostHourlyUsd: 0.01 },
      { name: "gateway", what: "0 proxies", hourlyUsd: 0, mostHourlyUsd: 0 },
    ]);
  });

  test("a config cluster without GPUs has a control plane and a system pool, and shares its region's NAT", () => {
    const clusters = {
      hub: { region: "us-east4", zones: ["us-east4-a"], gpus: false },
      east: { region: "us-east4", zones: ["us-east4-a", "us-east4-b"], gpus: true },
    } as const;
    const { components } = estimateCost(stack({}, { clusters, regions: ["us-east4"] }));
    expect(components.map(({ name, what }) => `${name}: ${what}`)).toEqual([
      "control planes: 2",
      "system pool of hub: 1 to 2 x e2-standard-8, us-east4",
      "system pool of east: 2 to 4 x e2-standard-8, us-east4",
      "GPU pool gpu of east: 3 x a3-highgpu-2g spot, us-east4",
      "NAT of us-east4: 6 to 9 nodes",
      "gateway: 3 proxies",
    ]);
  });

  test("a NAT costs the same for 33 nodes as for 900", () => {
    const nat = (maxNodes: number) =>
      componentOf(stack({ minNodes: 0, maxNodes }), "NAT of us-east4")?.mostHourlyUsd;
    expect([nat(27), nat(900)]).toEqual([0.05, 0.05]);
  });

  test("more nodes never cost less, and the most is never below what always runs", () => {
    const pool = fc.record({
      machineType: fc.constantFrom(...Object.keys(gpuMachines)),
      provisioning: fc.constantFrom("on-demand", "spot", "flex-start", "reservation"),
      minNodes: fc.integer({ min: 0, max: 20 }),
    });
    const place = fc.record({ region: fc.constantFrom(...regions), gpus: fc.boolean() });
    fc.assert(
      fc.property(pool, fc.dictionary(fc.string(), place), fc.nat(20), (shape, clusters, extra) => {
        const cost = (minNodes: number) =>
          estimateCost({
            clusters,
            regions: [],
            gpuPools: { gpu: { ...shape, minNodes, maxNodes: shape.minNodes + extra } },
          });
        const [less, more] = [cost(0), cost(shape.minNodes)];
        expect(less.hourlyUsd).toBeLessThanOrEqual(more.hourlyUsd);
        expect(more.hourlyUsd).toBeLessThanOrEqual(more.mostHourlyUsd);
        const without = more.components.filter((c) => c.mostHourlyUsd === undefined);
        expect(more.unknown).toHaveLength(without.length);
      }),
    );
  });
});
