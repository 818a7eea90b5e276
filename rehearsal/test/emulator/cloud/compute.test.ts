import {
  COMPUTE,
  CLUSTER_NAME,
  makeCluster,
  makeNetwork,
  makeSubnet,
  NETWORKS,
  PROJECT,
  REGION,
  SUBNET,
  subnetworks,
  TestCloud,
} from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
});
afterEach(() => cloud.stop());

const NETWORK = `projects/${PROJECT}/global/networks/vpc`;
const NODES = `projects/${PROJECT}/regions/${REGION}/subnetworks/nodes`;
const PROXIES = {
  name: "proxies",
  network: "vpc",
  ipCidrRange: "10.64.0.0/23",
  purpose: "GLOBAL_MANAGED_PROXY",
  role: "ACTIVE",
};

describe("networks", () => {
  it("are made with the fields that the server fills in", async () => {
    await makeNetwork(cloud);
    const { json } = await cloud.call("GET", `${NETWORKS}/vpc`);
    expect(json).toEqual({
      kind: "compute#network",
      name: "vpc",
      autoCreateSubnetworks: false,
      mtu: 1460,
      routingConfig: { routingMode: "REGIONAL", bgpBestPathSelectionMode: "LEGACY" },
      networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
      selfLink: `https://www.googleapis.com/compute/v1/${NETWORK}`,
      id: expect.stringMatching(/^\d+$/),
      creationTimestamp: expect.any(String),
    });
  });

  it.each([["Vpc"], ["vpc-"], ["1vpc"], ["v".repeat(64)], [""]])(
    "refuse the name %p",
    async (name) => {
      await expect(cloud.run("POST", NETWORKS, { name })).rejects.toThrow(
        `400 Invalid value for field 'resource.name': '${name}'. ` +
          "Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)'",
      );
    },
  );

  it("take a name of 63 characters", async () => {
    const name = "v".repeat(63);
    expect(await cloud.run("POST", NETWORKS, { name })).toMatchObject({ name });
  });

  it("are made once", async () => {
    await makeNetwork(cloud);
    await expect(makeNetwork(cloud)).rejects.toThrow(
      `409 The resource '${NETWORK}' already exists`,
    );
  });

  it("in auto mode have a subnet in every region, which goes with them", async () => {
    await cloud.run("POST", NETWORKS, { name: "auto", autoCreateSubnetworks: true });
    const subnet = `${subnetworks("us-east4")}/auto`;
    expect((await cloud.call("GET", subnet)).json.ipCidrRange).toMatch(/^10\.1\d\d\.\d+\.0\/20$/);
    await expect(
      cloud.run("POST", subnetworks(), {
        ...SUBNET,
        network: "auto",
        ipCidrRange: "10.200.0.0/16",
      }),
    ).rejects.toThrow(
      "400 Invalid value for field 'resource.ipCidrRange': '10.200.0.0/16'. " +
        "Extended subnetworks in auto subnet mode networks cannot overlap with 10.128.0.0/9",
    );
    await cloud.run("DELETE", `${NETWORKS}/auto`);
    expect((await cloud.call("GET", subnet)).status).toBe(404);
  });

  it.each([
    ["a subnet", () => makeSubnet(cloud), NODES],
    [
      "a firewall",
      () => cloud.run("POST", `${COMPUTE}/global/firewalls`, { name: "allow", network: "vpc" }),
      `projects/${PROJECT}/global/firewalls/allow`,
    ],
    [
      "a router",
      () =>
        cloud.run("POST", `${COMPUTE}/regions/${REGION}/routers`, { name: "r", network: "vpc" }),
      `projects/${PROJECT}/regions/${REGION}/routers/r`,
    ],
  ])("stay as long as %s is in them", async (_what, make, user) => {
    await makeNetwork(cloud);
    await make();
    await expect(cloud.run("DELETE", `${NETWORKS}/vpc`)).rejects.toThrow(
      `400 The network resource '${NETWORK}' is already being used by '${user}'`,
    );
    await cloud.run("DELETE", `https://compute.googleapis.com/compute/v1/${user}`);
    await cloud.run("DELETE", `${NETWORKS}/vpc`);
    expect((await cloud.call("GET", `${NETWORKS}/vpc`)).status).toBe(404);
  });
});

