import { JsonObject } from "../../../emulator/cloud/json";
import { PROJECT, TestCloud } from "./support/testCloud";

const ZONES = `https://dns.googleapis.com/dns/v1/projects/${PROJECT}/managedZones`;
const NAME = "corp.internal.";
const SETS = `${ZONES}/corp/rrsets`;
const CHANGES = `${ZONES}/corp/changes`;

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(["dns"]);
  await cloud.run("POST", ZONES, { name: "corp", dnsName: NAME });
});
afterEach(() => cloud.stop());

const set = (name: string, address: string) => ({ name, type: "A", ttl: 30, rrdatas: [address] });
const A = set(`a.${NAME}`, "10.0.0.1");
const B = set(`b.${NAME}`, "10.0.0.2");
const change = (additions: object[], deletions: object[] = []) =>
  cloud.run("POST", CHANGES, { additions, deletions });
const setsAt = async (name: string, type: string) =>
  (await cloud.run("GET", `${SETS}?name=${name}&type=${type}`)).rrsets as JsonObject[];
const addresses = async () => {
  const { rrsets } = await cloud.run("GET", SETS);
  return (rrsets as JsonObject[])
    .filter(({ type }) => type === "A")
    .map(({ name, rrdatas }) => `${String(name)} ${String(rrdatas)}`);
};
const errorOf = async (body: object) => (await cloud.call("POST", CHANGES, body)).json.error;

describe("a change", () => {
  it("adds record sets, and is kept", async () => {
    await change([A, B]);
    expect(await addresses()).toEqual([`a.${NAME} 10.0.0.1`, `b.${NAME} 10.0.0.2`]);
    expect(await cloud.run("GET", `${CHANGES}/1`)).toEqual({
      kind: "dns#change",
      id: "1",
      startTime: expect.any(String),
      status: "done",
      additions: [A, B].map((each) => ({ kind: "dns#resourceRecordSet", ...each })),
    });
  });

  it("is pending until it is done, though its records are there", async () => {
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 1000 });
    const { json } = await cloud.call("POST", CHANGES, { additions: [A] });
    expect(json.status).toBe("pending");
    expect(await addresses()).toEqual([`a.${NAME} 10.0.0.1`]);
    expect((await cloud.call("GET", `${CHANGES}/1`)).json.status).toBe("pending");
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 0 });
    expect(await cloud.finished(CHANGES, json)).toMatchObject({ id: "1" });
  });

  it("replaces a set that it deletes as well", async () => {
    await change([A]);
    await change([set(A.name, "10.0.0.9")], [A]);
    expect(await addresses()).toEqual([`a.${NAME} 10.0.0.9`]);
  });

  it("takes a set away that it tells as a list shows it", async () => {
    await change([A, B]);
    await change([], await setsAt(A.name, "A"));
    expect(await addresses()).toEqual([`b.${NAME} 10.0.0.2`]);
  });

  it("replaces a zone's own set, as a transaction of gcloud does", async () => {
    const soa = await setsAt(NAME, "SOA");
    await change(
      soa.map((each) => ({ ...each, ttl: 300 })),
      soa,
    );
    expect((await setsAt(NAME, "SOA")).map(({ ttl }) => ttl)).toEqual([300]);
  });

  it("is all or nothing", async () => {
    await expect(change([A, set(B.name, "10.0.0")])).rejects.toThrow(
      "400 Invalid value for 'entity.change.additions[1].rrdata[0]': '10.0.0'",
    );
    expect(await addresses()).toEqual([]);
  });
});

describe("a change is refused", () => {
  it("that says nothing", async () => {
    const message = "The 'entity.change' parameter is required but was missing.";
    expect(await errorOf({})).toEqual({
      code: 400,
      message,
      errors: [{ message, domain: "global", reason: "required" }],
    });
  });

  it("that adds what is there, or the same twice", async () => {
    const message =
      `409 The resource 'entity.change.additions[a.${NAME}][A]' named 'a.${NAME} (A)' already ` +
      "exists";
    await expect(change([A, A])).rejects.toThrow(message);
    await change([A]);
    await expect(change([A])).rejects.toThrow(message);
  });

  it("that takes away what is not there, and all of it is told", async () => {
    const lost = (index: number, name: string) => ({
      message: `The 'entity.change.deletions[${index}]' resource named '${name} (A)' does not exist.`,
      domain: "global",
      reason: "notFound",
    });
    expect(await errorOf({ deletions: [A, B] })).toEqual({
      code: 404,
      message: lost(0, A.name).message,
      errors: [lost(0, A.name), lost(1, B.name)],
    });
  });

  it.each([
    ["another ttl", { ttl: 60 }],
    ["other data", { rrdatas: ["10.0.0.9"] }],
  ])("that takes a set away which has %s", async (_what, fields) => {
    await change([A]);
    expect(await errorOf({ deletions: [{ ...A, ...fields }] })).toMatchObject({
      code: 412,
      message: "Precondition not met for 'entity.change.deletions[0]'",
      errors: [{ reason: "conditionNotMet" }],
    });
    expect(await addresses()).toEqual([`a.${NAME} 10.0.0.1`]);
  });

  it.each(["NS", "SOA"])("that takes the zone's own %s away", async (type) => {
    await expect(change([], await setsAt(NAME, type))).rejects.toThrow(
      "400 The resource record set 'entity.change.deletions[0]' is invalid because a zone must " +
        `contain exactly one resource record set of type '${type}' at the apex.`,
    );
  });

  it.each([
    ["POST", "", { additions: [A] }],
    ["GET", "", undefined],
    ["GET", "/1", undefined],
  ])("in a zone that is not there: %s %s", async (verb, path, body) => {
    await expect(cloud.run(verb, `${ZONES}/other/changes${path}`, body)).rejects.toThrow(
      "404 The 'parameters.managedZone' resource named 'other' does not exist.",
    );
  });
});

describe("changes", () => {
  const ids = async (query = "") => {
    const { changes } = await cloud.run("GET", `${CHANGES}${query}`);
    return (changes as JsonObject[]).map(({ id }) => id);
  };

  it("are listed from the one that made the zone on, or from the last", async () => {
    await change([A]);
    await change([], [A]);
    expect(await ids()).toEqual(["0", "1", "2"]);
    expect(await ids("?sortBy=changeSequence&sortOrder=descending")).toEqual(["2", "1", "0"]);
    const { additions } = await cloud.run("GET", `${CHANGES}/0`);
    expect((additions as JsonObject[]).map(({ type }) => type)).toEqual(["NS", "SOA"]);
  });

  it("are known by their id only", async () => {
    await expect(cloud.run("GET", `${CHANGES}/7`)).rejects.toThrow(
      "404 The 'parameters.changeId' resource named '7' does not exist.",
    );
  });

  it("go with their zone", async () => {
    await change([A]);
    await change([], [A]);
    await cloud.run("DELETE", `${ZONES}/corp`);
    expect((await cloud.call("GET", "/admin/resources")).json).toEqual([]);
    await cloud.run("POST", ZONES, { name: "corp", dnsName: NAME });
    expect(await ids()).toEqual(["0"]);
  });
});
