import { JsonObject } from "../../../emulator/cloud/json";
import { CLUSTER_NAME, CONTAINER, makeCluster, TestCloud } from "./support/testCloud";

const URL = `${CONTAINER}/clusters/eu`;
const TOO_LITTLE =
  "400 maintenance policy would go longer than 32d without 48h maintenance availability";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
  await makeCluster(cloud);
});
afterEach(() => cloud.stop());

/** A window that begins on Saturday, 2026-01-03, at 22:00. */
function recurring(recurrence: string, hours: number): object {
  const start = Date.UTC(2026, 0, 3, 22);
  const [startTime, endTime] = [start, start + hours * 3_600_000].map((at) =>
    new Date(at).toISOString(),
  );
  return { window: { recurringWindow: { window: { startTime, endTime }, recurrence } } };
}

const set = (maintenancePolicy: object | undefined) =>
  cloud.run("POST", `${URL}:setMaintenancePolicy`, { maintenancePolicy });

/** The policy that comes back, without its version. */
async function kept(maintenancePolicy: object | undefined): Promise<JsonObject> {
  const { resourceVersion, ...policy } = (await set(maintenancePolicy))
    .maintenancePolicy as JsonObject;
  expect(resourceVersion).toMatch(/^[0-9a-f]{8}$/);
  return policy;
}

describe("a maintenance window of GKE", () => {
  it.each([
    ["FREQ=WEEKLY;BYDAY=SA,SU", 6],
    ["FREQ=WEEKLY;BYDAY=SA", 12],
    ["FREQ=WEEKLY", 12],
    ["FREQ=WEEKLY;BYDAY=MO,WE,SA", 4],
    ["FREQ=DAILY", 4],
    ["FREQ=DAILY", 24],
    ["FREQ=MONTHLY", 1],
  ])("may recur %s of %d hours", async (recurrence, hours) => {
    const policy = recurring(recurrence, hours);
    expect(await kept(policy)).toEqual(policy);
  });

  it.each([
    ["FREQ=WEEKLY;BYDAY=SA,SU", 5.9],
    ["FREQ=WEEKLY;BYDAY=SA", 11.9],
    // Twenty-eight hours a week, but none of the windows counts.
    ["FREQ=DAILY", 3.9],
    ["FREQ=WEEKLY;BYDAY=MO,WE,SA", 3.9],
  ])("is refused with %s of %d hours", async (recurrence, hours) => {
    await expect(set(recurring(recurrence, hours))).rejects.toThrow(TOO_LITTLE);
  });

  it("is refused at the creation of a cluster too", async () => {
    const cluster = { name: "us", maintenancePolicy: recurring("FREQ=WEEKLY;BYDAY=SA", 4) };
    const network = { network: "vpc", subnetwork: "nodes", initialNodeCount: 1 };
    const creation = cloud.run("POST", `${CONTAINER}/clusters`, {
      cluster: { ...cluster, ...network },
    });
    await expect(creation).rejects.toThrow(TOO_LITTLE);
    expect(cloud.gke.clusters.has(CLUSTER_NAME.replace(/eu$/, "us"))).toBe(false);
  });

  it("ends after it begins", async () => {
    await expect(set(recurring("FREQ=DAILY", 0))).rejects.toThrow(
      "400 maintenance window end time must be after its start time",
    );
  });

  it("of every day is four hours long", async () => {
    const daily = (more: object) => ({
      window: { dailyMaintenanceWindow: { startTime: "03:00", ...more } },
    });
    expect(await kept(daily({}))).toEqual(daily({ duration: "PT4H0M0S" }));
  });

  it("replaces the one before, and goes when it is taken away", async () => {
    await set(recurring("FREQ=DAILY", 4));
    const weekly = recurring("FREQ=WEEKLY;BYDAY=SA", 12);
    expect(await kept(weekly)).toEqual(weekly);
    expect(await kept(undefined)).toEqual({});
  });

  it("goes with an empty one too", async () => {
    await set(recurring("FREQ=DAILY", 4));
    expect(await kept({ window: {} })).toEqual({});
  });

  it("is set by whoever has seen the present one, where it says which it has seen", async () => {
    const { maintenancePolicy: first } = await set(recurring("FREQ=DAILY", 4));
    const { resourceVersion } = first as JsonObject;
    const weekly = recurring("FREQ=WEEKLY;BYDAY=SA", 12);
    await set({ ...weekly, resourceVersion });
    await expect(set({ ...weekly, resourceVersion })).rejects.toThrow(
      `400 Maintenance policy resource version "${String(resourceVersion)}" is not the current one.`,
    );
  });
});
