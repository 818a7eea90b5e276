import { JsonObject } from "../../../emulator/cloud/json";
import {
  CLUSTER_NAME,
  COMPUTE,
  CONTAINER,
  HUB,
  INGRESS,
  makeCluster,
  makeMembership,
  NETWORKS,
  PROJECT,
  REGION,
  subnetworks,
  TestCloud,
} from "./support/testCloud";

const ZONE = `${REGION}-a`;
const PREFIX = "gke-eu-15b3208b";
const MCSD = `${PREFIX}-mcsd`;
const GATEWAYS = "gkemcg1-l7-vpc-global";
const GROUP = "k8s1-15b3208b-inference-llama-8000-c33b7887";
const POOL = { cluster: CLUSTER_NAME, pool: "inference/llama", ports: [8000] };
const APIS = ["compute", "container", "gkehub", "multiclusteringress", "trafficdirector"];
const GATEWAY = {
  gateway: "inference/gw",
  cluster: CLUSTER_NAME,
  programmed: true,
  addresses: { [REGION]: "10.0.0.9" },
  backends: [{ pool: "inference/llama", exportedBy: [], metrics: [] }],
};

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start([...APIS, "multiclusterservicediscovery"]);
});
afterEach(() => cloud.stop());

const names = async (collection: string) => {
  const { items = [] } = await cloud.run("GET", `${COMPUTE}/${collection}`);
  return (items as JsonObject[]).map(({ name }) => String(name));
};
const rules = () => names("global/firewalls");
const groups = () => names(`zones/${ZONE}/networkEndpointGroups`);
const turn = (knobs: object) => cloud.call("PATCH", "/admin/knobs", knobs);
const enableIngress = () =>
  cloud.run("POST", `${HUB}/features?featureId=multiclusteringress`, INGRESS);
const disableIngress = () => cloud.run("DELETE", `${HUB}/features/multiclusteringress`);
const unregister = () => cloud.run("DELETE", `${HUB}/memberships/eu`);
const deleteCluster = () => cloud.run("DELETE", `${CONTAINER}/clusters/eu`);
const deleteSubnet = () => cloud.run("DELETE", `${subnetworks()}/nodes`);
const deleteNetwork = () => cloud.run("DELETE", `${NETWORKS}/vpc`);
const usedBy = (user: string) =>
  `400 The network resource 'projects/${PROJECT}/global/networks/vpc' is already being used by ` +
  `'projects/${PROJECT}/${user}'`;

/** A fleet of one cluster with the feature, and what a test has it export. */
async function makeFleet(...exported: (typeof POOL)[]): Promise<void> {
  await makeCluster(cloud);
  await makeMembership(cloud);
  await enableIngress();
  cloud.gke.exported = exported;
}

describe("a cluster's own firewall rules", () => {
  it("come and go with it", async () => {
    await makeCluster(cloud);
    expect(await rules()).toEqual(
      ["all", "exkubelet", "inkubelet", "master", "vms"].map((kind) => `${PREFIX}-${kind}`),
    );
    await turn({ leftovers: { stay: true } });
    await deleteCluster();
    expect(await rules()).toEqual([]);
  });

  it("stay while a membership goes", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    await unregister();
    expect(await rules()).toHaveLength(5);
    await deleteCluster();
    expect(await rules()).toEqual([]);
  });
});

describe("the rule of service discovery", () => {
  const ofDiscovery = async () => (await rules()).filter((rule) => rule.endsWith("-mcsd"));

  it("is there for each member, while a multi-cluster feature is on", async () => {
    await makeCluster(cloud);
    await makeMembership(cloud);
    expect(await ofDiscovery()).toEqual([]);
    await enableIngress();
    expect(await ofDiscovery()).toEqual([MCSD]);
    await disableIngress();
    expect(await ofDiscovery()).toEqual([]);
  });

  it("is not there without the API of service discovery", async () => {
    const other = await TestCloud.start(APIS);
    try {
      await makeCluster(other);
      await makeMembership(other);
      await other.run("POST", `${HUB}/features?featureId=multiclusteringress`, INGRESS);
      const { items = [] } = await other.run("GET", `${COMPUTE}/global/firewalls`);
      expect((items as JsonObject[]).filter(({ name }) => name === MCSD)).toEqual([]);
    } finally {
      await other.stop();
    }
  });

  it("is collected minutes after the feature went, and keeps the network until then", async () => {
    await makeFleet();
    await turn({ leftovers: { stay: true } });
    await disableIngress();
    await unregister();
    await deleteCluster();
    await deleteSubnet();
    await expect(deleteNetwork()).rejects.toThrow(usedBy(`global/firewalls/${MCSD}`));
    await turn({ leftovers: { stay: false } });
    expect(await deleteNetwork()).toEqual({});
  });

  it("is collected when its scaled time is over", async () => {
    await makeFleet();
    await turn({ leftovers: { stay: true } });
    await disableIngress();
    await turn({ leftovers: { stay: false }, timeScale: 1000 });
    expect(await ofDiscovery()).toEqual([MCSD]);
    await turn({ timeScale: 0 });
    expect(await ofDiscovery()).toEqual([]);
  });

  it("stays for ever where the cluster is deleted while the feature is on", async () => {
    await makeFleet();
    await deleteCluster();
    await deleteSubnet();
    await disableIngress();
    await unregister();
    await expect(deleteNetwork()).rejects.toThrow(usedBy(`global/firewalls/${MCSD}`));
  });

  it("goes where somebody deletes it", async () => {
    await makeFleet();
    await deleteCluster();
    await cloud.run("DELETE", `${COMPUTE}/global/firewalls/${MCSD}`);
    expect(await rules()).toEqual([]);
  });
});

