import { InitError, type Value } from "../../../../emulator/providers/plugin";
import {
  CLUSTER_NAME,
  makeCluster,
  PROJECT,
  REGION,
  TestCloud,
} from "../../cloud/support/testCloud";
import { CLUSTER_INPUTS, makeNetworkAndNodes } from "./support/clusterInputs";
import { StandIn, open } from "./support/standIn";

let cloud: TestCloud;
let standIn: StandIn;
beforeEach(async () => {
  cloud = await TestCloud.start();
  standIn = await new StandIn(cloud).configure();
});
afterEach(() => cloud.stop());

const CLUSTER = "gcp:container/cluster:Cluster";
const NODE_POOL = "gcp:container/nodePool:NodePool";

describe("clusters", () => {
  beforeEach(() => makeNetworkAndNodes(cloud, standIn));

  it("lose their default pool where the program wants none", async () => {
    await standIn.create(CLUSTER, "eu", CLUSTER_INPUTS);
    expect(cloud.gke.calls).toEqual([
      "createCluster eu",
      "setNodePool default-pool",
      "deleteNodePool default-pool",
    ]);
  });

  it("are not deleted while the state protects them", async () => {
    const made = await standIn.create(CLUSTER, "eu", {
      ...CLUSTER_INPUTS,
      deletionProtection: true,
    });
    await expect(standIn.delete(made)).rejects.toThrow(
      "1 error occurred:\n\t* Cannot destroy cluster because deletion_protection is set to true. " +
        "Set it to false to proceed with cluster deletion.\n\n",
    );
    const before = cloud.gke.calls.length;
    const loosened = await standIn.update(made, CLUSTER_INPUTS);
    expect(cloud.gke.calls).toHaveLength(before);
    await standIn.delete(loosened);
    expect(await standIn.refresh(loosened)).toBeUndefined();
  });

  it("are upgraded when their floor rises above their version, and not otherwise", async () => {
    const made = await standIn.create(CLUSTER, "eu", CLUSTER_INPUTS);
    const raised = { ...CLUSTER_INPUTS, minMasterVersion: "1.35.8-gke.1796000" };
    const upgraded = await standIn.update(made, raised);
    expect(upgraded.outputs.masterVersion).toBe("1.35.8-gke.1796000");
    const lowered = await standIn.update(upgraded, CLUSTER_INPUTS);
    expect(lowered.outputs.masterVersion).toBe("1.35.8-gke.1796000");
  });

  it.each([
    ["a newer minor", "1.35", "1.35.8-gke.1919000"],
    ["their own minor", "1.34", "1.34.12-gke.1011000"],
    ["none", undefined, "1.34.12-gke.1011000"],
  ])("whose floor becomes %s: %s", async (_, minMasterVersion, version) => {
    const made = await standIn.create(CLUSTER, "eu", CLUSTER_INPUTS);
    const inputs: Record<string, Value> = { ...CLUSTER_INPUTS };
    if (minMasterVersion === undefined) delete inputs.minMasterVersion;
    else inputs.minMasterVersion = minMasterVersion;
    const changed = await standIn.update(made, inputs);
    expect(changed.outputs.masterVersion).toBe(version);
  });

  it("that GKE has upgraded by itself are as they were asked for", async () => {
    const inputs = { ...CLUSTER_INPUTS, minMasterVersion: "1.34" };
    const made = await standIn.create(CLUSTER, "eu", inputs);
    const url = `https://container.googleapis.com/v1/${CLUSTER_NAME}`;
    await cloud.run("PUT", url, { update: { desiredMasterVersion: "1.35.8-gke.1796000" } });
    const found = await standIn.refresh(made);
    expect(found?.outputs).toMatchObject({
      minMasterVersion: "1.34",
      masterVersion: "1.35.8-gke.1796000",
    });
    expect((await standIn.diff(found ?? made, inputs)).changes).toEqual([]);
    const raised = await standIn.update(found ?? made, { ...inputs, minMasterVersion: "1.35" });
    expect(raised.outputs.masterVersion).toBe("1.35.8-gke.1796000");
  });

  it("are not asked for a floor that is no version", async () => {
    const made = await standIn.create(CLUSTER, "eu", CLUSTER_INPUTS);
    const changed = standIn.update(made, { ...CLUSTER_INPUTS, minMasterVersion: "latest" });
    await expect(changed).rejects.toThrow("malformed version: latest");
  });

  it("are changed in place", async () => {
    const made = await standIn.create(CLUSTER, "eu", CLUSTER_INPUTS);
    const inputs = {
      ...CLUSTER_INPUTS,
      podAutoscaling: { hpaProfile: "NONE" },
      resourceLabels: { a: "b" },
    };
    const updated = await standIn.update(made, inputs);
    expect(cloud.gke.clusters.get(CLUSTER_NAME)?.hpaProfile).toBe("NONE");
    expect(open(updated.outputs)).toMatchObject({
      podAutoscaling: { hpaProfile: "NONE" },
      resourceLabels: { a: "b" },
      pulumiLabels: { a: "b", "goog-pulumi-provisioned": "true" },
    });
    expect(await standIn.refresh(updated)).toEqual(updated);
    const bare = await standIn.update(updated, CLUSTER_INPUTS);
    expect(open(bare.outputs)).toMatchObject({
      resourceLabels: {},
      effectiveLabels: { "goog-pulumi-provisioned": "true" },
    });
  });

  it("lose what the program takes out of a block", async () => {
    const window = { startTime: "2026-01-03T02:00:00Z", endTime: "2026-01-03T08:00:00Z" };
    const weekly = { recurringWindow: { ...window, recurrence: "FREQ=WEEKLY;BYDAY=SA,SU" } };
    const made = await standIn.create(CLUSTER, "eu", {
      ...CLUSTER_INPUTS,
      maintenancePolicy: weekly,
    });
    expect(made.outputs.maintenancePolicy).toEqual(weekly);
    const daily = { dailyMaintenanceWindow: { startTime: "03:00" } };
    const inputs = { ...CLUSTER_INPUTS, maintenancePolicy: daily };
    const updated = await standIn.update(made, inputs);
    expect(updated.outputs.maintenancePolicy).toEqual({
      dailyMaintenanceWindow: { startTime: "03:00", duration: "PT4H0M0S" },
    });
    expect((await standIn.diff(updated, inputs)).changes).toEqual([]);
    const without = await standIn.update(updated, CLUSTER_INPUTS);
    expect(without.outputs).not.toHaveProperty("maintenancePolicy");
  });

  it("have maintenance exclusions by name", async () => {
    const times = { startTime: "2026-11-20T00:00:00Z", endTime: "2026-12-02T00:00:00Z" };
    const dailyMaintenanceWindow = { startTime: "03:00", duration: "PT4H0M0S" };
    const maintenanceExclusions = [
      { exclusionName: "sales", ...times, exclusionOptions: { scope: "NO_UPGRADES" } },
    ];
    const made = await standIn.create(CLUSTER, "eu", {
      ...CLUSTER_INPUTS,
      maintenancePolicy: {
        dailyMaintenanceWindow: { startTime: "03:00" },
        maintenanceExclusions,
      },
    });
    expect(made.outputs.maintenancePolicy).toEqual({
      dailyMaintenanceWindow,
      maintenanceExclusions,
    });
    const { json } = await cloud.call("GET", `https://container.googleapis.com/v1/${CLUSTER_NAME}`);
    expect(json.maintenancePolicy).toEqual({
      resourceVersion: expect.any(String),
      window: {
        dailyMaintenanceWindow,
        maintenanceExclusions: {
          sales: { ...times, maintenanceExclusionOptions: { scope: "NO_UPGRADES" } },
        },
      },
    });
  });

  it("stay in the state when they are there but failed", async () => {
    cloud.gke.creation = async () => {
      throw new Error("kube-apiserver of eu ended");
    };
    const creation = standIn.create(CLUSTER, "eu", CLUSTER_INPUTS);
    await expect(creation).rejects.toThrow(InitError);
    await expect(creation).rejects.toMatchObject({
      resource: { id: CLUSTER_NAME, outputs: { name: "eu" } },
      // What is waited for is named where it was waited for.
      reasons: [
        expect.stringMatching(
          /^(Error waiting for creating GKE cluster: )?kube-apiserver of eu ended$/,
        ),
      ],
    });
  });

  it("that are there already are not taken over", async () => {
    await standIn.create(CLUSTER, "eu", CLUSTER_INPUTS);
    await expect(standIn.create(CLUSTER, "again", CLUSTER_INPUTS)).rejects.toThrow(
      `1 error occurred:\n\t* googleapi: Error 409: Already exists: ${CLUSTER_NAME}., ` +
        `alreadyExists\n\n`,
    );
  });

  it("that are being made are read when they are done", async () => {
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 0.002 });
    const cluster = { name: "eu", initialNodeCount: 1, network: "vpc", subnetwork: "nodes" };
    await cloud.call(
      "POST",
      `https://container.googleapis.com/v1/projects/${PROJECT}/locations/${REGION}/clusters`,
      {
        cluster,
      },
    );
    const imported = await standIn.import(CLUSTER, CLUSTER_NAME);
    expect(imported?.outputs.endpoint).toBe("127.0.0.1:6443");
  });

  it("are imported with what they are", async () => {
    const made = await standIn.create(CLUSTER, "eu", CLUSTER_INPUTS);
    const imported = await standIn.import(CLUSTER, made.id);
    expect(imported?.inputs).toMatchObject({
      name: "eu",
      location: REGION,
      podAutoscaling: { hpaProfile: "PERFORMANCE", __defaults: [] },
      __defaults: [],
    });
    expect(imported?.inputs).not.toHaveProperty("endpoint");
  });
});