describe("subnetworks", () => {
  beforeEach(() => makeNetwork(cloud));

  it("need their network", async () => {
    await expect(makeSubnet(cloud, { network: "other" })).rejects.toThrow(
      `404 The resource 'projects/${PROJECT}/global/networks/other' was not found`,
    );
  });

  it("need a region that exists", async () => {
    await expect(cloud.run("POST", subnetworks("us-eats4"), SUBNET)).rejects.toThrow(
      "400 Invalid value for field 'resource.region': 'us-eats4'. Unknown region.",
    );
  });

  it("show what the server fills in, with references as URLs", async () => {
    await makeSubnet(cloud);
    expect((await cloud.call("GET", `${subnetworks()}/nodes`)).json).toMatchObject({
      network: `https://www.googleapis.com/compute/v1/${NETWORK}`,
      region: `https://www.googleapis.com/compute/v1/projects/${PROJECT}/regions/${REGION}`,
      gatewayAddress: "10.0.0.1",
      purpose: "PRIVATE",
      stackType: "IPV4_ONLY",
      privateIpGoogleAccess: false,
    });
  });

  it.each([
    ["primary and primary", { ipCidrRange: "10.0.8.0/22" }, "ipCidrRange", "10.0.8.0/22"],
    ["primary and secondary", { ipCidrRange: "10.17.0.0/24" }, "ipCidrRange", "10.17.0.0/24"],
    [
      "secondary and secondary",
      {
        ipCidrRange: "10.80.0.0/24",
        secondaryIpRanges: [{ rangeName: "pods", ipCidrRange: "10.32.8.0/21" }],
      },
      "secondaryIpRanges[0].ipCidrRange",
      "10.32.8.0/21",
    ],
    [
      "proxies and pods",
      { ...PROXIES, ipCidrRange: "10.18.0.0/23" },
      "ipCidrRange",
      "10.18.0.0/23",
    ],
  ])("do not overlap: %s", async (_what, overrides, field, range) => {
    await makeSubnet(cloud);
    const second = { ...SUBNET, secondaryIpRanges: [], ...overrides, name: "second" };
    await expect(cloud.run("POST", subnetworks("us-east4"), second)).rejects.toThrow(
      `400 Invalid value for field 'resource.${field}': '${range}'. Invalid IPCidrRange: ` +
        `${range} conflicts with existing subnetwork 'nodes' in region '${REGION}'.`,
    );
  });

  it("may use the same range in another network", async () => {
    await makeSubnet(cloud);
    await makeNetwork(cloud, "other");
    await makeSubnet(cloud, { name: "second", network: "other" });
    expect((await cloud.call("GET", `${subnetworks()}/second`)).status).toBe(200);
  });

  it("do not overlap themselves", async () => {
    const secondaryIpRanges = [{ rangeName: "pods", ipCidrRange: "10.0.4.0/24" }];
    await expect(makeSubnet(cloud, { secondaryIpRanges })).rejects.toThrow(
      "400 Invalid value for field 'resource.secondaryIpRanges[0].ipCidrRange': '10.0.4.0/24'. " +
        "Invalid IPCidrRange: 10.0.4.0/24 conflicts with existing subnetwork 'nodes' in region " +
        `'${REGION}'.`,
    );
  });

  it.each(["10.0.0.0", "10.0.0.1/24", "10.0.0.0/33", "300.0.0.0/8"])(
    "refuse the range %s",
    async (r) => {
      await expect(makeSubnet(cloud, { ipCidrRange: r })).rejects.toThrow(
        `400 Invalid value for field 'resource.ipCidrRange': '${r}'. Must be a CIDR address range.`,
      );
    },
  );

  it("grow in place but do not move", async () => {
    await makeSubnet(cloud);
    const patch = (ipCidrRange: string) =>
      cloud.run("POST", `${subnetworks()}/nodes/expandIpCidrRange`, { ipCidrRange });
    expect(await patch("10.0.0.0/19")).toMatchObject({ ipCidrRange: "10.0.0.0/19" });
    await expect(patch("10.0.0.0/20")).rejects.toThrow(
      "400 Invalid value for field 'resource.ipCidrRange': '10.0.0.0/20'. " +
        "New range must contain the existing range 10.0.0.0/19.",
    );
  });

  it("stay as long as a cluster is in them", async () => {
    await cloud.run("DELETE", `${NETWORKS}/vpc`);
    await makeCluster(cloud);
    await expect(cloud.run("DELETE", `${subnetworks()}/nodes`)).rejects.toThrow(
      `400 The subnetwork resource '${NODES}' is already being used by '${CLUSTER_NAME}'`,
    );
  });

  it("stay as long as a Gateway has its address in them", async () => {
    await cloud.run("DELETE", `${NETWORKS}/vpc`);
    await makeCluster(cloud);
    await makeSubnet(cloud, { name: "other", ipCidrRange: "10.8.0.0/20", secondaryIpRanges: [] });
    const balancer = { gateway: "n/gw", cluster: CLUSTER_NAME, programmed: true, backends: [] };
    cloud.gke.balancers = [{ ...balancer, addresses: { [REGION]: "10.8.15.253" } }];
    await expect(cloud.run("DELETE", `${subnetworks()}/other`)).rejects.toThrow(
      "400 The subnetwork resource " +
        `'projects/${PROJECT}/regions/${REGION}/subnetworks/other' is already being used by ` +
        `'projects/${PROJECT}/global/forwardingRules/gkemcg1-n-gw-adde895a-${REGION}'`,
    );
    cloud.gke.balancers = [{ ...balancer, addresses: { [REGION]: "10.8.16.253" } }];
    expect(await cloud.run("DELETE", `${subnetworks()}/other`)).toEqual({});
  });

  describe("for proxies only", () => {
    const make = (overrides: object = {}) =>
      cloud.run("POST", subnetworks(), { ...PROXIES, ...overrides });

    it("are one for each region of a network, whichever purpose they have", async () => {
      await make();
      const second = {
        name: "second",
        ipCidrRange: "10.65.0.0/23",
        purpose: "REGIONAL_MANAGED_PROXY",
      };
      await expect(make(second)).rejects.toThrow(
        "400 Invalid value for field 'resource.role': 'ACTIVE'. An active proxy-only " +
          "subnetwork 'proxies' with purpose GLOBAL_MANAGED_PROXY already exists in region " +
          `'${REGION}' of the network.`,
      );
      expect(await make({ ...second, role: "BACKUP" })).toMatchObject({ role: "BACKUP" });
    });

    it("may be one in each region", async () => {
      await make();
      const second = { ...PROXIES, ipCidrRange: "10.65.0.0/23" };
      await cloud.run("POST", subnetworks("us-east4"), second);
      expect(cloud.gke.view.globalProxySubnets(NETWORK)).toEqual([
        { name: "proxies", region: REGION, cidr: "10.64.0.0/23" },
        { name: "proxies", region: "us-east4", cidr: "10.65.0.0/23" },
      ]);
    });

    it("have 64 addresses or more", async () => {
      await expect(make({ ipCidrRange: "10.64.0.0/27" })).rejects.toThrow(
        "400 Invalid value for field 'resource.ipCidrRange': '10.64.0.0/27'. " +
          "Subnetwork with purpose GLOBAL_MANAGED_PROXY must have a range of /26 or larger.",
      );
      expect(await make({ ipCidrRange: "10.64.0.0/26" })).toMatchObject({ role: "ACTIVE" });
    });

    it("have a role", async () => {
      await expect(make({ role: undefined })).rejects.toThrow(
        "400 Invalid value for field 'resource.role': 'UNSPECIFIED_ROLE'. " +
          "Subnetwork role must be specified when purpose set to GLOBAL_MANAGED_PROXY.",
      );
    });

    it("have no secondary ranges", async () => {
      const secondaryIpRanges = [{ rangeName: "pods", ipCidrRange: "10.16.0.0/14" }];
      await expect(make({ secondaryIpRanges })).rejects.toThrow(
        "400 Invalid value for field 'resource.secondaryIpRanges': " +
          `'${JSON.stringify(secondaryIpRanges)}'. Invalid field set in subnetwork with purpose ` +
          "GLOBAL_MANAGED_PROXY.",
      );
    });

    it("stay as long as a Gateway has its proxies in them", async () => {
      await makeSubnet(cloud);
      await cloud.run("DELETE", `${subnetworks()}/nodes`);
      await cloud.run("DELETE", `${NETWORKS}/vpc`);
      await makeCluster(cloud);
      await make();
      const balancer = {
        gateway: "default/gw",
        cluster: CLUSTER_NAME,
        programmed: true,
        backends: [],
      };
      cloud.gke.balancers = [{ ...balancer, addresses: { [REGION]: "10.0.0.9" } }];
      await expect(cloud.run("DELETE", `${subnetworks()}/proxies`)).rejects.toThrow(
        "400 The subnetwork resource " +
          `'projects/${PROJECT}/regions/${REGION}/subnetworks/proxies' is already being used by ` +
          `'projects/${PROJECT}/global/forwardingRules/gkemcg1-default-gw-3d45476e-${REGION}'`,
      );
      cloud.gke.balancers = [{ ...balancer, addresses: { "us-east4": "10.1.0.9" } }];
      expect(await cloud.run("DELETE", `${subnetworks()}/proxies`)).toEqual({});
    });
  });
});

