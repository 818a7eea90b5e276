import { omit } from "../../../../emulator/providers/gcp/engine/values";
import { PropertyMap } from "../../../../emulator/providers/plugin";
import { makeNetwork, PROJECT, TestCloud } from "../../cloud/support/testCloud";
import { StandIn, open, Resource } from "./support/standIn";

const ZONE = "gcp:dns/managedZone:ManagedZone";
const RECORD = "gcp:dns/recordSet:RecordSet";
const NETWORK = `projects/${PROJECT}/global/networks/vpc`;
const NAME = "llm.corp.internal.";
const INPUTS = { managedZone: "llm", name: NAME, type: "A", ttl: 30, rrdatas: ["10.0.0.1"] };

let cloud: TestCloud;
let standIn: StandIn;
let zone: Resource;
beforeEach(async () => {
  cloud = await TestCloud.start(["compute", "dns"]);
  standIn = await new StandIn(cloud).configure();
  await makeNetwork(cloud);
  zone = await standIn.create(ZONE, "zone", zoneInputs());
});
afterEach(() => cloud.stop());

function zoneInputs(fields: PropertyMap = {}): PropertyMap {
  const privateVisibilityConfig = { networks: [{ networkUrl: NETWORK }] };
  return { name: "llm", dnsName: NAME, visibility: "private", privateVisibilityConfig, ...fields };
}

function geos(...addresses: [location: string, address: string][]): PropertyMap {
  const items = addresses.map(([location, address]) => ({ location, rrdatas: [address] }));
  return { routingPolicy: { geos: items } };
}

async function replaced(before: Resource, inputs: PropertyMap): Promise<string[]> {
  const { changes } = await standIn.diff(before, inputs);
  return changes.map(({ path, replace }) => `${path.join(".")}${replace ? " replaces" : ""}`);
}

it("a zone's name, domain and visibility replace it; what it says and who sees it do not", async () => {
  const changed = (fields: PropertyMap) => replaced(zone, zoneInputs(fields));
  expect(await changed({ name: "other" })).toEqual(["name replaces"]);
  expect(await changed({ dnsName: "x.internal." })).toEqual(["dnsName replaces"]);
  expect(await changed({ visibility: "public" })).toEqual(["visibility replaces"]);
  expect(await changed({ description: "LLM" })).toEqual(["description"]);
  const url = `https://www.googleapis.com/compute/v1/${NETWORK}`;
  expect(await changed({ privateVisibilityConfig: { networks: [{ networkUrl: url }] } })).toEqual(
    [],
  );
});

it("a record's zone and name replace it; type, data and time to live do not", async () => {
  const record = await standIn.create(RECORD, "record", INPUTS);
  const changed = (fields: PropertyMap) => replaced(record, { ...INPUTS, ...fields });
  expect(await changed({ name: `eu.${NAME}` })).toEqual(["name replaces"]);
  expect(await changed({ managedZone: "other" })).toEqual(["managedZone replaces"]);
  expect(await changed({ type: "AAAA" })).toEqual(["type"]);
  expect(await changed({ ttl: 60, rrdatas: ["10.0.0.2"] })).toEqual(["rrdatas", "ttl"]);
});

it("regions come and go in place", async () => {
  const plain = omit(INPUTS, "rrdatas");
  const two = geos(["us-east4", "10.0.0.1"], ["us-west1", "10.0.0.2"]);
  const three = geos(["us-east4", "10.0.0.1"], ["us-west1", "10.0.0.2"], ["us-south1", "10.0.0.3"]);
  let record = await standIn.create(RECORD, "record", { ...plain, ...two });
  for (const routing of [three, two]) {
    record = await standIn.update(record, { ...plain, ...routing });
    expect(open(record.outputs)).toMatchObject(routing);
    expect(await standIn.refresh(record)).toEqual(record);
  }
});

