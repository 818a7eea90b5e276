import { JsonObject } from "../../../emulator/cloud/json";
import {
  COMPUTE,
  makeNetwork,
  NETWORKS,
  PROJECT,
  REGION,
  SUBNET,
  subnetworks,
  TestCloud,
} from "./support/testCloud";

const LINKS = "https://www.googleapis.com/compute/v1";
const SENT_TWICE = "11111111-2222-3333-4444-555555555555";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(["compute"]);
});
afterEach(() => cloud.stop());

/** One call, without a wait for the operation that it is about. */
const read = async (url: string) => (await cloud.call("GET", url)).json;
const turn = (knobs: object) => cloud.call("PATCH", "/admin/knobs", knobs);

describe("an operation", () => {
  it("says what it does to what, and who began it", async () => {
    const begun = await cloud.start("POST", NETWORKS, { name: "vpc" });
    await cloud.finished(NETWORKS, begun);
    const { id } = await cloud.run("GET", `${NETWORKS}/vpc`);
    const name = String(begun.name);
    expect(await read(`${COMPUTE}/global/operations/${name}`)).toEqual({
      kind: "compute#operation",
      id: expect.stringMatching(/^\d+$/),
      name: expect.stringMatching(/^operation-/),
      operationType: "insert",
      targetLink: `${LINKS}/projects/${PROJECT}/global/networks/vpc`,
      targetId: id,
      user: "owner@example.com",
      status: "DONE",
      progress: 100,
      insertTime: expect.any(String),
      startTime: expect.any(String),
      endTime: expect.any(String),
      selfLink: `${LINKS}/projects/${PROJECT}/global/operations/${name}`,
    });
  });

  it("of something in a region is the region's, and says so", async () => {
    await makeNetwork(cloud);
    const begun = await cloud.start("POST", subnetworks(), SUBNET);
    await cloud.finished(subnetworks(), begun);
    expect(begun.region).toBe(`${LINKS}/projects/${PROJECT}/regions/${REGION}`);
    const path = `regions/${REGION}/operations/${String(begun.name)}`;
    expect(await read(`${COMPUTE}/${path}`)).toMatchObject({ status: "DONE" });
    const elsewhere = await cloud.call("GET", `${COMPUTE}/global/operations/${String(begun.name)}`);
    expect(elsewhere.json.error).toMatchObject({
      code: 404,
      message: `The resource 'projects/${PROJECT}/global/operations/${String(begun.name)}' was not found`,
      errors: [{ reason: "notFound", domain: "global" }],
    });
  });

  it("runs until it is done, and a wait ends with it", async () => {
    await turn({ timeScale: 1000 });
    const begun = await cloud.start("POST", NETWORKS, { name: "vpc" });
    expect(begun).toMatchObject({ status: "RUNNING", progress: 0 });
    expect(begun).not.toHaveProperty("endTime");
    const url = `${COMPUTE}/global/operations/${String(begun.name)}`;
    expect(await read(url)).toMatchObject({ status: "RUNNING" });
    const waited = cloud.call("POST", `${url}/wait`);
    await turn({ timeScale: 0 });
    expect((await waited).json).toMatchObject({ name: begun.name, status: "DONE" });
  });

  it("is the same to the beta, by which the provider asks", async () => {
    const { name } = await cloud.start("POST", NETWORKS, { name: "vpc" });
    const beta = COMPUTE.replace("/v1/", "/beta/");
    const { status, json } = await cloud.call("GET", `${beta}/global/operations/${String(name)}`);
    expect([status, json.name]).toEqual([200, name]);
  });

  it("is listed where it is kept, and over all places", async () => {
    await makeNetwork(cloud);
    await cloud.run("POST", subnetworks(), SUBNET);
    const types = (items: unknown) => (items as JsonObject[]).map((o) => o.targetLink);
    const [network, subnet] = [
      `${LINKS}/projects/${PROJECT}/global/networks/vpc`,
      `${LINKS}/projects/${PROJECT}/regions/${REGION}/subnetworks/nodes`,
    ];
    const list = await cloud.run("GET", `${COMPUTE}/global/operations`);
    expect(list.kind).toBe("compute#operationList");
    expect(types(list.items)).toEqual([network]);
    const ofRegion = await cloud.run("GET", `${COMPUTE}/regions/${REGION}/operations`);
    expect(types(ofRegion.items)).toEqual([subnet]);
    const ofZone = await cloud.run("GET", `${COMPUTE}/zones/${REGION}-a/operations`);
    expect(ofZone.items).toBeUndefined();
    const all = await cloud.run("GET", `${COMPUTE}/aggregated/operations`);
    const { global, [`regions/${REGION}`]: here } = all.items as Record<string, JsonObject>;
    expect([types(global?.operations), types(here?.operations)]).toEqual([[network], [subnet]]);
  });
});

describe("a call that is sent twice with one request id", () => {
  const again = (url: string) => `${url}?requestId=${SENT_TWICE}`;

  it("begins one operation", async () => {
    const first = await cloud.start("POST", again(NETWORKS), { name: "vpc" });
    await cloud.finished(NETWORKS, first);
    const second = await cloud.start("POST", again(NETWORKS), { name: "vpc" });
    expect(second).toMatchObject({ name: first.name, clientOperationId: SENT_TWICE });
    const other = NETWORKS.replace("networks", "firewalls");
    await cloud.run("POST", again(other), { name: "rule", network: "vpc" });
  });

  it("changes once, and deletes once", async () => {
    await makeNetwork(cloud);
    await cloud.run("POST", subnetworks(), SUBNET);
    const nodes = `${subnetworks()}/nodes`;
    const { fingerprint } = await cloud.run("GET", nodes);
    const patch = { fingerprint, privateIpGoogleAccess: true };
    const first = await cloud.start("PATCH", again(nodes), patch);
    await cloud.finished(nodes, first);
    expect((await cloud.start("PATCH", again(nodes), patch)).name).toBe(first.name);
    const gone = await cloud.start("DELETE", again(nodes));
    await cloud.finished(nodes, gone);
    expect((await cloud.start("DELETE", again(nodes))).name).toBe(gone.name);
  });

  it.each(["once", "00000000-0000-0000-0000-000000000000"])("is refused with %s", async (id) => {
    const url = `${NETWORKS}?requestId=${id}`;
    await expect(cloud.run("POST", url, { name: "vpc" })).rejects.toThrow(
      `400 Invalid value for field 'requestId': '${id}'. Must be a UUID other than zero.`,
    );
    expect((await cloud.call("GET", `${NETWORKS}/vpc`)).status).toBe(404);
  });
});
