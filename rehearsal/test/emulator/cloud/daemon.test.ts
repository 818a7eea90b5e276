import * as fs from "node:fs";
import * as path from "node:path";

import { startCloud } from "../../../emulator/cloud/daemon";
import { FakeGke } from "./support/fakeGke";
import {
  CLUSTER,
  CLUSTER_NAME,
  COMPUTE,
  CONTAINER,
  makeCluster,
  makeMembership,
  makeNetwork,
  makeSubnet,
  NETWORKS,
  PROJECT,
  TestCloud,
} from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
});
afterEach(() => cloud.stop());

const CLUSTERS = `${CONTAINER}/clusters`;

describe("a daemon that is started again", () => {
  it("has everything, and GKE's processes at the address that they got", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    const before = await cloud.run("GET", "/admin/resources");
    await cloud.restart((gke) => (gke.resumedAddress = "127.0.0.1:7443"));
    expect(await cloud.run("GET", "/admin/resources")).toEqual(before);
    expect(cloud.gke.calls).toEqual(["resume eu default-pool"]);
    expect(await cloud.run("GET", `${CLUSTERS}/eu`)).toMatchObject({
      endpoint: "127.0.0.1:7443",
      controlPlaneEndpointsConfig: { dnsEndpointConfig: { endpoint: "127.0.0.1:7443" } },
    });
    expect(cloud.gke.view.members(PROJECT)).toHaveLength(1);
  });

  it("finishes what was under way", async () => {
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 100 });
    const { json } = await cloud.call("POST", NETWORKS, { name: "vpc" });
    expect(json.status).toBe("RUNNING");
    await cloud.restart();
    const operation = `${COMPUTE}/global/operations/${String(json.name)}`;
    expect((await cloud.call("GET", operation)).json.status).toBe("RUNNING");
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 0 });
    expect(await cloud.finished(NETWORKS, json)).toMatchObject({ name: "vpc" });
    await makeSubnet(cloud);
  });

  it(
    "makes a cluster anew whose creation was cut off, and lets go of one whose deletion " + "was",
    async () => {
      await makeNetwork(cloud);
      await makeSubnet(cloud);
      await cloud.run("POST", CLUSTERS, { cluster: { ...CLUSTER, name: "old" } });
      cloud.gke.creation = () => new Promise(() => undefined);
      const creation = await cloud.call("POST", CLUSTERS, { cluster: CLUSTER });
      await cloud.call("PATCH", "/admin/knobs", { timeScale: 100 });
      const deletion = await cloud.call("DELETE", `${CLUSTERS}/old`);
      await cloud.restart();
      await cloud.call("PATCH", "/admin/knobs", { timeScale: 0 });
      await cloud.finished(CLUSTERS, creation.json);
      await cloud.finished(CLUSTERS, deletion.json);
      expect(cloud.gke.calls.filter((call) => !call.startsWith("setNodePool"))).toEqual([
        "deleteCluster eu",
        "createCluster eu",
        "deleteCluster old",
      ]);
      expect([...cloud.gke.clusters.keys()]).toEqual([CLUSTER_NAME]);
      expect((await cloud.call("GET", `${CLUSTERS}/old`)).status).toBe(404);
    },
  );

  it("keeps its knobs, its token and, after a kill, its address", async () => {
    await cloud.call("PATCH", "/admin/knobs", { flake: { seed: 42 } });
    const [token, { url }] = [await cloud.run("GET", "/token"), cloud];
    await cloud.restartAfterKill();
    expect(cloud.url).toBe(url);
    expect(await cloud.run("GET", "/admin/knobs")).toMatchObject({ flake: { seed: 42 } });
    expect((await cloud.run("GET", "/token")).accessToken).toBe(token.accessToken);
  });

  it("does not start beside another one", async () => {
    const config = {
      stateDir: cloud.stateDir,
      binaries: { etcd: "", kubeApiserver: "", kubeControllerManager: "", kubeScheduler: "" },
      crds: { gatewayApi: {}, inferencePool: {} },
      discovery: process.env.DISCOVERY_DOCUMENTS ?? "",
      timeScale: 0,
      followParent: false,
    };
    await expect(startCloud(config, async (_c, view) => new FakeGke(view))).rejects.toThrow(
      `${cloud.stateDir}: another daemon (pid ${process.pid}) serves it at ${cloud.url}`,
    );
  });

  it("refuses a state that is none", async () => {
    await cloud.shutDown();
    const file = path.join(cloud.stateDir, "cloud.json");
    fs.writeFileSync(file, "{");
    await expect(cloud.restart()).rejects.toThrow(
      `${file}: not the state of an emulated cloud; remove it to start an empty one`,
    );
  });
});

