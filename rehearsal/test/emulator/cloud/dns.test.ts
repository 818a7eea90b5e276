import type { LoadBalancer } from "../../../emulator/gke/gke";
import {
  CLUSTER_NAME,
  makeCluster,
  makeNetwork,
  NETWORKS,
  PROJECT,
  TestCloud,
} from "./support/testCloud";

const ZONES = `https://dns.googleapis.com/dns/v1/projects/${PROJECT}/managedZones`;
const NETWORK = `projects/${PROJECT}/global/networks/vpc`;
const NETWORK_URL = `https://www.googleapis.com/compute/v1/${NETWORK}`;
const NAME = "llm.corp.internal.";
const SETS = `${ZONES}/llm/rrsets`;
const RECORDS = `${SETS}/${NAME}`;

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(["compute", "container", "dns"]);
});
afterEach(() => cloud.stop());

function zone(fields: object = {}) {
  const networks = [{ networkUrl: NETWORK_URL }];
  const private_ = { visibility: "private", privateVisibilityConfig: { networks } };
  return { name: "llm", dnsName: NAME, ...private_, ...fields };
}

async function makeZone(fields: object = {}): Promise<void> {
  await cloud.run("POST", ZONES, zone(fields));
}

function target(fields: object = {}) {
  return {
    loadBalancerType: "globalL7ilb",
    ipAddress: "10.0.0.1",
    port: "80",
    ipProtocol: "tcp",
    networkUrl: NETWORK_URL,
    project: PROJECT,
    ...fields,
  };
}

function geoItem(location: string, fields: object = {}) {
  const internalLoadBalancers = [target(fields)];
  return { location, healthCheckedTargets: { internalLoadBalancers } };
}

function geoRecord(...items: object[]) {
  return { name: NAME, type: "A", ttl: 30, routingPolicy: { geo: { items } } };
}

function balancer(addresses: Record<string, string>): LoadBalancer {
  const gateway = { gateway: "inference/gateway", cluster: CLUSTER_NAME, backends: [] };
  return { ...gateway, programmed: true, addresses };
}

async function admin(path: string): Promise<unknown> {
  return (await cloud.call("GET", `/admin/${path}`)).json;
}

it("needs its API", async () => {
  const other = await TestCloud.start(["compute"]);
  await expect(other.run("POST", ZONES, zone())).rejects.toThrow(
    "403 Cloud DNS API has not been used in project demo-project before or it is disabled.",
  );
  await other.stop();
});

describe("zones", () => {
  beforeEach(() => makeNetwork(cloud));

  it("are made with the fields that the server fills in, and with two records of their own", async () => {
    await makeZone();
    expect((await cloud.call("GET", `${ZONES}/llm`)).json).toEqual({
      ...zone(),
      kind: "dns#managedZone",
      privateVisibilityConfig: {
        kind: "dns#managedZonePrivateVisibilityConfig",
        networks: [
          { kind: "dns#managedZonePrivateVisibilityConfigNetwork", networkUrl: NETWORK_URL },
        ],
      },
      id: expect.stringMatching(/^\d+$/),
      creationTime: expect.any(String),
      nameServers: ["ns-gcp-private.googledomains.com."],
      cloudLoggingConfig: { kind: "dns#managedZoneCloudLoggingConfig" },
    });
    expect((await cloud.call("GET", `${RECORDS}/NS`)).json).toEqual({
      kind: "dns#resourceRecordSet",
      name: NAME,
      type: "NS",
      ttl: 21600,
      rrdatas: ["ns-gcp-private.googledomains.com."],
    });
    expect((await cloud.call("GET", `${RECORDS}/SOA`)).json).toMatchObject({ type: "SOA" });
  });

  it.each([
    [{ name: "Llm" }, "400 Invalid value for 'entity.managedZone.name': 'Llm'"],
    [
      { dnsName: "llm.corp.internal" },
      "400 Invalid value for 'entity.managedZone.dnsName': 'llm.corp.internal'",
    ],
    [
      { privateVisibilityConfig: { networks: [{ networkUrl: NETWORK }] } },
      `400 Invalid value for 'entity.managedZone.privateVisibilityConfig.networks[0].networkUrl': '${NETWORK}'`,
    ],
    [
      { privateVisibilityConfig: { networks: [{ networkUrl: `${NETWORK_URL}2` }] } },
      `404 The 'entity.managedZone.privateVisibilityConfig.networks[0].networkUrl' resource named '${NETWORK}2' does not exist.`,
    ],
  ])("refuse %j", async (fields, message) => {
    await expect(makeZone(fields)).rejects.toThrow(message);
  });

  it("are made once, and one name in one network by one zone only", async () => {
    await makeZone();
    await expect(makeZone()).rejects.toThrow(
      "409 The resource 'entity.managedZone' named 'llm' already exists",
    );
    await expect(makeZone({ name: "other" })).rejects.toThrow(
      `400 Network '${NETWORK}' is already bound to managed zone 'llm' with DNS name '${NAME}'.`,
    );
    await makeZone({ name: "other", dnsName: "other.corp.internal." });
  });

  it("stay as long as they have records beyond their own, and their network as long as they do", async () => {
    await makeZone();
    await cloud.run("POST", SETS, { name: NAME, type: "A", rrdatas: ["10.0.0.1"] });
    await expect(cloud.run("DELETE", `${ZONES}/llm`)).rejects.toThrow(
      "400 The resource named 'llm' cannot be deleted because it contains one or more 'resource records'.",
    );
    await expect(cloud.run("DELETE", `${NETWORKS}/vpc`)).rejects.toThrow(
      `400 The network resource '${NETWORK}' is already being used by 'projects/${PROJECT}/managedZones/llm'`,
    );
    await cloud.run("DELETE", `${RECORDS}/A`);
    await cloud.run("DELETE", `${ZONES}/llm`);
    await cloud.run("DELETE", `${NETWORKS}/vpc`);
    expect(await admin("resources")).toEqual([]);
  });
});

