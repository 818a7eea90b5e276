import {
  CONTAINER,
  makeCluster,
  makeNetwork,
  NETWORKS,
  PROJECT,
  TestCloud,
} from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
});
afterEach(() => cloud.stop());

const turn = (knobs: object) => cloud.run("PATCH", "/admin/knobs", knobs);

describe("flaking calls", () => {
  /** Which of 40 calls are refused, and with what. */
  const probe = async () => {
    const answers: number[] = [];
    for (let i = 0; i < 40; i++) answers.push((await cloud.call("GET", NETWORKS)).status);
    return answers;
  };

  it("are refused at the given rate, before anything happens", async () => {
    await turn({ flake: { rate: 1, statuses: [503] } });
    await expect(makeNetwork(cloud)).rejects.toThrow(
      "503 The service is currently unavailable. Try again later.",
    );
    await turn({ flake: { statuses: [429] } });
    await expect(makeNetwork(cloud)).rejects.toThrow(
      "429 Quota exceeded for quota metric 'Queries' and limit 'Queries per minute'. Try again " +
        "later.",
    );
    await turn({ flake: { rate: 0 } });
    expect((await cloud.run("GET", NETWORKS)).items).toBeUndefined();
    expect(await cloud.run("GET", "/admin/calls")).toMatchObject({ refusedByFault: 2 });
  });

  it("are the same for the same seed, others for another", async () => {
    await turn({ flake: { rate: 0.5, seed: 7 } });
    const first = await probe();
    await turn({ flake: { seed: 7 } });
    expect(await probe()).toEqual(first);
    await turn({ flake: { seed: 8 } });
    expect(await probe()).not.toEqual(first);
    for (const status of [200, 429, 503]) expect(first).toContain(status);
  });

  it("do not depend on the order of other calls", async () => {
    await turn({ flake: { rate: 0.5, seed: 7 } });
    const alone = await probe();
    await turn({ flake: { seed: 7 } });
    const between: number[] = [];
    for (let i = 0; i < 40; i++) {
      await cloud.call("GET", `${NETWORKS}/vpc`);
      between.push((await cloud.call("GET", NETWORKS)).status);
    }
    expect(between).toEqual(alone);
  });
});

describe("quotas", () => {
  it.each([
    ["NETWORKS", "global", NETWORKS, { name: "second" }, "globally"],
    [
      "STATIC_ADDRESSES",
      "us-east4",
      `https://compute.googleapis.com/compute/v1/projects/${PROJECT}/regions/us-east4/addresses`,
      { name: "second" },
      "in region us-east4",
    ],
  ])("of %s %s are limits", async (metric, region, url, body, where) => {
    await turn({ quotas: { [metric]: { [region]: 1 } } });
    await cloud.run("POST", url, { name: "first" });
    await expect(cloud.run("POST", url, body)).rejects.toThrow(
      `403 Quota '${metric}' exceeded. Limit: 1.0 ${where}.`,
    );
    await turn({ quotas: { [metric]: { [region]: null } } });
    expect(await cloud.run("POST", url, body)).toMatchObject({ name: "second" });
  });

  const POOLS = `${CONTAINER}/clusters/eu/nodePools`;
  const pool = (name: string, spot: boolean) => ({
    nodePool: { name, initialNodeCount: 1, config: { machineType: "g2-standard-4", spot } },
  });

  it("of GPUs count all zones, and spot ones apart", async () => {
    await makeCluster(cloud);
    await turn({ quotas: { NVIDIA_L4_GPUS: { "europe-west4": 2 } } });
    await expect(cloud.run("POST", POOLS, pool("gpu", false))).rejects.toThrow(
      "403 Quota 'NVIDIA_L4_GPUS' exceeded. Limit: 2.0 in region europe-west4.",
    );
    const { json } = await cloud.call("POST", POOLS, pool("gpu", false));
    expect(json.error).toMatchObject({ code: 403, errors: [{ reason: "quotaExceeded" }] });
    await cloud.run("POST", POOLS, pool("spot", true));
    await turn({ quotas: { PREEMPTIBLE_NVIDIA_L4_GPUS: { "europe-west4": 3 } } });
    await expect(cloud.run("POST", `${POOLS}/spot:setSize`, { nodeCount: 2 })).rejects.toThrow(
      "403 Quota 'PREEMPTIBLE_NVIDIA_L4_GPUS' exceeded. Limit: 3.0 in region europe-west4.",
    );
    await turn({ quotas: { NVIDIA_L4_GPUS: null, GPUS_ALL_REGIONS: { global: 5 } } });
    await expect(cloud.run("POST", POOLS, pool("gpu", false))).rejects.toThrow(
      "403 Quota 'GPUS_ALL_REGIONS' exceeded. Limit: 5.0 globally.",
    );
    await turn({ quotas: { GPUS_ALL_REGIONS: { global: 6 } } });
    expect(await cloud.run("POST", POOLS, pool("gpu", false))).toMatchObject({ name: "gpu" });
  });
});

