import fc from "fast-check";

import { defaultMaintenanceDays, maintenancePolicy, WEEKDAYS } from "../../catalog/maintenance";
import { regions } from "../../catalog/regions";

describe("default days", () => {
  test.each([
    ["europe-west3", 0, ["saturday", "sunday"]],
    ["us-east4", 0, ["monday", "tuesday"]],
    ["asia-southeast1", 0, ["wednesday", "thursday"]],
    ["us-central1", 0, ["thursday", "friday"]],
    ["us-east4", 3, ["monday", "sunday"]],
  ] as const)("of %s, block %i: %j", (region, block, days) => {
    expect(defaultMaintenanceDays(region, block)).toEqual(days);
  });

  test("are two, and none that a neighbour has: in the catalog, or in its region", () => {
    const shared = (a: string[], b: string[]) => a.filter((day) => b.includes(day));
    for (const [i, region] of regions.entries()) {
      const days = defaultMaintenanceDays(region, 0);
      expect(days).toHaveLength(2);
      const next = regions[i + 1];
      if (next) expect(shared(days, defaultMaintenanceDays(next, 0))).toEqual([]);
      expect(shared(days, defaultMaintenanceDays(region, 1))).toEqual([]);
    }
  });

  test("of two regions have most often no day in common", () => {
    const pairs = regions.flatMap((a, i) => regions.slice(i + 1).map((b) => [a, b] as const));
    const common = pairs.filter(([a, b]) => {
      const others = defaultMaintenanceDays(b, 0);
      return defaultMaintenanceDays(a, 0).some((day) => others.includes(day));
    });
    expect(common.length / pairs.length).toBeLessThan(0.5);
  });
});

describe("a window", () => {
  test("begins on one of its days, which are in the order of the week however they were written", () => {
    expect(maintenancePolicy(["sunday", "tuesday"], "23:15", 6)).toEqual({
      recurringWindow: {
        startTime: "2026-01-06T23:15:00Z",
        endTime: "2026-01-07T05:15:00Z",
        recurrence: "FREQ=WEEKLY;BYDAY=TU,SU",
      },
    });
  });

  test("is as long as asked for, at the hour asked for, on any of its days", () => {
    const days = fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 });
    const [hour, minute] = [fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })];
    fc.assert(
      fc.property(days, hour, minute, fc.integer({ min: 4, max: 24 }), (on, h, m, hours) => {
        const at = [h, m].map((part) => String(part).padStart(2, "0")).join(":");
        const { startTime, endTime, recurrence } = maintenancePolicy(on, at, hours).recurringWindow;
        const [start, end] = [new Date(startTime), new Date(endTime)];
        expect((end.getTime() - start.getTime()) / 3_600_000).toBe(hours);
        expect(startTime.slice(11)).toBe(`${at}:00Z`);
        const day = WEEKDAYS[(start.getUTCDay() + 6) % 7];
        expect(on).toContain(day);
        expect(recurrence).toContain(day?.slice(0, 2).toUpperCase());
      }),
    );
  });
});