describe("record sets", () => {
  beforeEach(async () => {
    await makeNetwork(cloud);
    await makeZone();
  });

  it("are made, changed and read by name and type", async () => {
    await cloud.run("POST", SETS, geoRecord(geoItem("us-east4")));
    await cloud.run("PATCH", `${RECORDS}/A`, { ttl: 60 });
    const kind = "dns#rRSetRoutingPolicy";
    const balancers = geoItem("us-east4").healthCheckedTargets.internalLoadBalancers;
    const internalLoadBalancers = balancers.map((balancer) => ({
      kind: `${kind}LoadBalancerTarget`,
      ...balancer,
    }));
    const item = {
      kind: `${kind}GeoPolicyGeoPolicyItem`,
      location: "us-east4",
      healthCheckedTargets: { internalLoadBalancers },
    };
    expect((await cloud.call("GET", `${RECORDS}/A`)).json).toEqual({
      kind: "dns#resourceRecordSet",
      name: NAME,
      type: "A",
      ttl: 60,
      routingPolicy: { kind, geo: { kind: `${kind}GeoPolicy`, items: [item] } },
    });
  });

  it("need their zone", async () => {
    const record = { name: NAME, type: "A", rrdatas: ["10.0.0.1"] };
    await expect(cloud.run("POST", `${ZONES}/other/rrsets`, record)).rejects.toThrow(
      "404 The 'parameters.managedZone' resource named 'other' does not exist.",
    );
  });

  it("are made once", async () => {
    const record = { name: NAME, type: "A", rrdatas: ["10.0.0.1"] };
    await cloud.run("POST", SETS, record);
    await expect(cloud.run("POST", SETS, record)).rejects.toThrow(
      `409 The resource 'entity.rrset' named '${NAME} (A)' already exists`,
    );
  });

  it.each(["llm.corp.internal", "other.internal.", "allm.corp.internal."])(
    "are in their zone, not at %s",
    async (name) => {
      const record = { name, type: "A", rrdatas: ["10.0.0.1"] };
      await expect(cloud.run("POST", SETS, record)).rejects.toThrow(
        `400 Invalid value for 'entity.rrset.name': '${name}'`,
      );
    },
  );

  it("may be below the zone's own name", async () => {
    const record = { name: `eu.${NAME}`, type: "A", rrdatas: ["10.0.0.1"] };
    await cloud.run("POST", SETS, record);
  });

  const location = "entity.rrset.routingPolicy.geo.items";
  const lb = `${location}[0].healthCheckedTargets.internalLoadBalancers[0]`;
  const refusals: [object, string][] = [
    [{ type: "B" }, "Invalid value for 'entity.rrset.type': 'B'"],
    [{ type: "A", ttl: -1, rrdatas: ["10.0.0.1"] }, "Invalid value for 'entity.rrset.ttl': '-1'"],
    [{ type: "A" }, "A resource record set has either 'rrdatas' or a 'routingPolicy'."],
    [
      { ...geoRecord(geoItem("us-east4")), rrdatas: ["10.0.0.1"] },
      "A resource record set has either 'rrdatas' or a 'routingPolicy'.",
    ],
    [
      { type: "A", rrdatas: ["10.0.0.256"] },
      "Invalid value for 'entity.rrset.rrdata[0]': '10.0.0.256'",
    ],
    [
      { type: "A", routingPolicy: { geo: {} } },
      "A routing policy is one of geo, wrr and primaryBackup; this one has none.",
    ],
    [
      { type: "A", routingPolicy: { geo: { items: [] }, wrr: { items: [] } } },
      "A routing policy is one of geo, wrr and primaryBackup; this one has geo, wrr.",
    ],
    [geoRecord(geoItem("us-eats4")), `Invalid value for '${location}[0].location': 'us-eats4'`],
    [
      geoRecord(geoItem("us-east4"), geoItem("us-west1"), geoItem("us-east4")),
      "The geo policy has more than one item with location 'us-east4'.",
    ],
    [geoRecord({ location: "us-east4" }), `Invalid value for '${location}[0].rrdatas': '[]'`],
    [
      geoRecord({ location: "us-east4", rrdatas: ["gateway"] }),
      `Invalid value for '${location}[0].rrdatas[0]': 'gateway'`,
    ],
    [
      geoRecord(geoItem("us-east4", { loadBalancerType: "globalL7" })),
      "Invalid value at 'routing_policy.geo.items[0].health_checked_targets" +
        `.internal_load_balancers[0].load_balancer_type' (enum), "globalL7"`,
    ],
    [
      geoRecord(geoItem("us-east4", { ipAddress: "gateway" })),
      `Invalid value for '${lb}.ipAddress': 'gateway'`,
    ],
    [geoRecord(geoItem("us-east4", { port: "0" })), `Invalid value for '${lb}.port': '0'`],
    [
      geoRecord(geoItem("us-east4", { region: "us-east4" })),
      `Invalid value for '${lb}.region': 'us-east4'`,
    ],
    [
      geoRecord(geoItem("us-east4", { loadBalancerType: "regionalL7ilb" })),
      `Invalid value for '${lb}.region': ''`,
    ],
    [
      geoRecord(geoItem("us-east4", { networkUrl: `${NETWORK_URL}2` })),
      `404 The '${lb}.networkUrl' resource named '${NETWORK_URL}2' does not exist.`,
    ],
  ];
  it.each(refusals.map(([record, message]) => ({ record, message })))(
    "refuse: $message",
    async ({ record, message }) => {
      await expect(cloud.run("POST", SETS, { name: NAME, ...record })).rejects.toThrow(message);
    },
  );

  it("of public zones have no internal load balancers as targets", async () => {
    await makeZone({
      name: "public",
      dnsName: "example.com.",
      visibility: "public",
      privateVisibilityConfig: {},
    });
    const record = { ...geoRecord(geoItem("us-east4")), name: "example.com." };
    await expect(cloud.run("POST", `${ZONES}/public/rrsets`, record)).rejects.toThrow(
      "400 Internal load balancers can be targets of private zones only.",
    );
  });

  it.each(["NS", "SOA"])("%s of the zone itself cannot be taken away", async (type) => {
    await expect(cloud.run("DELETE", `${RECORDS}/${type}`)).rejects.toThrow(
      "400 The resource record set 'entity.rrset' is invalid because a zone must contain exactly " +
        `one resource record set of type '${type}' at the apex.`,
    );
  });
});