it("data gives way to a policy, and one policy to another", async () => {
  const record = await standIn.create(RECORD, "record", INPUTS);
  const plain = omit(INPUTS, "rrdatas");
  const geo = await standIn.update(record, { ...plain, ...geos(["us-east4", "10.0.0.1"]) });
  const wrrs = [{ weight: 1, rrdatas: ["10.0.0.1"] }];
  const weighted = await standIn.update(geo, { ...plain, routingPolicy: { wrrs } });
  expect(open(weighted.outputs).routingPolicy).toEqual({ wrrs });
  expect(await standIn.refresh(weighted)).toEqual(weighted);
});

it("a record that is there is written over", async () => {
  await standIn.create(RECORD, "first", INPUTS);
  const second = await standIn.create(RECORD, "second", { ...INPUTS, rrdatas: ["10.0.0.2"] });
  expect(second.id).toBe(`projects/${PROJECT}/managedZones/llm/rrsets/${NAME}/A`);
  expect(open(second.outputs).rrdatas).toEqual(["10.0.0.2"]);
});

it("a record of another type is another record", async () => {
  const record = await standIn.create(RECORD, "record", { ...INPUTS, rrdatas: ["x"], type: "TXT" });
  const spf = await standIn.update(record, { ...INPUTS, rrdatas: ["x"], type: "SPF" });
  expect(open(spf.outputs).type).toBe("SPF");
  expect(await standIn.refresh(record)).toBeUndefined();
});

it("the zone's own records are said to go, and stay", async () => {
  const name = { managedZone: "llm", name: NAME, type: "NS", ttl: 60 };
  const own = await standIn.create(RECORD, "own", { ...name, rrdatas: ["ns.example."] });
  await standIn.delete(own);
  expect(await standIn.refresh(own)).toEqual(own);
});

it("a zone with records stays", async () => {
  await standIn.create(RECORD, "record", INPUTS);
  await expect(standIn.delete(zone)).rejects.toThrow(
    "Error when reading or editing ManagedZone: googleapi: Error 400: The resource named 'llm' cannot be deleted " +
      "because it contains one or more 'resource records'., containerNotEmpty",
  );
});

it("a refusal is told in the provider's words", async () => {
  const twice = standIn.create(ZONE, "again", zoneInputs());
  await expect(twice).rejects.toThrow(
    "Error creating ManagedZone: googleapi: Error 409: The resource 'entity.managedZone' named " +
      "'llm' already exists, alreadyExists",
  );
  const elsewhere = standIn.create(RECORD, "x", { ...INPUTS, name: "llm.corp." });
  await expect(elsewhere).rejects.toThrow(
    "Error creating DNS RecordSet: googleapi: Error 400: Invalid value for 'entity.change.additions[0].name': " +
      "'llm.corp.', invalid",
  );
});

it.each<[string, PropertyMap, string]>([
  [
    "a name without its dot",
    { name: "llm.corp.internal" },
    '"name" ("llm.corp.internal") doesn\'t end with ".", name field must end with trailing dot, ' +
      "for example test.example.com. (note the trailing dot). Examine values at 'x.name'.",
  ],
  [
    "no name",
    { name: "" },
    "the empty string is not a valid name field value. Examine values at 'x.name'.",
  ],
  [
    "data and a policy",
    geos(["us-east4", "10.0.0.1"]),
    'Invalid combination of arguments. "routing_policy": only one of ' +
      "`routing_policy,rrdatas` can be specified, but `routing_policy,rrdatas` were specified.",
  ],
  [
    "two policies",
    { rrdatas: undefined as never, routingPolicy: { geos: [], wrrs: [] } },
    'Conflicting configuration arguments. "routing_policy.0.geos": conflicts with routing_policy.0.wrrs',
  ],
])("refuses %s before any call", async (_, fields, message) => {
  const inputs = Object.fromEntries(
    Object.entries({ ...INPUTS, ...fields }).filter(([, value]) => value !== undefined),
  );
  await expect(standIn.check(RECORD, "x", inputs)).rejects.toThrow(message);
});
