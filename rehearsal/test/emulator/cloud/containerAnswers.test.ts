import { JsonObject } from "../../../emulator/cloud/json";
import {
  CLUSTER,
  CLUSTER_NAME,
  CONTAINER,
  makeCluster,
  makeNetwork,
  makeSubnet,
  PROJECT,
  REGION,
  TestCloud,
} from "./support/testCloud";

const CLUSTERS = `${CONTAINER}/clusters`;
const BETA = CONTAINER.replace("/v1/", "/v1beta1/");
const ANYWHERE = CONTAINER.replace(REGION, "-");

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
});
afterEach(() => cloud.stop());

describe("an operation of GKE", () => {
  const create = (url = CLUSTERS) => cloud.start("POST", url, { cluster: CLUSTER });
  beforeEach(async () => {
    await makeNetwork(cloud);
    await makeSubnet(cloud);
  });
  const numbered = () => `projects/${cloud.gke.view.projectNumber(PROJECT)}/locations/${REGION}`;

  it("says what it does and where it is asked for, until it is done", async () => {
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 100 });
    const begun = await create();
    const { name } = begun;
    expect(begun).toEqual({
      name: expect.stringMatching(/^operation-\d+-[0-9a-f-]{36}$/),
      zone: REGION,
      operationType: "CREATE_CLUSTER",
      status: "RUNNING",
      selfLink: `https://container.googleapis.com/v1/${numbered()}/operations/${String(name)}`,
      targetLink: `https://container.googleapis.com/v1/${numbered()}/clusters/eu`,
      startTime: expect.any(String),
    });
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 0 });
    await cloud.finished(CLUSTERS, begun);
    expect(await cloud.start("GET", `${CONTAINER}/operations/${String(name)}`)).toEqual({
      ...begun,
      status: "DONE",
      endTime: expect.any(String),
    });
  });

  it("links to the version of the API that is called", async () => {
    const { name, selfLink } = await create(`${BETA}/clusters`);
    expect(selfLink).toMatch("https://container.googleapis.com/v1beta1/projects/");
    const stable = await cloud.start("GET", `${CONTAINER}/operations/${String(name)}`);
    expect(stable.targetLink).toMatch("https://container.googleapis.com/v1/projects/");
  });

  it("has the error for which it failed", async () => {
    cloud.gke.creation = async () => {
      throw new Error("kube-apiserver of eu ended");
    };
    const begun = await create();
    await expect(cloud.finished(CLUSTERS, begun)).rejects.toThrow("kube-apiserver of eu ended");
    const ended = await cloud.start("GET", `${CONTAINER}/operations/${String(begun.name)}`);
    expect(ended).toMatchObject({
      status: "DONE",
      error: { code: 13, message: "kube-apiserver of eu ended" },
      statusMessage: "kube-apiserver of eu ended",
    });
  });

  it.each([
    ["POST", "", { nodePool: { name: "a" } }, "CREATE_NODE_POOL"],
    ["PUT", "/default-pool", { locations: [`${REGION}-a`] }, "UPGRADE_NODES"],
    ["POST", "/default-pool:setSize", { nodeCount: 2 }, "SET_NODE_POOL_SIZE"],
    [
      "POST",
      "/default-pool:setManagement",
      { management: { autoRepair: true } },
      "SET_NODE_POOL_MANAGEMENT",
    ],
    ["DELETE", "/default-pool", undefined, "DELETE_NODE_POOL"],
  ])("on node pools by %s%s %j is a %s", async (verb, path, body, operationType) => {
    await cloud.run("POST", CLUSTERS, { cluster: CLUSTER });
    const begun = await cloud.start(verb, `${CLUSTERS}/eu/nodePools${path}`, body);
    expect(begun).toMatchObject({ operationType });
    await cloud.finished(CLUSTERS, begun);
  });

  it("is listed where it is, and everywhere", async () => {
    expect(await cloud.start("GET", `${CONTAINER}/operations`)).toEqual({});
    const { name } = await create();
    for (const place of [CONTAINER, ANYWHERE]) {
      const { operations } = await cloud.start("GET", `${place}/operations`);
      expect(operations).toMatchObject([{ name }]);
    }
    const elsewhere = CONTAINER.replace(REGION, "us-east4");
    expect(await cloud.start("GET", `${elsewhere}/operations`)).toEqual({});
  });

  it("that nobody began is not there", async () => {
    await expect(cloud.start("GET", `${CONTAINER}/operations/operation-1`)).rejects.toThrow(
      `404 Not found: projects/${PROJECT}/locations/${REGION}/operations/operation-1.`,
    );
  });
});