describe("what clients are told", () => {
  beforeEach(async () => {
    await makeCluster(cloud);
    await makeZone();
    const east = geoItem("us-east4", { ipAddress: "10.0.0.2" });
    await cloud.run("POST", SETS, geoRecord(geoItem("europe-west4"), east));
    const plain = { name: `plain.${NAME}`, type: "A", rrdatas: ["10.0.0.9"] };
    await cloud.run("POST", SETS, plain);
  });

  it("is the address of the load balancer in their region", async () => {
    cloud.gke.balancers = [balancer({ "europe-west4": "10.0.0.1", "us-east4": "10.0.0.2" })];
    const regions = { "europe-west4": ["10.0.0.1"], "us-east4": ["10.0.0.2"] };
    expect(await admin("dns")).toEqual([{ zone: "llm", name: NAME, regions }]);
    expect(await admin("diagnose")).toEqual(["GKE's own line"]);
  });

  it.each<[string, () => LoadBalancer[]]>([
    [
      "has another address",
      () => [balancer({ "europe-west4": "10.0.0.1", "us-east4": "10.0.0.3" })],
    ],
    [
      "is not programmed",
      () => [
        balancer({ "europe-west4": "10.0.0.1" }),
        { ...balancer({ "us-east4": "10.0.0.2" }), programmed: false },
      ],
    ],
    [
      "is in another network",
      () => [
        balancer({ "europe-west4": "10.0.0.1" }),
        {
          ...balancer({ "us-east4": "10.0.0.2" }),
          cluster: "projects/other/locations/x/clusters/y",
        },
      ],
    ],
  ])("is nothing of their region whose load balancer %s", async (_, balancers) => {
    cloud.gke.balancers = balancers();
    const regions = { "europe-west4": ["10.0.0.1"], "us-east4": [] };
    expect(await admin("dns")).toEqual([{ zone: "llm", name: NAME, regions }]);
    const set = `projects/${PROJECT}/managedZones/llm/rrsets/${NAME}/A`;
    expect(await admin("diagnose")).toContain(
      `${set}: us-east4: no load balancer answers at 10.0.0.2`,
    );
  });
});
