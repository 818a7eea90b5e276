import * as fc from "fast-check";

import { distanceKm } from "../../../emulator/loadBalancer/distances";
import { Clients, Reservoir, takes, waterfall } from "../../../emulator/loadBalancer/waterfall";
import { EAST, WEST } from "./support/forwarding";

const NORTH = "europe-north1";

function reservoir(region: string, over: Partial<Reservoir> = {}): Reservoir {
  return {
    region,
    preferred: false,
    drained: false,
    healthyEndpoints: 1,
    endpoints: 1,
    budget: Infinity,
    capacity: Infinity,
    ...over,
  };
}

const full = (budget: number, capacity = Math.max(budget, 1)) => ({ budget, capacity });

/** Shares of the clients of one region, as whole percents. */
function shares(members: Reservoir[], demand = 100, region = WEST): number[] {
  const [row = []] = waterfall([{ region, demand }], members, distanceKm);
  return row.map((share) => Math.round(share * 100));
}

test("the nearest gets everything while nothing limits it", () => {
  const all = [reservoir(EAST), reservoir(NORTH), reservoir(WEST)];
  expect(shares(all)).toEqual([0, 0, 100]);
  expect(shares(all, 100, EAST)).toEqual([100, 0, 0]);
});

test("what the nearest has no room for goes to the next nearest, and from there to the next", () => {
  const all = [reservoir(EAST), reservoir(NORTH, full(30)), reservoir(WEST, full(50))];
  expect(shares(all)).toEqual([20, 30, 50]);
});

test("clients that are silent have shares too", () => {
  expect(shares([reservoir(WEST, full(50)), reservoir(EAST)], 0)).toEqual([100, 0]);
});

test("preferred members are filled before nearer ones, the nearest of them first", () => {
  const all = [
    reservoir(WEST),
    reservoir(EAST, { preferred: true, ...full(30) }),
    reservoir(NORTH, { preferred: true, ...full(50) }),
  ];
  expect(shares(all, 60)).toEqual([0, 17, 83]);
  expect(shares(all)).toEqual([20, 30, 50]);
});

test("a drained region and one without a healthy endpoint get nothing", () => {
  expect(shares([reservoir(WEST, { drained: true }), reservoir(EAST)])).toEqual([0, 100]);
  expect(shares([reservoir(WEST, { healthyEndpoints: 0 }), reservoir(EAST)])).toEqual([0, 100]);
});

test("where no member takes any, there are no shares", () => {
  const all = [reservoir(WEST, { drained: true }), reservoir(EAST, { healthyEndpoints: 0 })];
  expect(shares(all)).toEqual([0, 0]);
  expect(shares([])).toEqual([]);
});

test("below 70 % healthy endpoints, requests leave in proportion", () => {
  const of = (healthyEndpoints: number) =>
    shares([reservoir(WEST, { healthyEndpoints, endpoints: 10 }), reservoir(EAST)]);
  expect([of(10), of(7), of(6), of(1)]).toEqual([
    [100, 0],
    [100, 0],
    [86, 14],
    [14, 86],
  ]);
});

test("when all are full, what overflows makes them equally full", () => {
  const all = [reservoir(WEST, full(30)), reservoir(EAST, full(10))];
  // 60 requests overflow: 45 and 15.
  expect(shares(all)).toEqual([75, 25]);
});

test("one that is too full gets nothing of what overflows until the others are as full", () => {
  const over = (budget: number) =>
    shares([reservoir(WEST, full(budget, 50)), reservoir(EAST, full(0, 50))], 40);
  expect([over(0), over(-20), over(-40), over(-60)]).toEqual([
    [50, 50],
    [25, 75],
    [0, 100],
    [0, 100],
  ]);
});

test("regions that meet at a member share its room in proportion to what they send", () => {
  const members = [reservoir(WEST, { drained: true }), reservoir(EAST, full(30)), reservoir(NORTH)];
  const clients = [
    { region: EAST, demand: 40 },
    { region: "us-east1", demand: 20 },
  ];
  expect(waterfall(clients, members, distanceKm)).toEqual([
    [0, 0.5, 0.5],
    [0, 0.5, 0.5],
  ]);
});

test("those at home are served before those who spill over", () => {
  const members = [reservoir(WEST, full(10)), reservoir(EAST, full(50))];
  const clients = [
    { region: WEST, demand: 40 },
    { region: EAST, demand: 50 },
  ];
  const [west, east] = waterfall(clients, members, distanceKm);
  expect(east?.[1]).toBeGreaterThan(0.99);
  expect(west?.[0]).toBeGreaterThan(0.25);
});

