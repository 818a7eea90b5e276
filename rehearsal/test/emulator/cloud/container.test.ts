import {
  CLUSTER,
  CLUSTER_NAME,
  CONTAINER,
  makeCluster,
  makeNetwork,
  makeSubnet,
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

describe("clusters", () => {
  const make = async (overrides: object) => {
    await makeNetwork(cloud);
    await makeSubnet(cloud);
    return cloud.run("POST", CLUSTERS, { cluster: { ...CLUSTER, ...overrides } });
  };

  it("run on GKE with what was asked for, and say how they are reached", async () => {
    await makeCluster(cloud);
    expect(cloud.gke.clusters.get(CLUSTER_NAME)).toEqual({
      id: CLUSTER_NAME,
      name: "eu",
      project: PROJECT,
      location: REGION,
      network: `projects/${PROJECT}/global/networks/vpc`,
      version: "1.34.12-gke.1011000",
      hpaProfile: "PERFORMANCE",
      gatewayApiChannel: "CHANNEL_STANDARD",
      managedPrometheus: true,
      nodeCidr: "10.0.0.0/20",
      podCidr: "10.16.0.0/14",
    });
    const { json } = await cloud.call("GET", `${CLUSTERS}/eu`);
    expect(json).toMatchObject({
      name: "eu",
      location: REGION,
      locations: ZONES,
      status: "RUNNING",
      network: "vpc",
      subnetwork: "nodes",
      networkConfig: {
        network: `projects/${PROJECT}/global/networks/vpc`,
        subnetwork: `projects/${PROJECT}/regions/${REGION}/subnetworks/nodes`,
      },
      currentMasterVersion: "1.34.12-gke.1011000",
      endpoint: "127.0.0.1:6443",
      masterAuth: { clusterCaCertificate: "Y2E=" },
      controlPlaneEndpointsConfig: { dnsEndpointConfig: { endpoint: "127.0.0.1:6443" } },
      servicesIpv4Cidr: "10.32.0.0/20",
      ipAllocationPolicy: {
        clusterIpv4CidrBlock: "10.16.0.0/14",
        servicesIpv4CidrBlock: "10.32.0.0/20",
      },
    });
  });

  it("come with a default pool, which can be taken away", async () => {
    await makeCluster(cloud);
    expect(cloud.gke.calls).toEqual(["createCluster eu", "setNodePool default-pool"]);
    await cloud.run("DELETE", `${POOLS}/default-pool`);
    expect(cloud.gke.calls.at(-1)).toBe("deleteNodePool default-pool");
    expect((await cloud.call("GET", POOLS)).json).toEqual({});
  });

  it("go with their node pools", async () => {
    await makeCluster(cloud);
    await cloud.run("DELETE", `${CLUSTERS}/eu`);
    expect(cloud.gke.calls.at(-1)).toBe("deleteCluster eu");
    expect((await cloud.call("GET", `${POOLS}/default-pool`)).status).toBe(404);
  });

  it.each([
    ["c".repeat(41), "Must have at most 40 characters, it has 41."],
    [
      "Eu",
      "Must consist of lower case letters, digits and hyphens, start with a letter and end with " +
        "a letter or a digit.",
    ],
  ])("refuse the name %s", async (name, why) => {
    await expect(make({ name })).rejects.toThrow(
      `400 Invalid value for field "cluster.name": "${name}". ${why}`,
    );
  });

  it("take a name of 40 characters", async () => {
    expect(await make({ name: "c".repeat(40) })).toMatchObject({ status: "RUNNING" });
  });

  it("are made once", async () => {
    await makeCluster(cloud);
    await expect(cloud.run("POST", CLUSTERS, { cluster: CLUSTER })).rejects.toThrow(
      `409 Already exists: ${CLUSTER_NAME}.`,
    );
  });

  it.each([
    ["network", { network: "other" }, `400 Project "${PROJECT}" has no network named "other".`],
    [
      "subnet",
      { subnetwork: "other" },
      `404 Not found: project "${PROJECT}" does not have a subnetwork named "other" in region ` +
        `"${REGION}".`,
    ],
    [
      "subnet in their own region",
      { subnetwork: `projects/${PROJECT}/regions/us-east4/subnetworks/nodes` },
      `404 Not found: project "${PROJECT}" does not have a subnetwork named "nodes" in region ` +
        `"${REGION}".`,
    ],
    [
      "range for pods",
      { ipAllocationPolicy: { clusterSecondaryRangeName: "pod" } },
      `400 Pod secondary range "pod" not found in network ` +
        `"https://www.googleapis.com/compute/v1/projects/` +
        `${PROJECT}/global/networks/vpc", subnetwork "nodes".`,
    ],
    [
      "range for services",
      { ipAllocationPolicy: { servicesSecondaryRangeName: "svc" } },
      `400 Services secondary range "svc" not found in network ` +
        `"https://www.googleapis.com/compute/v1/projects/` +
        `${PROJECT}/global/networks/vpc", subnetwork "nodes".`,
    ],
    [
      "range for services of its own",
      {
        ipAllocationPolicy: {
          clusterSecondaryRangeName: "pods",
          servicesSecondaryRangeName: "pods",
        },
      },
      "400 Pod secondary range name (pods) should not be the same as service secondary range name.",
    ],
    [
      "version that exists",
      {
        initialClusterVersion: "1.34.1-gke.1127000",
        releaseChannel: { channel: "UNSPECIFIED" },
      },
      '400 Master version "1.34.1-gke.1127000" is unsupported.',
    ],
    [
      "version of their channel",
      { initialClusterVersion: "1.37.1-gke.1552000", releaseChannel: { channel: "STABLE" } },
      '400 Master version must be one of "STABLE" channel supported versions ' +
        "[1.34.10-gke.1328000, 1.34.11-gke.1044000, 1.34.11-gke.1056000, 1.35.6-gke.1250000].",
    ],
    [
      "version that their channel still has",
      { initialClusterVersion: "1.34.1-gke.1127000" },
      '400 Master version must be one of "RAPID" channel supported versions ' +
        "[1.34.12-gke.1011000, 1.34.12-gke.1153000, 1.35.8-gke.1796000, 1.35.8-gke.1919000, " +
        "1.36.4-gke.2046000, 1.36.4-gke.2046002, 1.36.4-gke.2202002, 1.36.4-gke.2304000, " +
        "1.36.4-gke.2326000, 1.37.1-gke.1552000].",
    ],
    [
      "version with the prefix",
      { initialClusterVersion: "1.33" },
      '400 No valid versions with the prefix "1.33" found.',
    ],
    [
      "first node",
      { initialNodeCount: 0 },
      "400 Cluster.initial_node_count must be greater than zero.",
    ],
    [
      "zone of their region",
      { locations: ["us-east4-a"] },
      '400 Invalid value for field "locations": "us-east4-a" is not a zone of region ' +
        '"europe-west4", which has europe-west4-a, europe-west4-b, europe-west4-c.',
    ],
    [
      "workload pool of their project",
      { workloadIdentityConfig: { workloadPool: "other.svc.id.goog" } },
      `400 Workload Identity pool "other.svc.id.goog" is not valid: it must be ` +
        `"${PROJECT}.svc.id.goog".`,
    ],
  ])("need a %s", async (_what, overrides, message) => {
    await expect(make(overrides)).rejects.toThrow(message);
    expect(cloud.gke.calls).toEqual([]);
  });

  it("do not run in a proxy-only subnet, nor in that of another network", async () => {
    await makeNetwork(cloud);
    await makeNetwork(cloud, "other");
    await makeSubnet(cloud, { network: "other" });
    await cloud.run("POST", subnetworks(), {
      name: "proxies",
      network: "vpc",
      ipCidrRange: "10.64.0.0/23",
      purpose: "GLOBAL_MANAGED_PROXY",
      role: "ACTIVE",
    });
    const insert = (subnetwork: string) =>
      cloud.run("POST", CLUSTERS, { cluster: { ...CLUSTER, subnetwork } });
    await expect(insert("proxies")).rejects.toThrow(
      `400 Subnetwork "projects/${PROJECT}/regions/${REGION}/subnetworks/proxies" with purpose ` +
        "GLOBAL_MANAGED_PROXY cannot hold the nodes of a cluster.",
    );
    await expect(insert("nodes")).rejects.toThrow(
      `400 Subnetwork "projects/${PROJECT}/regions/${REGION}/subnetworks/nodes" is not valid ` +
        `for Network "vpc".`,
    );
  });

  it.each([
    ["1.35", "RAPID", "1.35.8-gke.1919000"],
    ["1.35", "STABLE", "1.35.6-gke.1250000"],
    ["latest", "RAPID", "1.37.1-gke.1552000"],
    ["-", "RAPID", "1.36.4-gke.2046002"],
    [undefined, "REGULAR", "1.36.4-gke.1391002"],
  ])("take the version %s from channel %s", async (initialClusterVersion, channel, version) => {
    const made = await make({ initialClusterVersion, releaseChannel: { channel } });
    expect(made).toMatchObject({ currentMasterVersion: version });
  });

  it("are upgraded by a minor at most, but not downgraded", async () => {
    await makeCluster(cloud);
    const upgrade = (desiredMasterVersion: string) =>
      cloud.run("PUT", `${CLUSTERS}/eu`, { update: { desiredMasterVersion } });
    await expect(upgrade("1.36")).rejects.toThrow(
      '400 Master cannot be upgraded to "1.36.4-gke.2326000": cannot upgrade the master more than ' +
        "a minor version at a time.",
    );
    await upgrade("1.35.8-gke.1796000");
    expect(cloud.gke.clusters.get(CLUSTER_NAME)?.version).toBe("1.35.8-gke.1796000");
    await expect(upgrade("1.34.12-gke.1153000")).rejects.toThrow(
      '400 Master cannot be upgraded to "1.34.12-gke.1153000": cannot downgrade from ' +
        '"1.35.8-gke.1796000".',
    );
  });

  it("that GKE cannot start are there with status ERROR", async () => {
    await makeNetwork(cloud);
    await makeSubnet(cloud);
    cloud.gke.creation = async () => {
      throw new Error("kube-apiserver of eu ended");
    };
    await expect(cloud.run("POST", CLUSTERS, { cluster: CLUSTER })).rejects.toThrow(
      "500 kube-apiserver of eu ended",
    );
    expect((await cloud.call("GET", `${CLUSTERS}/eu`)).json.status).toBe("ERROR");
    expect((await cloud.call("GET", "/admin/diagnose")).json).toEqual([
      `${CLUSTER_NAME}: ERROR: kube-apiserver of eu ended`,
      "GKE's own line",
    ]);
    expect(await cloud.run("DELETE", `${CLUSTERS}/eu`)).toEqual({});
  });

  it("with a fleet block register themselves, in their region", async () => {
    await makeCluster(cloud, { fleet: { project: PROJECT } });
    const name = `projects/${PROJECT}/locations/${REGION}/memberships/eu`;
    expect((await cloud.call("GET", `${CLUSTERS}/eu`)).json.fleet).toEqual({
      project: PROJECT,
      membership: `//gkehub.googleapis.com/${name}`,
    });
    expect(cloud.gke.view.members(PROJECT)).toEqual([{ membership: name, cluster: CLUSTER_NAME }]);
    await cloud.run("DELETE", `${CLUSTERS}/eu`);
    expect(cloud.gke.view.members(PROJECT)).toEqual([]);
  });
});

it("lists the versions of a location", async () => {
  const { json } = await cloud.call("GET", `${CONTAINER}/serverConfig`);
  expect(json.channels).toContainEqual({
    channel: "REGULAR",
    defaultVersion: "1.36.4-gke.1391002",
    upgradeTargetVersion: "1.36.4-gke.1391002",
    validVersions: [
      "1.36.4-gke.1495002",
      "1.36.4-gke.1391002",
      "1.36.4-gke.1391000",
      "1.36.4-gke.1247000",
      "1.35.8-gke.1626001",
      "1.35.8-gke.1439001",
      "1.35.8-gke.1380001",
      "1.34.11-gke.1209000",
      "1.34.11-gke.1102000",
    ],
  });
});
