import { JsonObject } from "../../../emulator/cloud/json";
import {
  CLUSTER_NAME,
  COMPUTE,
  makeCluster,
  makeNetwork,
  NETWORKS,
  PROJECT,
  REGION,
  SUBNET,
  subnetworks,
  TestCloud,
} from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(["compute", "container"]);
});
afterEach(() => cloud.stop());

const FIREWALLS = `${COMPUTE}/global/firewalls`;
const list = (url: string, query: Record<string, string> = {}) =>
  cloud.run("GET", `${url}?${new URLSearchParams(query).toString()}`);
const namesIn = (items: unknown) => ((items ?? []) as JsonObject[]).map(({ name }) => name);

describe("a list", () => {
  beforeEach(async () => {
    for (const name of ["beta", "alpha", "gamma"]) await makeNetwork(cloud, name);
  });
  const names = async (query: Record<string, string>) =>
    namesIn((await list(NETWORKS, query)).items);

  it("is by name, or the newest first", async () => {
    expect(await names({})).toEqual(["alpha", "beta", "gamma"]);
    expect(await names({ orderBy: "name" })).toEqual(["alpha", "beta", "gamma"]);
    expect(await names({ orderBy: "creationTimestamp desc" })).toEqual(["gamma", "alpha", "beta"]);
    await expect(list(NETWORKS, { orderBy: "mtu" })).rejects.toThrow(
      "400 Invalid value for field 'orderBy': 'mtu'. Invalid order by expression.",
    );
  });

  it("says what it is, and leaves out an empty list", async () => {
    expect(await list(FIREWALLS)).toEqual({
      kind: "compute#firewallList",
      id: `projects/${PROJECT}/global/firewalls`,
      selfLink: `https://www.googleapis.com/compute/v1/projects/${PROJECT}/global/firewalls`,
    });
  });

  it("comes in pages", async () => {
    const first = await list(NETWORKS, { maxResults: "2" });
    expect(namesIn(first.items)).toEqual(["alpha", "beta"]);
    const pageToken = String(first.nextPageToken);
    const second = await list(NETWORKS, { maxResults: "2", pageToken });
    expect(namesIn(second.items)).toEqual(["gamma"]);
    expect(second).not.toHaveProperty("nextPageToken");
  });

  it.each([
    ['name = "beta"', ["beta"]],
    ["name=beta", ["beta"]],
    ["name != beta", ["alpha", "gamma"]],
    ["name:et", ["beta"]],
    ["description:*", []],
    ['name eq "(al|gam).*"', ["alpha", "gamma"]],
    ["(name ne .*a.m.*)", ["alpha", "beta"]],
    ["(mtu = 1460) (name = gamma)", ["gamma"]],
    ["mtu = 1460 AND name = gamma", ["gamma"]],
    [" (autoCreateSubnetworks eq true)", []],
    ["", ["alpha", "beta", "gamma"]],
  ])("with the filter %j has %j", async (filter, expected) => {
    expect(await names({ filter })).toEqual(expected);
  });

  it.each(["name", "name = a OR name = b", "mtu > 1400", 'name eq "("'])(
    "refuses the filter %j",
    async (filter) => {
      await expect(list(NETWORKS, { filter })).rejects.toThrow(
        `400 Invalid value for field 'filter': '${filter}'. Invalid list filter expression.`,
      );
    },
  );
});

describe("a list over all places", () => {
  const nothingIn = (scope: string) => ({
    warning: {
      code: "NO_RESULTS_ON_PAGE",
      message: `There are no results for scope '${scope}' on this page.`,
      data: [{ key: "scope", value: scope }],
    },
  });
  const scopesOf = async (resource: string, query: Record<string, string> = {}) =>
    (await list(`${COMPUTE}/aggregated/${resource}`, query)).items as Record<string, JsonObject>;

  it("has resources below their places, and says where none is", async () => {
    await makeNetwork(cloud);
    await cloud.run("POST", subnetworks(), SUBNET);
    const { [`regions/${REGION}`]: here, ...others } = await scopesOf("subnetworks");
    expect(namesIn(here?.subnetworks)).toEqual(["nodes"]);
    expect(others["regions/us-east4"]).toEqual(nothingIn("regions/us-east4"));
    expect(Object.keys(others).filter((scope) => !scope.startsWith("regions/"))).toEqual([]);
    const { kind } = await list(`${COMPUTE}/aggregated/subnetworks`);
    expect(kind).toBe("compute#subnetworkAggregatedList");
  });

  it("of addresses and routers has those of each region", async () => {
    await makeNetwork(cloud);
    await cloud.run("POST", `${COMPUTE}/regions/${REGION}/addresses`, { name: "egress" });
    const router = { name: "router", network: "vpc" };
    await cloud.run("POST", `${COMPUTE}/regions/us-east4/routers`, router);
    const addresses = await scopesOf("addresses");
    expect(namesIn(addresses[`regions/${REGION}`]?.addresses)).toEqual(["egress"]);
    expect(addresses.global).toEqual(nothingIn("global"));
    const routers = await scopesOf("routers");
    expect(namesIn(routers["regions/us-east4"]?.routers)).toEqual(["router"]);
  });

  it("shows what GKE has made and somebody has to remove", async () => {
    await makeCluster(cloud);
    const gateway = { gateway: "n/gw", cluster: CLUSTER_NAME, programmed: true, backends: [] };
    cloud.gke.balancers = [{ ...gateway, addresses: { [REGION]: "10.0.0.9" } }];
    const rules = await scopesOf("forwardingRules", { filter: "name eq gkemcg1-.*" });
    expect(namesIn(rules.global?.forwardingRules)).toEqual([
      expect.stringMatching(/^gkemcg1-n-gw-.*-europe-west4$/),
    ]);
    const groups = await scopesOf("networkEndpointGroups");
    expect(groups[`zones/${REGION}-a`]).toEqual(nothingIn(`zones/${REGION}-a`));
  });
});

describe("places", () => {
  it("are told one by one, zones with their region", async () => {
    const zone = await cloud.run("GET", `${COMPUTE}/zones/${REGION}-a`);
    expect(zone).toEqual({
      kind: "compute#zone",
      id: expect.any(String),
      name: `${REGION}-a`,
      status: "UP",
      region: `https://www.googleapis.com/compute/v1/projects/${PROJECT}/regions/${REGION}`,
      selfLink: `https://www.googleapis.com/compute/v1/projects/${PROJECT}/zones/${REGION}-a`,
    });
    const region = await cloud.run("GET", `${COMPUTE}/regions/${REGION}`);
    expect(region).toMatchObject({ kind: "compute#region", name: REGION });
    expect(region.zones).toContain(zone.selfLink);
  });

  it("are those that there are", async () => {
    await expect(cloud.run("GET", `${COMPUTE}/zones/us-eats4-a`)).rejects.toThrow(
      `404 The resource 'projects/${PROJECT}/zones/us-eats4-a' was not found`,
    );
    const up = await list(`${COMPUTE}/zones`, { filter: " (status eq UP)" });
    expect(namesIn(up.items)).toContain(`${REGION}-a`);
    const down = await list(`${COMPUTE}/regions`, { filter: "status eq DOWN" });
    expect(down.items).toBeUndefined();
  });
});
