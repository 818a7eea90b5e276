import { JsonObject, without } from "../../../emulator/cloud/json";
import { PROJECT, TestCloud } from "./support/testCloud";

const ZONES = `https://dns.googleapis.com/dns/v1/projects/${PROJECT}/managedZones`;
const ZONE = `${ZONES}/corp`;
const SETS = `${ZONE}/rrsets`;
const NAME = "corp.internal.";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(["dns"]);
  const labels = { team: "a" };
  await cloud.run("POST", ZONES, { name: "corp", dnsName: NAME, description: "ours", labels });
});
afterEach(() => cloud.stop());

const read = () => cloud.run("GET", ZONE);

describe("a zone's change", () => {
  it("is an operation, which is kept", async () => {
    const operation = await cloud.run("PATCH", ZONE, { description: "theirs" });
    expect(operation).toEqual({
      kind: "dns#operation",
      id: expect.any(String),
      startTime: expect.any(String),
      status: "done",
      type: "update",
      user: "owner@example.com",
      zoneContext: { newValue: await read() },
    });
    expect(await cloud.run("GET", `${ZONE}/operations/${String(operation.id)}`)).toEqual(operation);
    const { kind, operations } = await cloud.run("GET", `${ZONE}/operations`);
    expect(kind).toBe("dns#managedZoneOperationsListResponse");
    expect((operations as JsonObject[]).map(({ type }) => type)).toEqual(["insert", "update"]);
    await expect(cloud.run("GET", `${ZONE}/operations/other`)).rejects.toThrow(
      "404 The 'parameters.operation' resource named 'other' does not exist.",
    );
    await expect(cloud.run("GET", `${ZONES}/other/operations`)).rejects.toThrow(
      "404 The 'parameters.managedZone' resource named 'other' does not exist.",
    );
  });

  it("by patch leaves what it does not name", async () => {
    await cloud.run("PATCH", ZONE, { description: "theirs" });
    expect(await read()).toMatchObject({ description: "theirs", labels: { team: "a" } });
  });

  it("by update takes away what it does not name, but not what is the server's", async () => {
    const before = without(await read(), ["labels"]);
    const { name, dnsName, creationTime, nameServers } = before;
    // As the provider sends it: with the number as a number.
    const zone = { name, dnsName, creationTime, nameServers, id: 1, visibility: "public" };
    await cloud.run("PUT", ZONE, { ...zone, description: "theirs" });
    expect(await read()).toEqual({ ...before, description: "theirs" });
  });

  it("is the same by the beta", async () => {
    const beta = ZONE.replace("/v1/", "/v1beta2/");
    await cloud.run("PUT", beta, { name: "corp", dnsName: NAME, description: "beta" });
    expect(await read()).toMatchObject({ description: "beta" });
  });
});

it("zones are listed, all or by their domain", async () => {
  await cloud.run("POST", ZONES, { name: "other", dnsName: "other.internal." });
  const names = async (query = "") => {
    const { managedZones } = await cloud.run("GET", `${ZONES}${query}`);
    return (managedZones as JsonObject[]).map(({ name }) => name);
  };
  expect(await names()).toEqual(["corp", "other"]);
  expect(await names("?dnsName=other.internal.")).toEqual(["other"]);
});

it("a zone that is gone leaves no answer", async () => {
  expect((await cloud.call("DELETE", ZONE)).status).toBe(204);
  await expect(read()).rejects.toThrow(
    "404 The 'parameters.managedZone' resource named 'corp' does not exist.",
  );
});

describe("record sets are listed", () => {
  const names = async (query = "") => {
    const { rrsets } = await cloud.run("GET", `${SETS}${query}`);
    return (rrsets as JsonObject[] | undefined)?.map(
      ({ name, type }) => `${String(name)} ${String(type)}`,
    );
  };
  beforeEach(async () => {
    const a = { name: `a.${NAME}`, type: "A", rrdatas: ["10.0.0.1"] };
    await cloud.run("POST", SETS, a);
    await cloud.run("POST", SETS, { ...a, type: "TXT", rrdatas: ['"text"'] });
  });

  it("all, by name, and by name and type", async () => {
    expect(await names()).toEqual([`${NAME} NS`, `${NAME} SOA`, `a.${NAME} A`, `a.${NAME} TXT`]);
    expect(await names(`?name=a.${NAME}`)).toEqual([`a.${NAME} A`, `a.${NAME} TXT`]);
    expect(await names(`?name=a.${NAME}&type=A`)).toEqual([`a.${NAME} A`]);
    expect(await names(`?name=b.${NAME}&type=A`)).toBeUndefined();
  });

  it("in pages", async () => {
    const first = await cloud.run("GET", `${SETS}?maxResults=3`);
    expect(first.rrsets).toHaveLength(3);
    const pageToken = String(first.nextPageToken);
    expect(await names(`?maxResults=3&pageToken=${pageToken}`)).toEqual([`a.${NAME} TXT`]);
  });

  it("not by type alone, and not in a zone that is not there", async () => {
    await expect(cloud.run("GET", `${SETS}?type=A`)).rejects.toThrow(
      "400 The parameter 'name' must be present where 'type' is.",
    );
    await expect(cloud.run("GET", `${ZONES}/other/rrsets`)).rejects.toThrow(
      "404 The 'parameters.managedZone' resource named 'other' does not exist.",
    );
  });
});

it("a refusal has the older format", async () => {
  const { json } = await cloud.call("POST", ZONES, { name: "corp", dnsName: NAME });
  const message = "The resource 'entity.managedZone' named 'corp' already exists";
  const errors = [{ message, domain: "global", reason: "alreadyExists" }];
  expect(json).toEqual({ error: { code: 409, message, errors } });
});
