import { Resource } from "../../cloud/door/support/door";
import { makeNetwork, PROJECT, TestCloud } from "../../cloud/support/testCloud";
import { RecordedDoor } from "./support/recorder";

const ZONE = "gcp:dns/managedZone:ManagedZone";
const RECORD = "gcp:dns/recordSet:RecordSet";
const ZONES = `https://dns.googleapis.com/dns/v1beta2/projects/${PROJECT}/managedZones`;
const RECORDS = `https://dns.googleapis.com/dns/v1/projects/${PROJECT}/managedZones/z`;
const GENERATED = "alt=json&prettyPrint=false";
const VPC = `projects/${PROJECT}/global/networks/vpc`;
const networkUrl = `https://compute.googleapis.com/compute/v1/${VPC}`;
const labels = { "goog-pulumi-provisioned": "true" };

let cloud: TestCloud;
let door: RecordedDoor;
let zone: Resource;
beforeAll(async () => {
  cloud = await TestCloud.start(["compute", "dns"]);
  await makeNetwork(cloud);
  door = await RecordedDoor.before(cloud);
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
    zone = await door.create(ZONE, "x", inputs);
    expect(door.taken()).toEqual([[`POST ${ZONES}?alt=json`, sent], [`GET ${ZONES}/z?alt=json`]]);
  });

  test("is changed as a whole, with what the server made of it", async () => {
    const { managedZoneId, creationTime, nameServers } = zone.outputs;
    zone = await door.update(zone, { ...inputs, description: "d" });
    const id = Number(managedZoneId);
    expect(door.taken()).toEqual([
      [`PUT ${ZONES}/z?alt=json`, { ...sent, description: "d", id, creationTime, nameServers }],
      [`GET ${ZONES}/z?alt=json`],
    ]);
  });

  test("of everybody says that it is of no network", async () => {
    const made = await door.create(ZONE, "x", { name: "open", dnsName: "example.com." });
    await door.delete(made);
    expect(door.taken()).toEqual([
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
    made = await door.create(RECORD, "x", inputs);
    expect(door.taken()).toEqual([[list], [change, { additions: [plain] }], [poll], [read]]);
    await door.refresh(made);
    expect(door.taken()).toEqual([[read]]);
  });

  test("writes over one that is there", async () => {
    made = await door.create(RECORD, "x", inputs);
    const deletions = [{ ...plain, kind: "dns#resourceRecordSet" }];
    expect(door.taken()[1]).toEqual([change, { additions: [plain], deletions }]);
  });

  test("is changed and deleted as the state has it", async () => {
    made = await door.update(made, { ...inputs, ttl: 60 });
    const after = { ...plain, ttl: 60 };
    expect(door.taken()).toEqual([
      [change, { additions: [after], deletions: [plain] }],
      [poll],
      [read],
    ]);
    await door.delete(made);
    expect(door.taken()).toEqual([[change, { deletions: [after] }], [poll]]);
    await door.delete(made);
    expect(door.taken()).toEqual([[change, { deletions: [after] }]]);
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
    const byPlace = await door.create(RECORD, "x", {
      ...{ name: "a.llm.internal.", managedZone: "z", type: "A", ttl: 30 },
      routingPolicy: { enableGeoFencing: false, geos: [geo([target]) as never] },
    });
    const items = [geo([{ ...target, networkUrl }])];
    expect(door.taken()[1]?.[1]).toEqual({
      additions: [
        { name: "a.llm.internal.", type: "A", ttl: 30, routingPolicy: { geo: { items } } },
      ],
    });
    await door.delete(byPlace);
    await door.delete(zone);
    expect(door.taken().at(-1)).toEqual([`DELETE ${ZONES}/z?alt=json`]);
  });
});
