import {
  CLUSTER,
  CONTAINER,
  makeNetwork,
  PROJECT,
  subnetworks,
  TestCloud,
} from "./support/testCloud";

/** A cluster that names no ranges: GKE takes one for its pods. */
const WITHOUT_RANGES = { ...CLUSTER, ipAllocationPolicy: undefined };
const NODES = { name: "nodes", network: "vpc", ipCidrRange: "10.128.0.0/20" };

describe("the range that GKE chooses for a cluster's pods", () => {
  let cloud: TestCloud;
  beforeEach(async () => {
    cloud = await TestCloud.start();
    await makeNetwork(cloud);
    await cloud.run("POST", subnetworks(), NODES);
  });
  afterEach(() => cloud.stop());

  const make = (name: string) =>
    cloud.run("POST", `${CONTAINER}/clusters`, { cluster: { ...WITHOUT_RANGES, name } });
  const rangesOfSubnet = async () =>
    (await cloud.run("GET", `${subnetworks()}/nodes`)).secondaryIpRanges;

  /** Whoever changes a subnet says which state of it was seen. */
  const setRanges = async (secondaryIpRanges: object[]) => {
    const { fingerprint } = await cloud.run("GET", `${subnetworks()}/nodes`);
    await cloud.run("PATCH", `${subnetworks()}/nodes`, { fingerprint, secondaryIpRanges });
  };

  it("is a secondary range of its subnet, and goes with the cluster", async () => {
    await make("eu");
    expect(await rangesOfSubnet()).toEqual([
      { rangeName: expect.stringMatching(/^gke-eu-pods-[0-9a-f]{8}$/), ipCidrRange: "10.0.0.0/14" },
    ]);
    await cloud.run("DELETE", `${CONTAINER}/clusters/eu`);
    expect(await rangesOfSubnet()).toBeUndefined();
  });

  it("is another one for a cluster that is made at the same time", async () => {
    const clusters = await Promise.all([make("eu"), make("eu-2")]);
    expect(clusters.map(({ clusterIpv4Cidr }) => clusterIpv4Cidr)).toEqual([
      "10.0.0.0/14",
      "10.4.0.0/14",
    ]);
  });

  it("keeps a proxy-only subnet from the same addresses", async () => {
    await make("eu");
    const proxies = {
      name: "proxies",
      network: `projects/${PROJECT}/global/networks/vpc`,
      purpose: "GLOBAL_MANAGED_PROXY",
      role: "ACTIVE",
    };
    await expect(
      cloud.run("POST", subnetworks(), { ...proxies, ipCidrRange: "10.0.0.0/23" }),
    ).rejects.toThrow(
      "400 Invalid value for field 'resource.ipCidrRange': '10.0.0.0/23'. Invalid IPCidrRange: " +
        "10.0.0.0/23 conflicts with existing subnetwork 'nodes' in region 'europe-west4'.",
    );
    await cloud.run("POST", subnetworks(), { ...proxies, ipCidrRange: "10.4.0.0/23" });
  });

  it("is none where the cluster names one, which it links to a range of Network Connectivity", async () => {
    const [pods, services] = [
      { rangeName: "pods", ipCidrRange: "10.16.0.0/14" },
      { rangeName: "services", ipCidrRange: "10.32.0.0/20" },
    ];
    const secondaryIpRanges = [pods, services];
    await setRanges(secondaryIpRanges);
    await cloud.run("POST", `${CONTAINER}/clusters`, { cluster: CLUSTER });
    const internalRanges = `projects/${PROJECT}/locations/global/internalRanges`;
    const name = expect.stringMatching(
      `^networkconnectivity.googleapis.com/${internalRanges}/gke-eu-pods-[0-9a-f]{8}$`,
    );
    const linked = [services, { ...pods, reservedInternalRange: name }];
    expect(await rangesOfSubnet()).toEqual(linked);

    // A change that does not speak of the link does not take it away, the end of the cluster does.
    await setRanges(secondaryIpRanges);
    expect(await rangesOfSubnet()).toEqual(linked);
    await cloud.run("DELETE", `${CONTAINER}/clusters/eu`);
    expect(await rangesOfSubnet()).toEqual([services, pods]);
  });
});
