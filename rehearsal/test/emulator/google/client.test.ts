import { Google } from "../../../emulator/google/client";
import { Refusal } from "../../../emulator/google/refusal";
import { COMPUTE, CONTAINER, NETWORKS, SERVICES, TestCloud } from "../cloud/support/testCloud";

describe("Google", () => {
  let cloud: TestCloud;
  let google: Google;
  beforeEach(async () => {
    cloud = await TestCloud.start(["compute"]);
    google = cloud.google();
  });
  afterEach(() => cloud.stop());

  test("waits for an operation, and gives what was made", async () => {
    const network = { name: "vpc", autoCreateSubnetworks: false };
    expect(await google.run("POST", NETWORKS, network)).toMatchObject(network);
    expect(await google.run("GET", `${NETWORKS}/vpc`)).toMatchObject(network);
    expect(await google.run("DELETE", `${NETWORKS}/vpc`)).toEqual({});
  });

  test("gives the operation, to be waited for later", async () => {
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 0.01 });
    const network = { name: "vpc", autoCreateSubnetworks: false };
    const operation = await google.call("POST", NETWORKS, network);
    expect(operation).toMatchObject({ kind: "compute#operation", status: "RUNNING" });
    expect(await google.finish(NETWORKS, operation)).toMatchObject(network);
  });

  test("waits for operations that have no place of their own", async () => {
    await cloud.call("PATCH", "/admin/knobs", { timeScale: 0.002 });
    const enabled = await google.run("POST", `${SERVICES}/dns.googleapis.com:enable`);
    expect(enabled).toMatchObject({ service: { state: "ENABLED" } });
  });

  test("a refusal has the API's code and words, and is not tried again", async () => {
    const { json: before } = await cloud.call("GET", "/admin/calls");
    const refusal = await google.call("GET", `${CONTAINER}/clusters`).catch((e: unknown) => e);
    expect(refusal).toBeInstanceOf(Refusal);
    expect(refusal).toMatchObject({
      code: 403,
      message: expect.stringMatching(
        /^Kubernetes Engine API has not been used in project demo-project before/,
      ),
    });
    const { json: after } = await cloud.call("GET", "/admin/calls");
    expect(Number(after.requests) - Number(before.requests)).toBe(1);
  });

  test("a refusal without JSON shows what came", async () => {
    const broken = new Google(() => Promise.resolve({ status: 502, json: { detail: "no" } }));
    await expect(broken.call("GET", COMPUTE)).rejects.toThrow('{"detail":"no"}');
  });
});