describe("a cluster, as it is answered", () => {
  beforeEach(() => makeCluster(cloud));

  it("links to the version of the API that is called, and so do its pools", async () => {
    const shown = async (url: string) => {
      const { selfLink, nodePools } = await cloud.run("GET", `${url}/clusters/eu`);
      return [selfLink, ...(nodePools as JsonObject[]).map((pool) => pool.selfLink)];
    };
    const links = (version: string) => {
      const cluster = `https://container.googleapis.com/${version}/${CLUSTER_NAME}`;
      return [cluster, `${cluster}/nodePools/default-pool`];
    };
    expect(await shown(CONTAINER)).toEqual(links("v1"));
    expect(await shown(BETA)).toEqual(links("v1beta1"));
  });

  it("has its location as its zone too, by which gcloud names its context", async () => {
    expect(await cloud.start("GET", `${CLUSTERS}/eu`)).toMatchObject({
      location: REGION,
      zone: REGION,
    });
  });

  it("has its pools, and of them what it had when it was one", async () => {
    const url = `${CLUSTERS}/eu/nodePools`;
    await cloud.run("POST", `${url}/default-pool:setSize`, { nodeCount: 2 });
    const pool = await cloud.run("GET", `${url}/default-pool`);
    expect(await cloud.run("GET", `${CLUSTERS}/eu`)).toMatchObject({
      nodePools: [pool],
      nodeConfig: pool.config,
      instanceGroupUrls: pool.instanceGroupUrls,
      currentNodeCount: 6,
      currentNodeVersion: pool.version,
    });
    await cloud.run("DELETE", `${url}/default-pool`);
    const without = await cloud.run("GET", `${CLUSTERS}/eu`);
    for (const field of ["nodePools", "nodeConfig", "instanceGroupUrls", "currentNodeVersion"]) {
      expect(without).not.toHaveProperty(field);
    }
  });

  it("is itself, and was made once", async () => {
    const { id, createTime } = await cloud.run("GET", `${CLUSTERS}/eu`);
    expect(id).toMatch(/^[0-9a-f]{64}$/);
    await cloud.run("POST", `${CLUSTERS}/eu/nodePools/default-pool:setSize`, { nodeCount: 2 });
    expect(await cloud.run("GET", `${CLUSTERS}/eu`)).toMatchObject({ id, createTime });
  });

  it("is listed where it is, and everywhere in its project", async () => {
    for (const place of [CONTAINER, ANYWHERE]) {
      const { clusters } = await cloud.run("GET", `${place}/clusters`);
      expect(clusters).toMatchObject([{ name: "eu" }]);
    }
    const elsewhere = CONTAINER.replace(REGION, "us-east4");
    expect(await cloud.run("GET", `${elsewhere}/clusters`)).toEqual({});
    await cloud.run("POST", ENABLE.replace(PROJECT, "other-project"));
    const other = ANYWHERE.replace(PROJECT, "other-project");
    expect(await cloud.run("GET", `${other}/clusters`)).toEqual({});
  });

  it("is not made with pools of its own yet", async () => {
    const nodePools = [{ name: "a", initialNodeCount: 1 }];
    const cluster = { ...CLUSTER, name: "us", initialNodeCount: undefined, nodePools };
    await expect(cloud.run("POST", CLUSTERS, { cluster })).rejects.toThrow(
      "501 nodePools of a new cluster are not emulated.",
    );
  });
});

const ENABLE = `https://serviceusage.googleapis.com/v1/projects/${PROJECT}/services/container.googleapis.com:enable`;