describe("the admin API", () => {
  it("lists what destroy should have removed, and not what outlives it", async () => {
    expect(await cloud.run("GET", "/admin/resources")).toEqual([]);
    await makeCluster(cloud);
    await cloud.run("DELETE", `${CLUSTERS}/eu/nodePools/default-pool`);
    const members = ["user:a@example.com"];
    await cloud.run(
      "POST",
      `https://cloudresourcemanager.googleapis.com/v1/projects/${PROJECT}:setIamPolicy`,
      {
        policy: { bindings: [{ role: "roles/viewer", members }] },
      },
    );
    expect(await cloud.run("GET", "/admin/resources")).toEqual([
      {
        service: "compute.googleapis.com",
        type: "Network",
        name: `projects/${PROJECT}/global/networks/vpc`,
      },
      {
        service: "compute.googleapis.com",
        type: "Subnetwork",
        name: `projects/${PROJECT}/regions/europe-west4/subnetworks/nodes`,
      },
      { service: "container.googleapis.com", type: "Cluster", name: CLUSTER_NAME },
      ...["all", "vms", "master", "inkubelet", "exkubelet"].map((kind) => ({
        service: "compute.googleapis.com",
        type: "Firewall",
        name: `projects/${PROJECT}/global/firewalls/gke-eu-15b3208b-${kind}`,
      })),
      {
        service: "cloudresourcemanager.googleapis.com",
        type: "IamBinding",
        name: `projects/${PROJECT} roles/viewer user:a@example.com`,
      },
    ]);
  });

  it("tells of clusters, load balancers and calls", async () => {
    await makeCluster(cloud);
    const pids = { kubeApiserver: 1, kubeControllerManager: 2, kubeScheduler: 3 };
    expect(await cloud.run("GET", "/admin/clusters")).toEqual([
      { id: CLUSTER_NAME, address: "127.0.0.1:6443", pids },
    ]);
    const balancer = {
      gateway: "default/gw",
      cluster: CLUSTER_NAME,
      programmed: true,
      addresses: {},
      backends: [],
    };
    cloud.gke.balancers = [balancer];
    expect(await cloud.run("GET", "/admin/loadBalancers")).toEqual([balancer]);
    const { byService: before } = await cloud.run("GET", "/admin/calls");
    await cloud.run("GET", NETWORKS);
    const { byService: after } = await cloud.run("GET", "/admin/calls");
    const { compute, ...others } = before as Record<string, number>;
    expect(others).toMatchObject({ container: expect.any(Number) });
    expect(after).toEqual({ ...others, compute: Number(compute) + 1 });
  });

  it("says what multi-cluster Gateways lack in the config cluster", async () => {
    await makeCluster(cloud, {
      workloadIdentityConfig: undefined,
      addonsConfig: { httpLoadBalancing: { disabled: true } },
    });
    const balancer = { gateway: "default/gw", cluster: CLUSTER_NAME, programmed: true };
    cloud.gke.balancers = [{ ...balancer, addresses: {}, backends: [] }];
    expect(await cloud.run("GET", "/admin/diagnose")).toEqual([
      `Gateway default/gw: config cluster ${CLUSTER_NAME} has no Workload Identity`,
      `Gateway default/gw: config cluster ${CLUSTER_NAME} has its HttpLoadBalancing add-on off`,
      "GKE's own line",
    ]);
  });

  it("stops the daemon, and GKE with it", async () => {
    const { gke } = cloud;
    await cloud.shutDown();
    expect(fs.existsSync(path.join(cloud.stateDir, "daemon.json"))).toBe(false);
    expect(gke.calls).toEqual(["stop"]);
    await expect(fetch(cloud.url)).rejects.toThrow("fetch failed");
  });
});

it("answers paths that no method of Google's has, and methods that it does not emulate", async () => {
  await expect(cloud.run("GET", `${COMPUTE}/global/gizmos`)).rejects.toThrow(
    "404 Method not found.",
  );
  await expect(cloud.run("GET", `${COMPUTE}/global/images`)).rejects.toThrow(
    "501 compute.images.list is not emulated.",
  );
});

it("answers paths of its own API that it does not have", async () => {
  await expect(cloud.run("GET", "/admin/gizmos")).rejects.toThrow(
    "404 /admin/gizmos is not a path of the emulated cloud.",
  );
});
