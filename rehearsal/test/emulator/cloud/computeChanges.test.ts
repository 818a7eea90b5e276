import { JsonObject } from "../../../emulator/cloud/json";
import {
  COMPUTE,
  makeNetwork,
  makeSubnet,
  PROJECT,
  REGION,
  SUBNET,
  subnetworks,
  TestCloud,
} from "./support/testCloud";

const NODES = `${subnetworks()}/nodes`;
const ROUTERS = `${COMPUTE}/regions/${REGION}/routers`;
const ROUTER = `${ROUTERS}/router`;
const FIREWALLS = `${COMPUTE}/global/firewalls`;

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(["compute"]);
  await makeNetwork(cloud);
});
afterEach(() => cloud.stop());

describe("a subnet's patch", () => {
  beforeEach(() => makeSubnet(cloud));
  const fingerprint = async () => (await cloud.run("GET", NODES)).fingerprint;
  const STALE = "Supplied fingerprint does not match current metadata fingerprint.";

  it("says which state it was made from, which is another after it", async () => {
    const seen = await fingerprint();
    await cloud.run("PATCH", NODES, { fingerprint: seen, stackType: "IPV4_IPV6" });
    const late = { fingerprint: seen, stackType: "IPV4_ONLY" };
    expect(await cloud.call("PATCH", NODES, late)).toEqual({
      status: 412,
      json: {
        error: {
          code: 412,
          message: STALE,
          errors: [{ message: STALE, domain: "global", reason: "conditionNotMet" }],
        },
      },
    });
    await cloud.run("PATCH", NODES, { ...late, fingerprint: await fingerprint() });
    expect(await cloud.run("GET", NODES)).toMatchObject({ stackType: "IPV4_ONLY" });
  });

  it("is refused without one", async () => {
    await expect(cloud.run("PATCH", NODES, { stackType: "IPV4_IPV6" })).rejects.toThrow(
      `412 ${STALE}`,
    );
  });

  it("replaces the secondary ranges, and takes them away by null", async () => {
    const pods = SUBNET.secondaryIpRanges.slice(0, 1);
    const patch = async (secondaryIpRanges: object[] | null) =>
      cloud.run("PATCH", NODES, { fingerprint: await fingerprint(), secondaryIpRanges });
    expect((await patch(pods)).secondaryIpRanges).toEqual(pods);
    expect(await patch(null)).not.toHaveProperty("secondaryIpRanges");
  });

  it("leaves the primary range to its own method", async () => {
    const patch = { fingerprint: await fingerprint(), ipCidrRange: "10.0.0.0/19" };
    await expect(cloud.run("PATCH", NODES, patch)).rejects.toThrow(
      "400 Invalid value for field 'resource.ipCidrRange': '10.0.0.0/19'. It is changed by " +
        "expandIpCidrRange only.",
    );
    const same = { ...patch, ipCidrRange: SUBNET.ipCidrRange };
    expect(await cloud.run("PATCH", NODES, same)).toMatchObject({ ipCidrRange: "10.0.0.0/20" });
  });

  it("of access to Google's APIs is a method too, where what is left out is false", async () => {
    const set = (body: object) => cloud.run("POST", `${NODES}/setPrivateIpGoogleAccess`, body);
    const on = { privateIpGoogleAccess: true };
    expect(await set(on)).toMatchObject(on);
    expect(await set({})).toMatchObject({ privateIpGoogleAccess: false });
  });
});

it("what is null when it is made is not there", async () => {
  const subnet = { ...SUBNET, purpose: "GLOBAL_MANAGED_PROXY", role: "ACTIVE", logConfig: null };
  await cloud.run("POST", subnetworks(), { ...subnet, secondaryIpRanges: null });
  expect(await cloud.run("GET", NODES)).not.toHaveProperty("logConfig");
});