describe("the time scale", () => {
  it("stretches operations to their real durations", async () => {
    await turn({ timeScale: 0.02 });
    const start = Date.now();
    await makeNetwork(cloud);
    expect(Date.now() - start).toBeGreaterThanOrEqual(12 * 0.02 * 1000);
  });

  it("lets operations go that are under way when it is turned down", async () => {
    await turn({ timeScale: 100 });
    const done = makeNetwork(cloud);
    await turn({ timeScale: 0 });
    await done;
    expect((await cloud.call("GET", `${NETWORKS}/vpc`)).status).toBe(200);
  });

  it("keeps a resource from being used before it is ready", async () => {
    await turn({ timeScale: 0.05 });
    const done = makeNetwork(cloud);
    const subnet = { name: "nodes", network: "vpc", ipCidrRange: "10.0.0.0/20" };
    const url = `https://compute.googleapis.com/compute/v1/projects/${PROJECT}/regions/us-east4/subnetworks`;
    const notReady = `400 The resource 'projects/${PROJECT}/global/networks/vpc' is not ready`;
    await expect(cloud.run("POST", url, subnet)).rejects.toThrow(notReady);
    await expect(cloud.run("DELETE", `${NETWORKS}/vpc`)).rejects.toThrow(notReady);
    await done;
  });
});

it.each([
  [
    { speed: 2 },
    "knobs.speed: 2 is not a knob: timeScale, flake, leftovers, quotas, podTimeScale, modelServer, identityEmails",
  ],
  [{ podTimeScale: -1 }, "knobs.podTimeScale: -1 is not a number from 0 to 1000"],
  [{ modelServer: "x" }, 'knobs.modelServer: "x" is not an object'],
  [
    { modelServer: { "max-num-seqs": 8 } },
    "knobs.modelServer.max-num-seqs: 8 is not a text, the value of a flag",
  ],
  [{ identityEmails: 1 }, "knobs.identityEmails: 1 is not true or false"],
  [{ timeScale: -1 }, "knobs.timeScale: -1 is not a number from 0 to 1000"],
  [{ flake: { rate: 2 } }, "knobs.flake.rate: 2 is not a number from 0 to 1"],
  [{ flake: { statuses: [500] } }, "knobs.flake.statuses: [500] is not a list of 429 and 503"],
  [{ flake: { odds: 1 } }, "knobs.flake.odds: 1 is not a knob: rate, seed, statuses"],
  [{ leftovers: { go: true } }, "knobs.leftovers.go: true is not a knob: stay"],
  [{ leftovers: { stay: 1 } }, "knobs.leftovers.stay: 1 is not true or false"],
  [{ quotas: { GPUS: {} } }, "knobs.quotas.GPUS: {} is not a metric: NETWORKS, SUBNETWORKS, "],
  [
    { quotas: { NETWORKS: { "us-eats4": 1 } } },
    "knobs.quotas.NETWORKS.us-eats4: 1 is not of a region, or of global",
  ],
])("refuses %j", async (knobs, message) => {
  const before = await cloud.run("GET", "/admin/knobs");
  await expect(turn(knobs)).rejects.toThrow(`400 ${message}`);
  expect(await cloud.run("GET", "/admin/knobs")).toEqual(before);
});
