import type { PropertyMap } from "../../../../emulator/providers/plugin";
import { Resource } from "./support/standIn";
import { PROJECT, REGION, TestCloud } from "../../cloud/support/testCloud";
import { RecordedStandIn } from "./support/recorder";

const NETWORK = "gcp:compute/network:Network";
const SUBNETWORK = "gcp:compute/subnetwork:Subnetwork";
const ROOT = `https://compute.googleapis.com/compute/beta/projects/${PROJECT}`;
const NETWORKS = `${ROOT}/global/networks`;
const VPC = `${NETWORKS}/vpc`;
const SUBNETS = `${ROOT}/regions/${REGION}/subnetworks`;
const NODES = `${SUBNETS}/nodes`;
const fingerprint: unknown = expect.any(String);

let cloud: TestCloud;
let standIn: RecordedStandIn;
beforeAll(async () => {
  cloud = await TestCloud.start(["compute"]);
  standIn = await RecordedStandIn.before(cloud);
});
afterAll(() => cloud.stop());

describe("a network", () => {
  const inputs = { name: "vpc", autoCreateSubnetworks: false, routingMode: "GLOBAL" };
  let made: Resource;

  test("is made and read", async () => {
    made = await standIn.create(NETWORK, "x", inputs);
    expect(standIn.taken()).toEqual([
      [
        `POST ${NETWORKS}?alt=json`,
        {
          autoCreateSubnetworks: false,
          name: "vpc",
          networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
          routingConfig: { deleteBgpAlwaysCompareMed: false, routingMode: "GLOBAL" },
        },
      ],
      [`GET ${VPC}?alt=json`],
    ]);
    await standIn.refresh(made);
    expect(standIn.taken()).toEqual([[`GET ${VPC}?alt=json`]]);
  });

  test("is changed by one call for each kind of change", async () => {
    const changed = { ...inputs, routingMode: "REGIONAL", enableUlaInternalIpv6: true, mtu: 1500 };
    made = await standIn.update(made, changed);
    expect(standIn.taken()).toEqual([
      [
        `PATCH ${VPC}?alt=json`,
        {
          networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
          routingConfig: {
            deleteBgpAlwaysCompareMed: false,
            routingMode: "REGIONAL",
            // As the cloud has filled it in.
            bgpBestPathSelectionMode: "LEGACY",
          },
        },
      ],
      [`PATCH ${VPC}?alt=json`, { enableUlaInternalIpv6: true }],
      [`GET ${VPC}?alt=json`],
      [`PATCH ${VPC}?alt=json`, { fingerprint: null, mtu: 1500 }],
      [`GET ${VPC}?alt=json`],
    ]);
    made = await standIn.update(made, { ...changed, deletionPolicy: "DELETE" });
    standIn.taken();
    made = await standIn.update(made, { ...changed, deletionPolicy: "PREVENT" });
    expect(standIn.taken()).toEqual([[`GET ${VPC}?alt=json`]]);
    made = await standIn.update(made, changed);
    standIn.taken();
  });

  test("is deleted", async () => {
    await standIn.delete(made);
    await standIn.delete(made);
    const deletion = [`DELETE ${VPC}?alt=json`];
    expect(standIn.taken()).toEqual([deletion, deletion]);
  });

  test("without a routing mode says nothing of routes", async () => {
    await standIn.delete(await standIn.create(NETWORK, "x", { name: "vpc" }));
    expect(standIn.taken()[0]?.[1]).toEqual({
      autoCreateSubnetworks: true,
      name: "vpc",
      networkFirewallPolicyEnforcementOrder: "AFTER_CLASSIC_FIREWALL",
    });
  });
});

