import { PROJECT } from "../../cloud/support/testCloud";
import { refusal, Script, ScriptedStandIn } from "./support/script";

const SERVICE = "gcp:projects/service:Service";
const PATH = `/v1/projects/${PROJECT}/services`;
const HOST = "https://serviceusage.googleapis.com";
const ALL = HOST + PATH;
const GENERATED = "alt=json&prettyPrint=false";
const LIST =
  `GET ${ALL}?alt=json&fields=services%2Fname%2CnextPageToken&filter=state%3AENABLED` +
  "&pageSize=200&prettyPrint=false";
const PROJECT_GET = `GET https://cloudresourcemanager.googleapis.com/v1/projects/${PROJECT}?${GENERATED}`;

const on = (...apis: string[]) => ({
  json: { services: apis.map((api) => ({ name: `projects/1/services/${api}.googleapis.com` })) },
});
const project = { [`GET /v1/projects/${PROJECT}`]: { json: { lifecycleState: "ACTIVE" } } };
const begun = { json: { name: "operations/acf.1" } };
const done = { json: { name: "operations/acf.1", done: true } };

let standIn: ScriptedStandIn;
afterEach(() => standIn.close());

async function before(script: Script): Promise<void> {
  standIn = new ScriptedStandIn({ ...project, ...script });
  await standIn.configure();
}

const make = (api: string, more: object = {}) =>
  standIn.create(SERVICE, api, { service: `${api}.googleapis.com`, ...more });

test("one API is enabled by its own call, whose operation is asked for in another version", async () => {
  await before({
    [`GET ${PATH}`]: [on(), on("compute"), on("compute")],
    [`POST ${PATH}/compute.googleapis.com:enable`]: begun,
    "GET /v1beta1/operations/acf.1": done,
  });
  await make("compute");
  expect(standIn.taken()).toEqual([
    [LIST],
    [`POST ${ALL}/compute.googleapis.com:enable?${GENERATED}`, {}],
    [`GET ${HOST}/v1beta1/operations/acf.1?alt=json`],
    [LIST],
    [PROJECT_GET],
    [LIST],
  ]);
});

test("a project that cannot be asked for refuses one that was just enabled", async () => {
  const off = refusal(403, "it is disabled", "accessNotConfigured");
  await before({
    [`GET /v1/projects/${PROJECT}`]: off,
    [`GET ${PATH}`]: [on(), on("compute")],
    [`POST ${PATH}/compute.googleapis.com:enable`]: done,
  });
  await expect(make("compute")).rejects.toThrow(
    `Error when reading or editing Project Service ${PROJECT}/compute.googleapis.com: ` +
      "googleapi: Error 403: it is disabled, accessNotConfigured",
  );
});

test("several at once are enabled by one call", async () => {
  await before({
    [`GET ${PATH}`]: [on(), on("compute", "dns")],
    [`POST ${PATH}:batchEnable`]: done,
  });
  await Promise.all([make("compute"), make("dns")]);
  expect(standIn.taken().slice(0, 3)).toEqual([
    [LIST],
    [
      `POST ${ALL}:batchEnable?${GENERATED}`,
      { serviceIds: ["compute.googleapis.com", "dns.googleapis.com"] },
    ],
    [LIST],
  ]);
});

test("more than twenty are enabled by several calls", async () => {
  const apis = Array.from({ length: 21 }, (_, index) => `api${index}`);
  await before({
    [`GET ${PATH}`]: [on(), on(...apis)],
    [`POST ${PATH}:batchEnable`]: done,
    [`POST ${PATH}/api20.googleapis.com:enable`]: done,
  });
  await Promise.all(apis.map((api) => make(api)));
  expect(standIn.taken().slice(1, 3)).toEqual([
    [
      `POST ${ALL}:batchEnable?${GENERATED}`,
      { serviceIds: apis.slice(0, 20).map((api) => `${api}.googleapis.com`) },
    ],
    [`POST ${ALL}/api20.googleapis.com:enable?${GENERATED}`, {}],
  ]);
});

test("one that is on is not enabled again", async () => {
  await before({ [`GET ${PATH}`]: on("compute") });
  const made = await make("compute");
  standIn.taken();
  await standIn.refresh(made);
  expect(standIn.taken()).toEqual([[PROJECT_GET], [LIST]]);
  await standIn.update(made, { service: "compute.googleapis.com", disableOnDestroy: true });
  expect(standIn.taken()).toEqual([[PROJECT_GET], [LIST]]);
  await standIn.delete(made);
  expect(standIn.taken()).toEqual([]);
});

test.each<[object, object]>([
  [{}, { checkIfServiceHasUsage: "SKIP" }],
  [
    { disableDependentServices: true, checkIfServiceHasUsageOnDestroy: true },
    { checkIfServiceHasUsage: "CHECK", disableDependentServices: true },
  ],
])("one that is told to go is disabled: %j", async (settings, body) => {
  await before({
    [`GET ${PATH}`]: on("compute"),
    [`POST ${PATH}/compute.googleapis.com:disable`]: done,
  });
  const made = await make("compute", { disableOnDestroy: true, ...settings });
  standIn.taken();
  await standIn.delete(made);
  expect(standIn.taken()).toEqual([
    [`POST ${ALL}/compute.googleapis.com:disable?${GENERATED}`, body],
  ]);
});

describe("where they are refused", () => {
  const refused = "googleapi: Error 403: no, forbidden";
  const request = `Request \`Enable Project Service "compute.googleapis.com" for project "${PROJECT}"\` returned error: `;

  test("one says so at once", async () => {
    await before({
      [`GET ${PATH}`]: on(),
      [`POST ${PATH}/compute.googleapis.com:enable`]: refusal(403, "no", "forbidden"),
    });
    await expect(make("compute")).rejects.toThrow(
      `${request}failed to enable services: failed on request preconditions: ${refused}`,
    );
  });

  test("each of several is tried alone", async () => {
    await before({
      [`GET ${PATH}`]: [on(), on("dns")],
      [`POST ${PATH}:batchEnable`]: refusal(403, "no", "forbidden"),
      [`POST ${PATH}/compute.googleapis.com:enable`]: refusal(403, "no", "forbidden"),
      [`POST ${PATH}/dns.googleapis.com:enable`]: done,
    });
    const [compute, dns] = await Promise.allSettled([make("compute"), make("dns")]);
    expect(dns.status).toBe("fulfilled");
    expect(String(compute.status === "rejected" && compute.reason)).toContain(
      `${request}Batch request and retried single request ` +
        `"Enable Project Service "compute.googleapis.com" for project "${PROJECT}"" both failed. ` +
        `Final error: failed to enable services: failed on request preconditions: ${refused}`,
    );
  });

  test("an operation tells its code, and the list which project", async () => {
    const failed = { json: { ...done.json, error: { code: 7, message: "denied" } } };
    await before({
      [`GET ${PATH}`]: on(),
      [`POST ${PATH}/compute.googleapis.com:enable`]: begun,
      "GET /v1beta1/operations/acf.1": failed,
    });
    await expect(make("compute")).rejects.toThrow(
      `${request}failed to enable services: Error waiting for Enable Project "${PROJECT}" ` +
        "Services: [compute.googleapis.com]: Error code 7, message: denied",
    );
    await standIn.close();
    await before({ [`GET ${PATH}`]: refusal(403, "no", "forbidden") });
    await expect(make("compute")).rejects.toThrow(
      `Request \`List Project Services ${PROJECT}\` returned error: Failed to list enabled ` +
        `services for project ${PROJECT}: ${refused}`,
    );
  });
});