describe("a router", () => {
  /** As the provider sends one. */
  const nat = (name: string) => ({
    name,
    drainNatIps: [],
    initialNatIps: [],
    logConfig: null,
    natIpAllocateOption: "AUTO_ONLY",
    natIps: [],
    rules: [],
    sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
    subnetworks: [],
    type: "PUBLIC",
  });
  const natsNow = async () => (await cloud.run("GET", ROUTER)).nats as JsonObject[] | undefined;
  beforeEach(async () => {
    const region = `projects/${PROJECT}/global/regions/${REGION}`;
    const router = { name: "router", network: "vpc", bgp: null, description: "ours", region };
    await cloud.run("POST", ROUTERS, router);
  });

  it("shows its NAT without what was empty", async () => {
    await cloud.run("PATCH", ROUTER, { nats: [nat("nat")] });
    expect(await natsNow()).toEqual([
      {
        name: "nat",
        autoNetworkTier: "PREMIUM",
        effectiveTcpTimeWaitTimeoutSec: 120,
        endpointTypes: ["ENDPOINT_TYPE_VM"],
        natIpAllocateOption: "AUTO_ONLY",
        sourceSubnetworkIpRangesToNat: "LIST_OF_SUBNETWORKS",
        type: "PUBLIC",
      },
    ]);
  });

  it("has the NATs of its last patch that spoke of them", async () => {
    const names = async () => (await natsNow())?.map(({ name }) => name);
    await cloud.run("PATCH", ROUTER, { nats: [nat("first")] });
    await cloud.run("PATCH", ROUTER, { nats: [...((await natsNow()) ?? []), nat("second")] });
    expect(await names()).toEqual(["first", "second"]);
    await cloud.run("PATCH", ROUTER, { description: "theirs" });
    expect(await names()).toEqual(["first", "second"]);
    await cloud.run("PATCH", ROUTER, { nats: [] });
    expect(await names()).toBeUndefined();
  });

  it("has after an update what that says, and no more", async () => {
    await cloud.run("PATCH", ROUTER, { nats: [nat("nat")] });
    const before = await cloud.run("GET", ROUTER);
    await cloud.run("PUT", ROUTER, { name: "router", bgp: { asn: 64512 } });
    const { id, creationTimestamp, name, network, region, selfLink, kind } = before;
    expect(await cloud.run("GET", ROUTER)).toEqual({
      ...{ id, creationTimestamp, name, network, region, selfLink, kind },
      bgp: { asn: 64512 },
    });
  });
});

describe("a firewall rule", () => {
  const RULE = `${FIREWALLS}/rule`;
  const allowed = [{ IPProtocol: "tcp", ports: ["80"] }];
  const sourceRanges = ["10.0.0.0/8"];
  beforeEach(async () => {
    const logConfig = { enable: true, metadata: "INCLUDE_ALL_METADATA" };
    const rule = { name: "rule", network: "vpc", allowed, sourceRanges, priority: 900, logConfig };
    await cloud.run("POST", FIREWALLS, rule);
  });

  it("keeps what a patch does not name", async () => {
    await cloud.run("PATCH", RULE, { priority: 800 });
    expect(await cloud.run("GET", RULE)).toMatchObject({ priority: 800, allowed, sourceRanges });
  });

  it("loses by an update what that does not name", async () => {
    const before = await cloud.run("GET", RULE);
    await cloud.run("PUT", RULE, { name: "rule", allowed, logConfig: { enable: false } });
    const { id, creationTimestamp, selfLink, kind, network } = before;
    expect(await cloud.run("GET", RULE)).toEqual({
      ...{ id, creationTimestamp, selfLink, kind, network, name: "rule", allowed },
      direction: "INGRESS",
      disabled: false,
      logConfig: { enable: false },
      priority: 1000,
    });
  });
});

it("labels of an address are set from the state that was seen", async () => {
  const addresses = `${COMPUTE}/regions/${REGION}/addresses`;
  const made = await cloud.run("POST", addresses, { name: "egress" });
  const set = (labelFingerprint: unknown, labels?: object) =>
    cloud.run("POST", `${addresses}/egress/setLabels`, { labelFingerprint, labels });
  const labelled = await set(made.labelFingerprint, { team: "a" });
  expect(labelled).toMatchObject({ labels: { team: "a" } });
  await expect(set(made.labelFingerprint, {})).rejects.toThrow(
    "412 Labels fingerprint either invalid or resource labels have changed",
  );
  expect((await set(labelled.labelFingerprint)).labels).toEqual({});
});