describe("a subnet", () => {
  const pods = { rangeName: "pods", ipCidrRange: "10.16.0.0/14" };
  const services = { rangeName: "services", ipCidrRange: "10.32.0.0/20" };
  const more = { rangeName: "more", ipCidrRange: "10.40.0.0/20" };
  const inputs: PropertyMap = {
    name: "nodes",
    network: "vpc",
    ipCidrRange: "10.0.0.0/20",
    privateIpGoogleAccess: true,
    secondaryIpRanges: [pods, services],
  };
  const place = {
    network: `projects/${PROJECT}/global/networks/vpc`,
    region: `projects/${PROJECT}/global/regions/${REGION}`,
  };
  let made: Resource;
  beforeAll(async () => {
    await standIn.create(NETWORK, "x", { name: "vpc", autoCreateSubnetworks: false });
    standIn.taken();
  });

  test("of machines is made", async () => {
    made = await standIn.create(SUBNETWORK, "x", inputs);
    expect(standIn.taken()).toEqual([
      [`POST ${SUBNETS}?alt=json`, { ...inputs, ...place, logConfig: { enable: false } }],
      [`GET ${NODES}?alt=json`],
    ]);
  });

  test("of proxies has no logs, and is deleted", async () => {
    const ofProxies = {
      name: "proxies",
      ipCidrRange: "10.1.0.0/24",
      purpose: "GLOBAL_MANAGED_PROXY",
      role: "ACTIVE",
    };
    const proxies = await standIn.create(SUBNETWORK, "x", { ...ofProxies, network: "vpc" });
    await standIn.delete(proxies);
    expect(standIn.taken()).toEqual([
      [`POST ${SUBNETS}?alt=json`, { ...ofProxies, ...place, logConfig: null }],
      [`GET ${SUBNETS}/proxies?alt=json`],
      [`DELETE ${SUBNETS}/proxies?alt=json`],
    ]);
  });

  test("is changed by calls in a fixed order", async () => {
    made = await standIn.update(made, {
      ...inputs,
      ipCidrRange: "10.0.0.0/19",
      privateIpGoogleAccess: false,
      logConfig: { aggregationInterval: "INTERVAL_1_MIN" },
      secondaryIpRanges: [pods, more],
    });
    const logConfig = {
      enable: true,
      aggregationInterval: "INTERVAL_1_MIN",
      filterExpr: "true",
      flowSampling: 0.5,
      metadata: "INCLUDE_ALL_METADATA",
      metadataFields: [],
    };
    expect(standIn.taken()).toEqual([
      [`POST ${NODES}/expandIpCidrRange?alt=json`, { ipCidrRange: "10.0.0.0/19" }],
      [`POST ${NODES}/setPrivateIpGoogleAccess?alt=json`, {}],
      [`GET ${NODES}?alt=json`],
      [`PATCH ${NODES}?alt=json`, { fingerprint, logConfig }],
      [`GET ${NODES}?alt=json`],
      [`PATCH ${NODES}?alt=json`, { fingerprint, secondaryIpRanges: [pods] }],
      [`GET ${NODES}?alt=json`],
      [`PATCH ${NODES}?alt=json`, { fingerprint, secondaryIpRanges: [pods, more] }],
      [`GET ${NODES}?alt=json`],
    ]);
  });

  test("gets a range more without taking one away first", async () => {
    made = await standIn.update(made, {
      ...inputs,
      ipCidrRange: "10.0.0.0/19",
      stackType: "IPV4_IPV6",
      ipv6AccessType: "INTERNAL",
      secondaryIpRanges: [pods, more, services],
    });
    expect(standIn.taken()).toEqual([
      [`POST ${NODES}/setPrivateIpGoogleAccess?alt=json`, { privateIpGoogleAccess: true }],
      [`GET ${NODES}?alt=json`],
      [
        `PATCH ${NODES}?alt=json`,
        {
          fingerprint,
          stackType: "IPV4_IPV6",
          ipv6AccessType: "INTERNAL",
          // As the cloud has filled it in.
          privateIpv6GoogleAccess: "DISABLE_GOOGLE_ACCESS",
        },
      ],
      [`GET ${NODES}?alt=json`],
      [`PATCH ${NODES}?alt=json`, { fingerprint, logConfig: { enable: false } }],
      [`GET ${NODES}?alt=json`],
      [`PATCH ${NODES}?alt=json`, { fingerprint, secondaryIpRanges: [pods, more, services] }],
      [`GET ${NODES}?alt=json`],
    ]);
  });

  test("loses its ranges where they are told to be none", async () => {
    const { secondaryIpRanges, ...known } = made.inputs;
    expect(secondaryIpRanges).toBeDefined();
    made = await standIn.update(made, {
      ...known,
      secondaryIpRanges: [],
      sendSecondaryIpRangeIfEmpty: true,
    });
    expect(standIn.taken().slice(-7)).toEqual([
      [`GET ${NODES}?alt=json`],
      [`PATCH ${NODES}?alt=json`, { fingerprint, secondaryIpRanges: [] }],
      [`GET ${NODES}?alt=json`],
      [`PATCH ${NODES}?alt=json`, { fingerprint, secondaryIpRanges: null }],
      [`GET ${NODES}?alt=json`],
      [`PATCH ${NODES}?alt=json`, { fingerprint, secondaryIpRanges: [] }],
      [`GET ${NODES}?alt=json`],
    ]);
  });
});
