import { Resource } from "./support/standIn";
import { PROJECT, TestCloud } from "../../cloud/support/testCloud";
import { RecordedStandIn } from "./support/recorder";

const ACCOUNT = "gcp:serviceaccount/account:Account";
const ALL = `https://iam.googleapis.com/v1/projects/${PROJECT}/serviceAccounts`;
const OWN = `${ALL}/gke-nodes@${PROJECT}.iam.gserviceaccount.com`;
const QUERY = "alt=json&prettyPrint=false";

let cloud: TestCloud;
let standIn: RecordedStandIn;
let made: Resource;
beforeAll(async () => {
  cloud = await TestCloud.start(["iam"]);
  standIn = await RecordedStandIn.before(cloud);
});
afterAll(() => cloud.stop());

const inputs = { accountId: "gke-nodes", displayName: "Nodes" };

test("an account is made, and asked for by the name that it was given", async () => {
  made = await standIn.create(ACCOUNT, "x", inputs);
  expect(made.id).toBe(
    `projects/${PROJECT}/serviceAccounts/gke-nodes@${PROJECT}.iam.gserviceaccount.com`,
  );
  expect(standIn.taken()).toEqual([
    [`POST ${ALL}?${QUERY}`, { accountId: "gke-nodes", serviceAccount: { displayName: "Nodes" } }],
    [`GET ${OWN}?${QUERY}`],
  ]);
});

test("an account of whose kind nothing is said has no words for it", async () => {
  await standIn.delete(await standIn.create(ACCOUNT, "x", { accountId: "nameless" }));
  expect(standIn.taken()[0]?.[1]).toEqual({ accountId: "nameless", serviceAccount: {} });
});

test("an account that is there is taken where that is wanted, else not", async () => {
  const other = await standIn.create(ACCOUNT, "x", { ...inputs, createIgnoreAlreadyExists: true });
  expect(other.id).toBe(made.id);
  expect(standIn.taken().map(([call]) => call)).toEqual([
    `POST ${ALL}?${QUERY}`,
    `GET ${OWN}?${QUERY}`,
    `GET ${OWN}?${QUERY}`,
  ]);
  await expect(standIn.create(ACCOUNT, "x", inputs)).rejects.toThrow(
    "Error creating service account: googleapi: Error 409: ",
  );
  standIn.taken();
});

test("an account is changed by what differs, on what is there", async () => {
  made = await standIn.update(made, { accountId: "gke-nodes", description: "d", disabled: true });
  const etag: unknown = expect.any(String);
  expect(standIn.taken()).toEqual([
    [`GET ${OWN}?${QUERY}`],
    [`POST ${OWN}:disable?${QUERY}`, {}],
    [
      `PATCH ${OWN}?${QUERY}`,
      { serviceAccount: { description: "d", etag }, updateMask: "description,display_name" },
    ],
    [`GET ${OWN}?${QUERY}`],
  ]);
  made = await standIn.update(made, { accountId: "gke-nodes", description: "d" });
  expect(standIn.taken()).toEqual([
    [`GET ${OWN}?${QUERY}`],
    [`POST ${OWN}:enable?${QUERY}`, {}],
    [`GET ${OWN}?${QUERY}`],
  ]);
});

test("an account is deleted, and a second time too", async () => {
  await standIn.delete(made);
  await standIn.delete(made);
  const deletion = [`DELETE ${OWN}?${QUERY}`];
  expect(standIn.taken()).toEqual([deletion, deletion]);
});
