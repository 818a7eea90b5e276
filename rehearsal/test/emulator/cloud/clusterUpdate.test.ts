import { JsonObject } from "../../../emulator/cloud/json";
import { CLUSTER_NAME, CONTAINER, makeCluster, TestCloud } from "./support/testCloud";

const URL = `${CONTAINER}/clusters/eu`;

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
  await makeCluster(cloud);
});
afterEach(() => cloud.stop());

const update = (fields: object) => cloud.run("PUT", URL, { update: fields });
const begun = (fields: object) => cloud.start("PUT", URL, { update: fields });

describe("an update of a cluster", () => {
  it.each<[object, object]>([
    [{ desiredPodAutoscaling: { hpaProfile: "NONE" } }, { podAutoscaling: { hpaProfile: "NONE" } }],
    [
      { desiredGatewayApiConfig: { channel: "CHANNEL_EXPERIMENTAL" } },
      { networkConfig: { gatewayApiConfig: { channel: "CHANNEL_EXPERIMENTAL" } } },
    ],
    [
      { desiredIntraNodeVisibilityConfig: { enabled: true } },
      { networkConfig: { enableIntraNodeVisibility: true } },
    ],
    [
      { desiredClusterAutoscaling: { autoscalingProfile: "OPTIMIZE_UTILIZATION" } },
      { autoscaling: { autoscalingProfile: "OPTIMIZE_UTILIZATION" } },
    ],
    [{ desiredReleaseChannel: { channel: "REGULAR" } }, { releaseChannel: { channel: "REGULAR" } }],
    [
      { desiredCostManagementConfig: { enabled: true } },
      { costManagementConfig: { enabled: true } },
    ],
  ])("with %j makes it %j", async (fields, expected) => {
    expect(await update(fields)).toMatchObject(expected);
  });

  it("reaches the cluster's own control plane", async () => {
    await update({ desiredPodAutoscaling: { hpaProfile: "NONE" } });
    expect(cloud.gke.clusters.get(CLUSTER_NAME)?.hpaProfile).toBe("NONE");
  });

  it.each([
    ["nothing at all", {}, "400 Must provide an update."],
    ["an empty update", { update: {} }, "400 Must specify a field to update."],
    ["nothing but an etag", { update: { etag: "" } }, "400 Must specify a field to update."],
    [
      "two changes",
      {
        update: {
          desiredPodAutoscaling: { hpaProfile: "NONE" },
          desiredCostManagementConfig: { enabled: true },
        },
      },
      "400 Exactly one update can be applied with each request, not desiredPodAutoscaling, " +
        "desiredCostManagementConfig.",
    ],
    [
      "a pool and a field of the cluster",
      { update: { desiredNodePoolId: "default-pool", desiredDnsConfig: {} } },
      "400 Exactly one update can be applied with each request, not desiredNodePoolId, " +
        "desiredDnsConfig.",
    ],
    [
      "a pool that is not there",
      { update: { desiredNodePoolId: "gpu", desiredNodePoolAutoscaling: {} } },
      `404 Not found: ${CLUSTER_NAME}/nodePools/gpu.`,
    ],
    [
      "a field of another name",
      { update: { desiredHpaProfile: "NONE" } },
      `400 Invalid JSON payload received. Unknown name "desiredHpaProfile" at 'update': Cannot ` +
        "find field.",
    ],
    [
      "a field whose effect is not emulated",
      { update: { desiredStackType: "IPV4_IPV6" } },
      "501 container.projects.locations.clusters.update: desiredStackType is not emulated.",
    ],
  ])("is refused with %s", async (_what, body, message) => {
    await expect(cloud.run("PUT", URL, body)).rejects.toThrow(message);
  });

  it("may set both services of logs and metrics", async () => {
    const fields = { desiredLoggingService: "none", desiredMonitoringService: "none" };
    expect(await update(fields)).toMatchObject({
      loggingService: "none",
      monitoringService: "none",
    });
  });

  it("changes one of its pools", async () => {
    const pool = { desiredNodePoolId: "default-pool" };
    const desiredNodePoolAutoscaling = { enabled: true, minNodeCount: 2, maxNodeCount: 4 };
    const { nodePools } = await update({ ...pool, desiredNodePoolAutoscaling });
    expect(nodePools).toMatchObject([{ autoscaling: { minNodeCount: 2, maxNodeCount: 4 } }]);
    expect(cloud.gke.pools.get(`${CLUSTER_NAME}/default-pool`)?.nodesPerZone).toBe(2);
  });

  it("is of the state that its etag says", async () => {
    const { etag } = await cloud.run("GET", URL);
    const fields = { desiredCostManagementConfig: { enabled: true } };
    expect((await update({ ...fields, etag })).etag).not.toBe(etag);
    await expect(update({ ...fields, etag })).rejects.toThrow(
      `409 Etag "${String(etag)}" is not the current one.`,
    );
  });

  it.each([
    ["UPGRADE_MASTER", { desiredMasterVersion: "1.35.8-gke.1796000" }],
    ["UPGRADE_NODES", { desiredNodePoolId: "default-pool", desiredNodeVersion: "-" }],
    ["UPDATE_CLUSTER", { desiredCostManagementConfig: { enabled: true } }],
  ])("is an operation %s with %j", async (operationType, fields) => {
    expect(await begun(fields)).toMatchObject({ operationType });
  });
});

describe("labels of a cluster", () => {
  const label = (resourceLabels: object | undefined, labelFingerprint: unknown) =>
    cloud.run("POST", `${URL}:setResourceLabels`, { resourceLabels, labelFingerprint });

  it("are set as a whole by whoever has seen those that are there", async () => {
    const { labelFingerprint: none } = await cloud.run("GET", URL);
    const first = await label({ a: "1", b: "2" }, none);
    const second = await label({ b: "3" }, first.labelFingerprint);
    expect(second.resourceLabels).toEqual({ b: "3" });
    await expect(label({ a: "1" }, first.labelFingerprint)).rejects.toThrow(
      "400 Labels could not be set due to fingerprint mismatch.",
    );
    expect(await label(undefined, second.labelFingerprint)).toMatchObject({
      resourceLabels: {},
      labelFingerprint: none,
    });
  });

  it("are an operation as other changes are", async () => {
    const { labelFingerprint } = await cloud.run("GET", URL);
    const body: JsonObject = { resourceLabels: { a: "1" }, labelFingerprint };
    expect(await cloud.start("POST", `${URL}:setResourceLabels`, body)).toMatchObject({
      operationType: "UPDATE_CLUSTER",
    });
  });
});