describe("the network endpoint groups of a pool", () => {
  it("are one for each port and zone, in the cluster's subnet", async () => {
    await makeFleet({ ...POOL, ports: [8000, 8001] });
    expect(await groups()).toHaveLength(2);
    const { json } = await cloud.call(
      "GET",
      `${COMPUTE}/zones/${REGION}-b/networkEndpointGroups/${GROUP}`,
    );
    expect(json).toMatchObject({
      name: GROUP,
      zone: `${REGION}-b`,
      networkEndpointType: "GCE_VM_IP_PORT",
      network: `https://www.googleapis.com/compute/v1/projects/${PROJECT}/global/networks/vpc`,
      subnetwork: `https://www.googleapis.com/compute/v1/projects/${PROJECT}/regions/${REGION}/subnetworks/nodes`,
    });
    expect(json).not.toHaveProperty("managed");
  });

  it.each([
    ["without the feature", disableIngress],
    [
      "of a cluster that is not in the fleet",
      async () => {
        await disableIngress();
        await unregister();
      },
    ],
    [
      "of a pool that went",
      async () => {
        cloud.gke.exported = [];
      },
    ],
  ])("go, late: %s", async (_what, change) => {
    await makeFleet(POOL);
    await groups();
    await turn({ leftovers: { stay: true } });
    await change();
    expect(await groups()).toEqual([GROUP]);
    await turn({ leftovers: { stay: false } });
    expect(await groups()).toEqual([]);
  });

  it("stay for ever where the membership goes before the pool", async () => {
    await makeFleet(POOL);
    await disableIngress();
    await enableIngress();
    const other = `projects/${PROJECT}/locations/global/memberships/other`;
    await cloud.run("PATCH", `${HUB}/features/multiclusteringress?updateMask=spec`, {
      spec: { multiclusteringress: { configMembership: await anotherMember(other) } },
    });
    await unregister();
    cloud.gke.exported = [];
    expect(await groups()).toEqual([GROUP]);
    await deleteCluster();
    await expect(deleteSubnet()).rejects.toThrow(
      `400 The subnetwork resource 'projects/${PROJECT}/regions/${REGION}/subnetworks/nodes' is ` +
        `already being used by 'projects/${PROJECT}/zones/${ZONE}/networkEndpointGroups/${GROUP}'`,
    );
  });

  it("stay for ever where the cluster goes before the pool", async () => {
    await makeFleet(POOL);
    await deleteCluster();
    cloud.gke.exported = [];
    expect(await groups()).toEqual([GROUP]);
  });

  it("go where the pool is gone by what the cluster says, though no controller has seen it", async () => {
    await makeFleet(POOL);
    await groups();
    cloud.gke.exportedNow = [];
    await deleteCluster();
    cloud.gke.exported = [];
    expect(await groups()).toEqual([]);
  });

  /** A second cluster in the fleet, so that the first is not the config cluster. */
  async function anotherMember(name: string): Promise<string> {
    const range = { ipCidrRange: "10.64.0.0/20", secondaryIpRanges: [] };
    await cloud.run("POST", subnetworks(), { name: "other", network: "vpc", ...range });
    const cluster = {
      name: "other",
      initialNodeCount: 1,
      network: `projects/${PROJECT}/global/networks/vpc`,
      subnetwork: `projects/${PROJECT}/regions/${REGION}/subnetworks/other`,
    };
    await cloud.run("POST", `${CONTAINER}/clusters`, { cluster });
    const link = `//container.googleapis.com/${CLUSTER_NAME.replace(/eu$/, "other")}`;
    await cloud.run("POST", `${HUB}/memberships?membershipId=other`, {
      endpoint: { gkeCluster: { resourceLink: link } },
    });
    return name;
  }
});

describe("the load balancer of a Gateway", () => {
  const parts = async () => [
    ...(await names("global/forwardingRules")),
    ...(await names("global/targetHttpProxies")),
    ...(await names("global/urlMaps")),
    ...(await names("global/backendServices")),
    ...(await names("global/healthChecks")),
  ];

  it("is there as long as the Gateway is", async () => {
    await makeFleet();
    cloud.gke.balancers = [GATEWAY];
    const gateway = "gkemcg1-inference-gw-ff7fde1f";
    const pool = "gkemcg1-inference-llama-4b44d275";
    expect(await parts()).toEqual([`${gateway}-${REGION}`, gateway, gateway, pool, pool]);
    await turn({ leftovers: { stay: true } });
    cloud.gke.balancers = [];
    expect(await parts()).toEqual([]);
  });

  it("brings a rule for its network, which goes late", async () => {
    await makeFleet();
    cloud.gke.balancers = [GATEWAY];
    expect(await rules()).toContain(GATEWAYS);
    await turn({ leftovers: { stay: true } });
    cloud.gke.balancers = [];
    expect(await rules()).toContain(GATEWAYS);
    await turn({ leftovers: { stay: false } });
    expect(await rules()).not.toContain(GATEWAYS);
  });

  it("stays for ever where the config cluster goes before it", async () => {
    await makeFleet();
    cloud.gke.balancers = [GATEWAY];
    await deleteCluster();
    cloud.gke.balancers = [];
    expect(await rules()).toEqual([MCSD, GATEWAYS]);
    expect(await parts()).toHaveLength(5);
  });
});

it("is GKE's alone to make", async () => {
  const url = `${COMPUTE}/zones/${ZONE}/networkEndpointGroups`;
  await expect(cloud.run("POST", url, { name: "own" })).rejects.toThrow(
    "501 compute.networkEndpointGroups.insert is not emulated.",
  );
});
