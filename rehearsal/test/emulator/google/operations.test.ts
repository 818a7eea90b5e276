import { Google } from "../../../emulator/google/client";
import { type Json } from "../../../emulator/google/json";
import { operationIn } from "../../../emulator/google/operations";

/** A client whose calls are answered in turn, and what it was asked. */
function answering(...answers: Json[]) {
  const asked: string[] = [];
  const google = new Google(({ verb, url }) => {
    asked.push(`${verb} ${url}`);
    return Promise.resolve({ status: 200, json: answers.shift() ?? {} });
  });
  return { google, asked };
}

const HOST = "https://container.googleapis.com/v1/projects/p/locations/l";

describe("an operation is waited for as its API has it", () => {
  test("Compute Engine", async () => {
    const url = "https://compute.googleapis.com/compute/v1/projects/p/global/networks";
    const link = "https://www.googleapis.com/compute/v1/projects/p/global";
    const operation = {
      kind: "compute#operation",
      name: "operation-1",
      operationType: "insert",
      selfLink: `${link}/operations/operation-1`,
      targetLink: `${link}/networks/n`,
    };
    const { google, asked } = answering(
      { ...operation, status: "RUNNING" },
      { ...operation, status: "DONE" },
      { name: "n" },
    );
    const made = await google.finish(url, { ...operation, status: "PENDING" });
    expect(made).toEqual({ name: "n" });
    const wait = `POST ${link}/operations/operation-1/wait`;
    expect(asked).toEqual([wait, wait, `GET ${link}/networks/n`]);
  });

  test("Kubernetes Engine", async () => {
    const operation = {
      name: "operation-1",
      operationType: "CREATE_CLUSTER",
      selfLink: `${HOST}/operations/operation-1`,
      targetLink: `${HOST}/clusters/c`,
    };
    const { google, asked } = answering({ ...operation, status: "DONE" }, { name: "c" });
    const begun = { ...operation, status: "RUNNING" };
    expect(await google.finish(`${HOST}/clusters`, begun)).toEqual({ name: "c" });
    expect(asked).toEqual([`GET ${HOST}/operations/operation-1`, `GET ${HOST}/clusters/c`]);
  });

  test("what is deleted is not asked for", async () => {
    const operation = { name: "o", operationType: "DELETE_CLUSTER", selfLink: `${HOST}/o` };
    const { google, asked } = answering({ ...operation, status: "DONE" });
    expect(await google.finish(HOST, { ...operation, status: "RUNNING" })).toEqual({});
    expect(asked).toEqual([`GET ${HOST}/o`]);
  });

  test("others at the host and version of their call", async () => {
    const url = "https://gkehub.googleapis.com/v1beta1/projects/p/locations/global/memberships";
    const name = "projects/p/locations/global/operations/o";
    const response = {
      "@type": "type.googleapis.com/google.cloud.gkehub.v1.Membership",
      name: "m",
    };
    const { google, asked } = answering({ name, metadata: {} }, { name, done: true, response });
    expect(await google.finish(url, { name, metadata: {} })).toEqual({ name: "m" });
    const poll = `GET https://gkehub.googleapis.com/v1beta1/${name}`;
    expect(asked).toEqual([poll, poll]);
  });

  test("Cloud DNS' changes below the zone", async () => {
    const url = "https://dns.googleapis.com/dns/v1/projects/p/managedZones/z/changes";
    const change = { kind: "dns#change", id: "7" };
    const { google, asked } = answering({ ...change, status: "done" });
    await google.finish(url, { ...change, status: "pending" });
    expect(asked).toEqual([`GET ${url}/7`]);
  });
});

test.each([{ name: "projects/p/secrets/s" }, { kind: "compute#network", name: "n" }, {}])(
  "%j is no operation",
  (answer) => expect(operationIn(HOST, answer)).toBeUndefined(),
);

describe("an operation that fails is a refusal with a code of HTTP", () => {
  test.each([
    [
      "Compute Engine",
      {
        kind: "compute#operation",
        status: "DONE",
        httpErrorStatusCode: 409,
        error: { errors: [{ code: "X", message: "no" }] },
      },
      409,
    ],
    [
      "Kubernetes Engine",
      { operationType: "CREATE_CLUSTER", status: "DONE", error: { code: 8, message: "no" } },
      429,
    ],
    ["others", { name: "operations/o", done: true, error: { code: 9, message: "no" } }, 400],
  ])("%s", async (_api, answer, code) => {
    const { google } = answering();
    await expect(google.finish(HOST, answer)).rejects.toMatchObject({ code, message: "no" });
  });
});
