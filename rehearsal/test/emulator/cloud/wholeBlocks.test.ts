import { COMPUTE, CONTAINER, makeCluster, makeNetwork, TestCloud } from "./support/testCloud";

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await TestCloud.start();
  await makeCluster(cloud, {
    monitoringConfig: { managedPrometheusConfig: {} },
    verticalPodAutoscaling: { enabled: true },
  });
});
afterAll(() => cloud.stop());

const CLUSTER = `${CONTAINER}/clusters/eu`;
const POOL = `${CLUSTER}/nodePools/default-pool`;
const change = (update: object) => cloud.run("PUT", CLUSTER, { update });
const ofPool = (field: object) => change({ desiredNodePoolId: "default-pool", ...field });
const pool = () => cloud.run("GET", POOL);

describe("what the gcp provider leaves out of a block is off", () => {
  test("in the monitoring of a new cluster, and of one that is there", async () => {
    const prometheus = async () => {
      const { monitoringConfig } = await cloud.run("GET", CLUSTER);
      return (monitoringConfig as { managedPrometheusConfig: object }).managedPrometheusConfig;
    };
    expect(await prometheus()).toEqual({});
    await change({ desiredMonitoringConfig: { managedPrometheusConfig: { enabled: true } } });
    expect(await prometheus()).toEqual({ enabled: true });
    await change({ desiredMonitoringConfig: { managedPrometheusConfig: {} } });
    expect(await prometheus()).toEqual({});
  });

  test("in a switch of a cluster", async () => {
    await change({ desiredVerticalPodAutoscaling: {} });
    expect((await cloud.run("GET", CLUSTER)).verticalPodAutoscaling).toEqual({});
  });

  test("in the limits of a pool", async () => {
    await ofPool({ desiredNodePoolAutoscaling: { enabled: true, totalMaxNodeCount: 8 } });
    const perZone = { enabled: true, minNodeCount: 1, maxNodeCount: 3, totalMinNodeCount: 0 };
    await ofPool({ desiredNodePoolAutoscaling: perZone });
    expect((await pool()).autoscaling).toMatchObject({ minNodeCount: 1, maxNodeCount: 3 });
    expect((await pool()).autoscaling).not.toHaveProperty("totalMaxNodeCount");
    await ofPool({ desiredNodePoolAutoscaling: {} });
    expect((await pool()).autoscaling).toBeUndefined();
  });

  test("in how a pool is renewed and emptied", async () => {
    await cloud.run("PUT", POOL, { upgradeSettings: { strategy: "SURGE", maxSurge: 2 } });
    await cloud.run("PUT", POOL, { upgradeSettings: { strategy: "SURGE", maxUnavailable: 1 } });
    expect((await pool()).upgradeSettings).toEqual({ strategy: "SURGE", maxUnavailable: 1 });
    const drain = { respectPdbDuringNodePoolDeletion: true };
    await cloud.run("PUT", POOL, { nodeDrainConfig: drain });
    await cloud.run("PUT", POOL, { nodeDrainConfig: {} });
    expect((await pool()).nodeDrainConfig).toEqual({});
  });

  test("in the lists and maps of a pool's machines", async () => {
    const config = async () => (await pool()).config as Record<string, unknown>;
    const taints = [{ key: "a", value: "b", effect: "NO_EXECUTE" }];
    await cloud.run("PUT", POOL, { taints: { taints } });
    expect((await config()).taints).toEqual(taints);
    await cloud.run("PUT", POOL, { taints: {} });
    expect((await config()).taints).toBeUndefined();
    const tags = { "tagKeys/1": "tagValues/1" };
    await cloud.run("PUT", POOL, { resourceManagerTags: { tags } });
    expect((await config()).resourceManagerTags).toEqual({ tags });
    await cloud.run("PUT", POOL, { resourceManagerTags: {} });
    expect((await config()).resourceManagerTags).toEqual({ tags: {} });
  });
});

test("a disk's size is text where it is changed, and a number where it is told", async () => {
  await cloud.run("PUT", POOL, { diskSizeGb: "120", machineType: "e2-standard-4" });
  expect((await pool()).config).toMatchObject({ diskSizeGb: 120 });
});

test("the MTU of a network is changed with a fingerprint that networks do not have", async () => {
  await makeNetwork(cloud, "other");
  const url = `${COMPUTE}/global/networks/other`;
  await cloud.run("PATCH", url, { fingerprint: null, mtu: 1500 });
  expect(await cloud.run("GET", url)).toMatchObject({ mtu: 1500 });
});