describe("whatever the members are", () => {
  const amount = fc.oneof(fc.constant(Infinity), fc.double({ min: 0, max: 1000, noNaN: true }));
  const member = fc
    .record({
      region: fc.constantFrom(WEST, EAST, NORTH, "asia-east1", "nowhere-else1"),
      preferred: fc.boolean(),
      drained: fc.boolean(),
      healthyEndpoints: fc.integer({ min: 0, max: 4 }),
      ending: fc.integer({ min: 0, max: 3 }),
      room: amount,
      debt: fc.double({ min: 0, max: 100, noNaN: true }),
      capacity: fc.double({ min: 0, max: 1000, noNaN: true }),
    })
    .map(({ room, debt, capacity, healthyEndpoints, ending, ...rest }): Reservoir => {
      const limited =
        room === Infinity ? { budget: room, capacity: room } : { budget: room - debt, capacity };
      return { ...rest, ...limited, healthyEndpoints, endpoints: healthyEndpoints + ending };
    });
  const client = fc.record({
    region: fc.constantFrom(WEST, EAST, "asia-south1"),
    demand: fc.double({ min: 0, max: 1000, noNaN: true }),
  });
  const given = (check: (clients: Clients[], members: Reservoir[]) => void) =>
    fc.assert(
      fc.property(fc.array(client, { maxLength: 4 }), fc.array(member, { maxLength: 6 }), check),
      {
        numRuns: 500,
      },
    );
  const total = (row: number[]) => row.reduce((sum, share) => sum + share, 0);

  test("shares are parts of 1, and none goes to a member that takes none", () => {
    given((clients, members) => {
      const rows = waterfall(clients, members, distanceKm);
      expect(rows).toHaveLength(clients.length);
      const shares = rows.flat();
      // Said of what is right: no comparison holds for NaN.
      const isShare = (share: number) => share >= 0 && share <= 1 + 1e-9;
      expect(shares.filter((share) => !isShare(share))).toEqual([]);
      const isWrong = (share: number, m: number) => share > 0 && !takes(members[m] as Reservoir);
      expect(rows.flatMap((row) => row.filter(isWrong))).toEqual([]);
      const sum = members.some(takes) ? 1 : 0;
      const isWhole = (each: number) => Math.abs(each - sum) < 0.005;
      expect(rows.map(total).filter((each) => !isWhole(each))).toEqual([]);
    });
  });

  test("a room so small that rounding overdraws it gets no negative share", () => {
    const full = { preferred: true, drained: false, healthyEndpoints: 1, capacity: 0 };
    const members: Reservoir[] = [
      {
        ...full,
        region: WEST,
        preferred: false,
        endpoints: 1,
        budget: Infinity,
        capacity: Infinity,
      },
      { ...full, region: WEST, endpoints: 2, budget: 1.4041122415886322e-114 },
      { ...full, region: EAST, endpoints: 1, budget: 0 },
    ];
    const clients = [
      { region: EAST, demand: 0 },
      { region: WEST, demand: 224.90737144283563 },
    ];
    const shares = waterfall(clients, members, distanceKm).flat();
    expect(shares.filter((share) => share < 0)).toEqual([]);
  });

  test("no member gets more than its room while another has some left", () => {
    given((clients, members) => {
      const rows = waterfall(clients, members, distanceKm);
      const healthy = members.every((each) => each.healthyEndpoints === each.endpoints);
      const got = members.map((_, m) =>
        total(rows.map((row, c) => (row[m] ?? 0) * (clients[c]?.demand ?? 0))),
      );
      const left = (m: number) => Math.max(0, members[m]?.budget ?? 0) - (got[m] ?? 0);
      const isOver = (m: number) => left(m) < -1e-3;
      const hasRoom = (m: number) => takes(members[m] as Reservoir) && left(m) > 1e-3;
      const indices = [...members.keys()];
      if (healthy && indices.some(hasRoom)) expect(indices.filter(isOver)).toEqual([]);
    });
  });

  test("more demand never means less for anybody", () => {
    given((clients, members) => {
      const one = clients.slice(0, 1);
      const at = (demand: number) =>
        (
          waterfall(
            one.map((each) => ({ ...each, demand })),
            members,
            distanceKm,
          )[0] ?? []
        ).map((share) => share * demand);
      const [less, more] = [at(100), at(150)];
      less.forEach((flow, m) => expect(more[m]).toBeGreaterThanOrEqual(flow - 1e-3));
    });
  });
});