describe("routers", () => {
  const ROUTERS = `${COMPUTE}/regions/${REGION}/routers`;
  const NAT = { name: "nat", sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES" };
  beforeEach(async () => {
    await makeNetwork(cloud);
    await cloud.run("POST", ROUTERS, { name: "router", network: "vpc" });
  });

  it("stay as long as they carry a NAT gateway", async () => {
    await cloud.run("PATCH", `${ROUTERS}/router`, { nats: [NAT] });
    const router = `projects/${PROJECT}/regions/${REGION}/routers/router`;
    await expect(cloud.run("DELETE", `${ROUTERS}/router`)).rejects.toThrow(
      `400 The router resource '${router}' is already being used by '${router}/nats/nat'`,
    );
    await cloud.run("PATCH", `${ROUTERS}/router`, { nats: [] });
    expect(await cloud.run("DELETE", `${ROUTERS}/router`)).toEqual({});
  });

  it("leave a second gateway nothing where the first serves all subnets", async () => {
    await cloud.run("PATCH", `${ROUTERS}/router`, { nats: [NAT] });
    await cloud.run("POST", ROUTERS, { name: "second", network: "vpc" });
    await expect(
      cloud.run("PATCH", `${ROUTERS}/second`, { nats: [{ ...NAT, name: "late" }] }),
    ).rejects.toThrow(
      "400 Invalid value for field 'resource.nats': NAT 'nat' of router 'router' already " +
        `serves all subnetworks of the network in region '${REGION}'; 'late' of router 'second' ` +
        "cannot serve them too.",
    );
  });

  it("keep the addresses that their gateways use", async () => {
    const addresses = `${COMPUTE}/regions/${REGION}/addresses`;
    const made = await cloud.run("POST", addresses, { name: "egress" });
    expect(made).toMatchObject({ address: "203.0.113.2", addressType: "EXTERNAL" });
    expect(made).not.toHaveProperty("users");
    const natIps = [String(made.selfLink)];
    const manual = { ...NAT, natIpAllocateOption: "MANUAL_ONLY" };
    await expect(cloud.run("PATCH", `${ROUTERS}/router`, { nats: [manual] })).rejects.toThrow(
      "400 Invalid value for field 'resource.nats[0].natIps': '[]'. " +
        "At least one NAT IP must be given when natIpAllocateOption is MANUAL_ONLY.",
    );
    await cloud.run("PATCH", `${ROUTERS}/router`, { nats: [{ ...manual, natIps }] });
    await expect(cloud.run("DELETE", `${addresses}/egress`)).rejects.toThrow(
      `400 The address resource 'projects/${PROJECT}/regions/${REGION}/addresses/egress' is ` +
        `already being used by 'projects/${PROJECT}/regions/${REGION}/routers/router'`,
    );
  });
});

it("firewalls refuse what is no range", async () => {
  await makeNetwork(cloud);
  const firewall = { name: "allow", network: "vpc", sourceRanges: ["10.0.0.0/8", "10.0.0"] };
  await expect(cloud.run("POST", `${COMPUTE}/global/firewalls`, firewall)).rejects.toThrow(
    "400 Invalid value for field 'resource.sourceRanges': '10.0.0'. Must be a valid CIDR " +
      "address range.",
  );
});