describe("node pools", () => {
  beforeEach(() => makeCluster(cloud));
  const GPU = { name: "gpu", cluster: CLUSTER_NAME, nodeCount: 1 };

  it("that are there already are found before the call", async () => {
    await standIn.create(NODE_POOL, "gpu", GPU);
    await expect(standIn.create(NODE_POOL, "again", GPU)).rejects.toThrow(
      `1 error occurred:\n\t* resource - ${CLUSTER_NAME}/nodePools/gpu - already exists\n\n`,
    );
  });

  it("take their cluster by name, in the place of the pool", async () => {
    const made = await standIn.create(NODE_POOL, "gpu", {
      ...GPU,
      cluster: "eu",
      location: REGION,
    });
    expect(made).toMatchObject({
      id: `${CLUSTER_NAME}/nodePools/gpu`,
      outputs: { cluster: "eu", location: REGION },
    });
  });

  it("are resized in place, and drift is seen", async () => {
    const made = await standIn.create(NODE_POOL, "gpu", GPU);
    const resized = await standIn.update(made, { ...GPU, nodeCount: 3 });
    expect(resized.outputs.nodeCount).toBe(3);
    const url = `https://container.googleapis.com/v1/${made.id}:setSize`;
    await cloud.run("POST", url, { nodeCount: 5 });
    const refreshed = await standIn.refresh(resized);
    expect(refreshed).toMatchObject({ inputs: { nodeCount: 5 }, outputs: { nodeCount: 5 } });
    const { changes } = await standIn.diff(refreshed ?? resized, { ...GPU, nodeCount: 3 });
    expect(changes).toEqual([{ path: ["nodeCount"], kind: "update", replace: false }]);
  });

  // mozilla/terraform-modules#464: such a pool was to be replaced by every plan after the first.
  it("are replaced by the next update where the program leaves out local SSDs that GKE uses", async () => {
    const SSDS = ["nodeConfig", "ephemeralStorageLocalSsdConfig"];
    const h100 = (config: object) => ({
      cluster: CLUSTER_NAME,
      nodeLocations: ["europe-west4-b"],
      nodeConfig: { machineType: "a3-highgpu-2g", spot: true, ...config },
    });
    const made = await standIn.create(NODE_POOL, "gpu", h100({}));
    expect(made.outputs.nodeConfig).toMatchObject({
      ephemeralStorageLocalSsdConfig: { localSsdCount: 4 },
    });
    const { changes } = await standIn.diff(made, h100({}));
    expect(changes).toEqual([{ path: SSDS, kind: "delete", replace: true }]);
    expect(await standIn.diff(made, h100({}), [SSDS.join(".")])).toEqual({ changes: [] });

    const said = h100({ ephemeralStorageLocalSsdConfig: { localSsdCount: 4 } });
    const other = await standIn.create(NODE_POOL, "other", said);
    expect(await standIn.diff(other, said)).toEqual({ changes: [] });
  });
});
