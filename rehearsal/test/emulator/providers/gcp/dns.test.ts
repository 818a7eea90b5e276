import { Resource } from "./support/standIn";
import { makeNetwork, PROJECT, TestCloud } from "../../cloud/support/testCloud";
import { RecordedStandIn } from "./support/recorder";

const ZONE = "gcp:dns/managedZone:ManagedZone";
const RECORD = "gcp:dns/recordSet:RecordSet";
const ZONES = `https://dns.googleapis.com/dns/v1beta2/projects/${PROJECT}/managedZones`;
const RECORDS = `https://dns.googleapis.com/dns/v1/projects/${PROJECT}/managedZones/z`;
const GENERATED = "alt=json&prettyPrint=false";
const VPC = `projects/${PROJECT}/global/networks/vpc`;
const networkUrl = `https://compute.googleapis.com/compute/v1/${VPC}`;
const labels = { "goog-pulumi-provisioned": "true" };

let cloud: TestCloud;
let standIn: RecordedStandIn;
let zone: Resource;
beforeAll(async () => {
  cloud = await TestCloud.start(["compute", "dns"]);
  await makeNetwork(cloud);
  standIn = await RecordedStandIn.before(cloud);
});
afterAll(() => cloud.stop());

describe("a zone", () => {
  const inputs = {
    name: "z",
    dnsName: "llm.internal.",
    visibility: "private",
    privateVisibilityConfig: { networks: [{ networkUrl: VPC }] },
  };
  const sent = {
    description: "Managed by Pulumi",
    dnsName: "llm.internal.",
    labels,
    name: "z",
    privateVisibilityConfig: { networks: [{ networkUrl }] },
    visibility: "private",
  };

  test("is made", async () => {
    zone = await standIn.create(ZONE, "x", inputs);
    expect(standIn.taken()).toEqual([
      [`POST ${ZONES}?alt=json`, sent],
      [`GET ${ZONES}/z?alt=json`],
    ]);
  });

  test("is changed as a whole, with what the server made of it", async () => {
    const { managedZoneId, creationTime, nameServers } = zone.outputs;
    zone = await standIn.update(zone, { ...inputs, description: "d" });
    const id = Number(managedZoneId);
    expect(standIn.taken()).toEqual([
      [`PUT ${ZONES}/z?alt=json`, { ...sent, description: "d", id, creationTime, nameServers }],
      [`GET ${ZONES}/z?alt=json`],
    ]);
  });

  test("of everybody says that it is of no network", async () => {
    const made = await standIn.create(ZONE, "x", { name: "open", dnsName: "example.com." });
    await standIn.delete(made);
    expect(standIn.taken()).toEqual([
      [
        `POST ${ZONES}?alt=json`,
        {
          description: "Managed by Pulumi",
          dnsName: "example.com.",
          labels,
          name: "open",
          privateVisibilityConfig: { networks: [] },
          visibility: "public",
        },
      ],
      [`GET ${ZONES}/open?alt=json`],
      [`DELETE ${ZONES}/open?alt=json`],
    ]);
  });
});

describe("a record set", () => {
  const plain = { name: "a.llm.internal.", type: "A", ttl: 30, rrdatas: ["10.0.0.1"] };
  const inputs = { ...plain, managedZone: "z" };
  const list = `GET ${RECORDS}/rrsets?${GENERATED}`;
  const change = `POST ${RECORDS}/changes?${GENERATED}`;
  const poll = `GET ${RECORDS}/changes/N?${GENERATED}`;
  const read = `GET ${RECORDS}/rrsets?alt=json&name=a.llm.internal.&prettyPrint=false&type=A`;
  let made: Resource;

  test("is made by a change of its zone", async () => {
    made = await standIn.create(RECORD, "x", inputs);
    expect(standIn.taken()).toEqual([[list], [change, { additions: [plain] }], [poll], [read]]);
    await standIn.refresh(made);
    expect(standIn.taken()).toEqual([[read]]);
  });

  test("writes over one that is there", async () => {
    made = await standIn.create(RECORD, "x", inputs);
    const deletions = [{ ...plain, kind: "dns#resourceRecordSet" }];
    expect(standIn.taken()[1]).toEqual([change, { additions: [plain], deletions }]);
  });

  test("is changed and deleted as the state has it", async () => {
    made = await standIn.update(made, { ...inputs, ttl: 60 });
    const after = { ...plain, ttl: 60 };
    expect(standIn.taken()).toEqual([
      [change, { additions: [after], deletions: [plain] }],
      [poll],
      [read],
    ]);
    await standIn.delete(made);
    expect(standIn.taken()).toEqual([[change, { deletions: [after] }], [poll]]);
    await standIn.delete(made);
    expect(standIn.taken()).toEqual([[change, { deletions: [after] }]]);
  });

  test("by place leaves out what is off", async () => {
    const target = {
      loadBalancerType: "globalL7ilb",
      ipAddress: "10.0.0.1",
      port: "80",
      ipProtocol: "tcp",
      networkUrl: VPC,
      project: PROJECT,
    };
    const geo = (internalLoadBalancers: object[]) => ({
      location: "us-east4",
      healthCheckedTargets: { internalLoadBalancers },
    });
    const byPlace = await standIn.create(RECORD, "x", {
      ...{ name: "a.llm.internal.", managedZone: "z", type: "A", ttl: 30 },
      routingPolicy: { enableGeoFencing: false, geos: [geo([target]) as never] },
    });
    const items = [geo([{ ...target, networkUrl }])];
    expect(standIn.taken()[1]?.[1]).toEqual({
      additions: [
        { name: "a.llm.internal.", type: "A", ttl: 30, routingPolicy: { geo: { items } } },
      ],
    });
    await standIn.delete(byPlace);
    await standIn.delete(zone);
    expect(standIn.taken().at(-1)).toEqual([`DELETE ${ZONES}/z?alt=json`]);
  });
});
