import { JsonObject } from "../../../emulator/cloud/json";
import {
  CLUSTER_NAME,
  CONTAINER,
  makeCluster,
  PROJECT,
  REGION,
  subnetworks,
  TestCloud,
} from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
});
afterEach(() => cloud.stop());

const CLUSTERS = `${CONTAINER}/clusters`;
const POOLS = `${CLUSTERS}/eu/nodePools`;
const ZONES = ["europe-west4-a", "europe-west4-b", "europe-west4-c"];

describe("node pools", () => {
  beforeEach(() => makeCluster(cloud));
  const make = (config: object, overrides: object = {}) =>
    cloud.run("POST", POOLS, {
      nodePool: {
        name: "gpu",
        initialNodeCount: 2,
        locations: ["europe-west4-b"],
        config,
        ...overrides,
      },
    });
  const gpu = (acceleratorType: string, acceleratorCount: number) => ({
    acceleratorType,
    acceleratorCount: String(acceleratorCount),
  });
  const L4 = { machineType: "g2-standard-8", accelerators: [gpu("nvidia-l4", 1)] };

  it("are told to GKE as Kubernetes spells them, with the taint of GPU nodes", async () => {
    await make({
      ...L4,
      spot: true,
      labels: { pool: "gpu" },
      taints: [{ key: "team", value: "a", effect: "NO_EXECUTE" }],
    });
    expect(cloud.gke.pools.get(`${CLUSTER_NAME}/gpu`)).toEqual({
      cluster: CLUSTER_NAME,
      name: "gpu",
      machineType: "g2-standard-8",
      zones: ["europe-west4-b"],
      nodesPerZone: 2,
      spot: true,
      flexStart: false,
      respectsBudgets: false,
      accelerator: { type: "nvidia-l4", count: 1 },
      diskSizeGb: 100,
      labels: { pool: "gpu" },
      taints: [
        { key: "team", value: "a", effect: "NoExecute" },
        { key: "nvidia.com/gpu", value: "present", effect: "NoSchedule" },
      ],
    });
  });

  const zonesOf = async (pool: string) => {
    const { json } = await cloud.call("GET", `${POOLS}/${pool}`);
    return { said: json.locations, made: cloud.gke.pools.get(`${CLUSTER_NAME}/${pool}`)?.zones };
  };

  it("all move to the zones that their cluster is given, those with zones of their own too", async () => {
    const two = ["europe-west4-a", "europe-west4-b"];
    await make(L4);
    await cloud.run("PUT", `${CLUSTERS}/eu`, { update: { desiredLocations: two } });
    expect(await zonesOf("default-pool")).toEqual({ said: two, made: two });
    expect(await zonesOf("gpu")).toEqual({ said: two, made: two });
  });

  it("stay where a change of their cluster leaves its zones as they are", async () => {
    await make(L4);
    const update = { desiredLocations: [...ZONES].reverse() };
    await cloud.run("PUT", `${CLUSTERS}/eu`, { update });
    const own = ["europe-west4-b"];
    expect(await zonesOf("gpu")).toEqual({ said: own, made: own });
  });

  it("with GPUs refuse zones of their cluster that have none, and nothing moves", async () => {
    await make({ machineType: "a2-highgpu-1g", accelerators: [gpu("nvidia-tesla-a100", 1)] });
    await expect(
      cloud.run("PUT", `${CLUSTERS}/eu`, {
        update: { desiredLocations: ["europe-west4-b", "europe-west4-c"] },
      }),
    ).rejects.toThrow(
      '400 Accelerator type "nvidia-tesla-a100" does not exist in zone europe-west4-c.',
    );
    expect(await zonesOf("default-pool")).toEqual({ said: ZONES, made: ZONES });
  });

  it("of a machine type with GPUs have them without being asked", async () => {
    expect(await make({ machineType: "a3-highgpu-2g", spot: true })).toMatchObject({
      config: { accelerators: [gpu("nvidia-h100-80gb", 2)] },
    });
  });

  it.each([
    [
      "an unknown machine type",
      { machineType: "g2-standard-5" },
      'Invalid machine type "g2-standard-5" in zone "europe-west4-b": GCE_NOT_FOUND',
    ],
    [
      "a GPU that does not fit the machine type",
      { machineType: "g2-standard-8", accelerators: [gpu("nvidia-h100-80gb", 1)] },
      "[1 x nvidia-h100-80gb, g2-standard-8] features are not compatible for creating instance.",
    ],
    [
      "more GPUs than the machine type has",
      { machineType: "g2-standard-8", accelerators: [gpu("nvidia-l4", 2)] },
      "[2 x nvidia-l4, g2-standard-8] features are not compatible for creating instance.",
    ],
    [
      "GPUs on a machine that takes none",
      { machineType: "e2-standard-4", accelerators: [gpu("nvidia-l4", 1)] },
      "[1 x nvidia-l4, e2-standard-4] features are not compatible for creating instance.",
    ],
    [
      "a GPU that does not exist",
      { machineType: "g2-standard-8", accelerators: [gpu("nvidia-l5", 1)] },
      'Accelerator type "nvidia-l5" does not exist in zone europe-west4-b.',
    ],
    [
      "a GPU that is in other zones of the region",
      { machineType: "a3-ultragpu-8g", spot: true },
      'Accelerator type "nvidia-h200-141gb" does not exist in zone europe-west4-b.',
    ],
    [
      "other local SSDs than the machine type has",
      {
        machineType: "a3-highgpu-2g",
        spot: true,
        ephemeralStorageLocalSsdConfig: { localSsdCount: 2 },
      },
      "[2 x local SSD, a3-highgpu-2g] features are not compatible for creating instance.",
    ],
    [
      "GPUs without a machine type",
      { accelerators: [gpu("nvidia-l4", 1)] },
      "Cannot use default machine type (e2-medium) with GPUs; choose a different machine type.",
    ],
    [
      "an unknown service account",
      { ...L4, serviceAccount: `nodes@${PROJECT}.iam.gserviceaccount.com` },
      `Service account "nodes@${PROJECT}.iam.gserviceaccount.com" does not exist.`,
    ],
  ])("are refused with %s", async (_what, config, message) => {
    await expect(make(config)).rejects.toThrow(`400 ${message}`);
    expect(cloud.gke.pools.has(`${CLUSTER_NAME}/gpu`)).toBe(false);
  });

  it("are refused where one of the cluster's zones does not have their GPU", async () => {
    const nodePool = { name: "gpu", config: { machineType: "a3-highgpu-2g", spot: true } };
    await expect(cloud.run("POST", POOLS, { nodePool })).rejects.toThrow(
      '400 Accelerator type "nvidia-h100-80gb" does not exist in zone europe-west4-a.',
    );
    await make({ machineType: "a3-highgpu-2g", spot: true });
    await expect(cloud.run("PUT", `${POOLS}/gpu`, { locations: ZONES })).rejects.toThrow(
      '400 Accelerator type "nvidia-h100-80gb" does not exist in zone europe-west4-a.',
    );
  });

  it.each([
    ["of the third generation", "a3-highgpu-2g", {}, { localSsdCount: 4 }, 4],
    [
      "of the third generation, with no number",
      "a3-highgpu-1g",
      { ephemeralStorageLocalSsdConfig: { localSsdCount: 0, dataCacheCount: 0 } },
      { localSsdCount: 2 },
      2,
    ],
    [
      "of the third generation, as raw blocks",
      "a3-highgpu-1g",
      { localNvmeSsdBlockConfig: { localSsdCount: 2 } },
      undefined,
      undefined,
    ],
    ["of the second generation", "a2-highgpu-1g", {}, undefined, undefined],
  ])("put ephemeral storage on the local SSDs of machines %s", async (...row) => {
    const [, machineType, config, shown, used] = row;
    const pool = await make({ machineType, spot: true, ...config });
    expect((pool.config as JsonObject).ephemeralStorageLocalSsdConfig).toEqual(shown);
    expect(cloud.gke.pools.get(`${CLUSTER_NAME}/gpu`)?.localSsds).toBe(used);
  });

  it("are refused where the region does not have their machine type", async () => {
    await makeSubnetIn("europe-west6");
    const clusters = `https://container.googleapis.com/v1/projects/${PROJECT}/locations/europe-west6/clusters`;
    await cloud.run("POST", clusters, {
      cluster: { name: "zrh", initialNodeCount: 1, network: "vpc", subnetwork: "zrh" },
    });
    const nodePool = { name: "gpu", config: { machineType: "a3-highgpu-1g" } };
    await expect(cloud.run("POST", `${clusters}/zrh/nodePools`, { nodePool })).rejects.toThrow(
      '400 Accelerator type "nvidia-h100-80gb" does not exist in zone europe-west6-a.',
    );
  });

  it("need their cluster", async () => {
    const pools = `${CLUSTERS}/us/nodePools`;
    await expect(cloud.run("POST", pools, { nodePool: { name: "gpu" } })).rejects.toThrow(
      `404 Not found: projects/${PROJECT}/locations/${REGION}/clusters/us.`,
    );
  });

  it("refuse names of more than 40 characters", async () => {
    const name = "p".repeat(41);
    await expect(make(L4, { name })).rejects.toThrow(
      `400 Invalid value for field "node_pool.name": "${name}". Must have at most 40 ` +
        "characters, it has 41.",
    );
  });

  const [A, B, C] = ZONES;
  it.each([
    [{ autoscaling: { minNodeCount: 1, maxNodeCount: 4 }, initialNodeCount: 0 }, 1, [A, B, C]],
    [{ autoscaling: { totalMinNodeCount: 0, totalMaxNodeCount: 4 }, initialNodeCount: 0 }, 0, []],
    [{ autoscaling: { totalMinNodeCount: 2 }, initialNodeCount: undefined }, 1, [A, B]],
    [{ autoscaling: { totalMinNodeCount: 4 }, initialNodeCount: undefined }, 2, [A, B, C]],
    [{ autoscaling: { maxNodeCount: 4 }, initialNodeCount: 9 }, 4, [A, B, C]],
    [{ initialNodeCount: 5 }, 5, [A, B, C]],
  ])("start with the nodes of %j: %d in %j", async (overrides, nodesPerZone, zones) => {
    await make(L4, { ...overrides, locations: undefined });
    expect(cloud.gke.pools.get(`${CLUSTER_NAME}/gpu`)).toMatchObject({ nodesPerZone, zones });
  });

  it.each([
    [
      { totalMinNodeCount: 1, totalMaxNodeCount: 4 },
      { zones: ZONES, maxNodes: 4 },
    ],
    [
      { minNodeCount: 1, maxNodeCount: 4 },
      { zones: ZONES, maxNodes: 12 },
    ],
    [{ enabled: false, maxNodeCount: 4 }, undefined],
    [undefined, undefined],
  ])("with autoscaling %j may grow to %j", async (autoscaling, expected) => {
    await make(L4, { autoscaling, locations: undefined });
    expect(cloud.gke.pools.get(`${CLUSTER_NAME}/gpu`)?.autoscaling).toEqual(expected);
  });

  it.each([
    [
      "limits of each zone and of all",
      { autoscaling: { minNodeCount: 1, maxNodeCount: 2, totalMaxNodeCount: 4 } },
      "Cannot set both per-zone (min_node_count, max_node_count) and total " +
        "(total_min_node_count, total_max_node_count) autoscaling limits.",
    ],
    [
      "no node that an upgrade may add or take away",
      { upgradeSettings: { strategy: "SURGE", maxSurge: 0, maxUnavailable: 0 } },
      "At least one of max_surge and max_unavailable must be greater than 0.",
    ],
  ])("are refused with %s, at once and later", async (_what, overrides, message) => {
    await expect(make(L4, overrides)).rejects.toThrow(`400 ${message}`);
    await make(L4);
    const later =
      "autoscaling" in overrides
        ? cloud.run("POST", `${POOLS}/gpu:setAutoscaling`, overrides)
        : cloud.run("PUT", `${POOLS}/gpu`, overrides);
    await expect(later).rejects.toThrow(`400 ${message}`);
  });

  it("are resized in place", async () => {
    await make(L4);
    await cloud.run("POST", `${POOLS}/gpu:setSize`, { nodeCount: 7 });
    expect(cloud.gke.pools.get(`${CLUSTER_NAME}/gpu`)?.nodesPerZone).toBe(7);
  });

  it("are changed from the state that their etag says", async () => {
    const { etag } = await make(L4);
    const change = () => cloud.run("PUT", `${POOLS}/gpu`, { labels: { labels: { a: "1" } }, etag });
    expect(await change()).toMatchObject({ config: { labels: { a: "1" } } });
    await expect(change()).rejects.toThrow(`409 Etag "${String(etag)}" is not the current one.`);
  });

  it("get labels and taints as a whole", async () => {
    const taints = [{ key: "team", value: "a", effect: "NO_EXECUTE" }];
    await make({ ...L4, labels: { a: "1", b: "2" }, taints });
    await cloud.run("PUT", `${POOLS}/gpu`, { labels: { labels: { b: "3" } } });
    await cloud.run("PUT", `${POOLS}/gpu`, { taints: { taints: [] } });
    expect(cloud.gke.pools.get(`${CLUSTER_NAME}/gpu`)).toMatchObject({
      labels: { b: "3" },
      taints: [],
    });
  });

  const MASTER = "1.34.12-gke.1011000";
  it.each([
    ["-", MASTER],
    [MASTER, MASTER],
  ])("take the version %s: %s", async (nodeVersion, version) => {
    await make(L4);
    expect(await cloud.run("PUT", `${POOLS}/gpu`, { nodeVersion })).toMatchObject({ version });
  });

  it("are no newer than their control plane, at once and later", async () => {
    const refused =
      '400 Node version "1.35.8-gke.1919000" must not be newer than master version ' +
      `"${MASTER}".`;
    await expect(make(L4, { version: "1.35" })).rejects.toThrow(refused);
    await make(L4);
    const later = cloud.run("PUT", `${POOLS}/gpu`, { nodeVersion: "1.35" });
    await expect(later).rejects.toThrow(refused);
  });

  it("of one cluster are made at the same time, but not while the cluster is changed", async () => {
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 0.0005 });
    const pool = (name: string) => ({ nodePool: { name, config: { machineType: "e2-medium" } } });
    const both = [cloud.run("POST", POOLS, pool("a")), cloud.run("POST", POOLS, pool("b"))];
    await expect(cloud.run("DELETE", `${CLUSTERS}/eu`)).rejects.toThrow(
      /^400 Operation operation-\S+ is currently creating \S+\/nodePools\/a\. Please wait and try/,
    );
    await Promise.all(both);
    const deletion = cloud.run("DELETE", `${CLUSTERS}/eu`);
    await expect(cloud.run("POST", POOLS, pool("c"))).rejects.toThrow(
      /^400 Operation operation-\S+ is currently deleting \S+\/clusters\/eu\. Please wait/,
    );
    await deletion;
  });
});
function makeSubnetIn(region: string) {
  const subnet = { name: "zrh", network: "vpc", ipCidrRange: "10.70.0.0/20" };
  return cloud.run("POST", subnetworks(region), subnet);
}
