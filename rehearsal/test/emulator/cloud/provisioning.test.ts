import { CLUSTER_NAME, CONTAINER, makeCluster, TestCloud } from "./support/testCloud";

const POOLS = `${CONTAINER}/clusters/eu/nodePools`;

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
  await makeCluster(cloud);
});
afterEach(() => cloud.stop());

const make = (config: object, pool: object = {}) =>
  cloud.run("POST", POOLS, { nodePool: { name: "gpu", config, ...pool } });

const L4 = { machineType: "g2-standard-8" };
const NO_RESERVATION = { reservationAffinity: { consumeReservationType: "NO_RESERVATION" } };
const FLEX_START = { ...L4, flexStart: true, maxRunDuration: "604800s", ...NO_RESERVATION };
const FLEX_START_POOL = {
  autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: 4 },
  management: { autoUpgrade: true, autoRepair: false },
};
const reserved = (affinity: object) => ({
  ...L4,
  reservationAffinity: {
    consumeReservationType: "SPECIFIC_RESERVATION",
    key: "compute.googleapis.com/reservation-name",
    values: ["h100s"],
    ...affinity,
  },
});

describe("a node pool on flex-start", () => {
  it("begins empty, and is upgraded in a way of its own", async () => {
    const pool = await make(FLEX_START, FLEX_START_POOL);
    expect(pool.upgradeSettings).toEqual({ strategy: "SHORT_LIVED" });
    expect(cloud.gke.pools.get(`${CLUSTER_NAME}/gpu`)).toMatchObject({
      flexStart: true,
      spot: false,
      zones: [],
    });
  });

  it.each<[string, object, object, string]>([
    ["Spot", { spot: true }, {}, "cannot use Spot VMs"],
    [
      "any reservation",
      { reservationAffinity: undefined },
      {},
      "must have the reservation affinity NO_RESERVATION",
    ],
    ["repair", {}, { management: undefined }, "must have node auto-repair disabled"],
    ["a fixed size", {}, { autoscaling: undefined }, "must have autoscaling enabled"],
    [
      "nodes that always run",
      {},
      { autoscaling: { totalMinNodeCount: 1, totalMaxNodeCount: 4 } },
      "must have a minimum of 0 nodes",
    ],
    [
      "a life of eight days",
      { maxRunDuration: "691200s" },
      {},
      "can run for 604800s at most, not 691200s",
    ],
  ])("is refused with %s", async (_what, config, pool, why) => {
    const making = make({ ...FLEX_START, ...config }, { ...FLEX_START_POOL, ...pool });
    await expect(making).rejects.toThrow(`400 Flex-start node pools ${why}.`);
    expect(cloud.gke.pools.has(`${CLUSTER_NAME}/gpu`)).toBe(false);
  });

  it("is refused when repair is turned on later", async () => {
    await make(FLEX_START, FLEX_START_POOL);
    const management = { autoUpgrade: true, autoRepair: true };
    await expect(cloud.run("POST", `${POOLS}/gpu:setManagement`, { management })).rejects.toThrow(
      "400 Flex-start node pools must have node auto-repair disabled.",
    );
  });

  it("takes quota of preemptible GPUs", async () => {
    await make(FLEX_START, FLEX_START_POOL);
    const quotas = { PREEMPTIBLE_NVIDIA_L4_GPUS: { "europe-west4": 2 } };
    await cloud.call("PATCH", "/admin/knobs", { quotas });
    await expect(cloud.run("POST", `${POOLS}/gpu:setSize`, { nodeCount: 1 })).rejects.toThrow(
      "403 Quota 'PREEMPTIBLE_NVIDIA_L4_GPUS' exceeded. Limit: 2.0 in region europe-west4.",
    );
  });
});

describe("a node pool from a reservation", () => {
  it("names it; whether it exists is not asked before there is a node", async () => {
    const { config } = await make(reserved({}));
    expect(config).toMatchObject(reserved({}));
  });

  it.each<[string, object, string]>([
    ["none", { values: [] }, 'key "compute.googleapis.com/reservation-name" and the name of one'],
    ["two", { values: ["a", "b"] }, 'key "compute.googleapis.com/reservation-name" and the name'],
    ["another key", { key: "reservation" }, 'key "compute.googleapis.com/reservation-name" and'],
  ])("is refused with %s", async (_what, affinity, why) => {
    await expect(make(reserved(affinity))).rejects.toThrow(
      `400 Reservation affinity of type SPECIFIC_RESERVATION must have the ${why}`,
    );
  });

  it("says so in its type", async () => {
    await expect(make(reserved({ consumeReservationType: "ANY_RESERVATION" }))).rejects.toThrow(
      "400 Reservation key and values can be set only with consume reservation type " +
        "SPECIFIC_RESERVATION.",
    );
  });

  it("is not on Spot", async () => {
    await expect(make({ ...reserved({}), spot: true })).rejects.toThrow(
      "400 Spot VMs cannot consume reservations.",
    );
  });
});

describe("a machine type that is not sold in every way", () => {
  it.each<[string, object, string]>([
    ["a3-highgpu-2g", {}, "STANDARD"],
    [
      "a3-highgpu-2g",
      { reservationAffinity: reserved({}).reservationAffinity },
      "RESERVATION_BOUND",
    ],
    ["a3-ultragpu-8g", {}, "STANDARD"],
    ["a4x-highgpu-4g", { spot: true }, "SPOT"],
    ["a4x-highgpu-4g", { flexStart: true, ...NO_RESERVATION }, "FLEX_START"],
  ])("%s with %j is refused as %s", async (machineType, config, model) => {
    const locations = [machineType.startsWith("a3-highgpu") ? "europe-west4-b" : "europe-west4-a"];
    const making = make({ machineType, ...config }, { ...FLEX_START_POOL, locations });
    await expect(making).rejects.toThrow(
      `400 Machine type "${machineType}" is not available with provisioning model ${model}.`,
    );
  });

  it("can be had on Spot", async () => {
    const locations = ["europe-west4-b"];
    expect(await make({ machineType: "a3-highgpu-2g", spot: true }, { locations })).toMatchObject({
      status: "RUNNING",
    });
  });
});
