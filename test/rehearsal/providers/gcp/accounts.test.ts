import { Resource } from "../../cloud/door/support/door";
import { PROJECT, TestCloud } from "../../cloud/support/testCloud";
import { RecordedDoor } from "./support/recorder";

const ACCOUNT = "gcp:serviceaccount/account:Account";
const ALL = `https://iam.googleapis.com/v1/projects/${PROJECT}/serviceAccounts`;
const OWN = `${ALL}/gke-nodes@${PROJECT}.iam.gserviceaccount.com`;
const QUERY = "alt=json&prettyPrint=false";

let cloud: TestCloud;
let door: RecordedDoor;
let made: Resource;
beforeAll(async () => {
  cloud = await TestCloud.start(["iam"]);
  door = await RecordedDoor.before(cloud);
});
afterAll(() => cloud.stop());

const inputs = { accountId: "gke-nodes", displayName: "Nodes" };

test("an account is made, and asked for by the name that it was given", async () => {
  made = await door.create(ACCOUNT, "x", inputs);
  expect(made.id).toBe(
    `projects/${PROJECT}/serviceAccounts/gke-nodes@${PROJECT}.iam.gserviceaccount.com`,
  );
  expect(door.taken()).toEqual([
    [`POST ${ALL}?${QUERY}`, { accountId: "gke-nodes", serviceAccount: { displayName: "Nodes" } }],
    [`GET ${OWN}?${QUERY}`],
  ]);
});

test("an account of whose kind nothing is said has no words for it", async () => {
  await door.delete(await door.create(ACCOUNT, "x", { accountId: "nameless" }));
  expect(door.taken()[0]?.[1]).toEqual({ accountId: "nameless", serviceAccount: {} });
});

test("an account that is there is taken where that is wanted, else not", async () => {
  const other = await door.create(ACCOUNT, "x", { ...inputs, createIgnoreAlreadyExists: true });
  expect(other.id).toBe(made.id);
  expect(door.taken().map(([call]) => call)).toEqual([
    `POST ${ALL}?${QUERY}`,
    `GET ${OWN}?${QUERY}`,
    `GET ${OWN}?${QUERY}`,
  ]);
  await expect(door.create(ACCOUNT, "x", inputs)).rejects.toThrow(
    "Error creating service account: googleapi: Error 409: ",
  );
  door.taken();
});

test("an account is changed by what differs, on what is there", async () => {
  made = await door.update(made, { accountId: "gke-nodes", description: "d", disabled: true });
  const etag: unknown = expect.any(String);
  expect(door.taken()).toEqual([
    [`GET ${OWN}?${QUERY}`],
    [`POST ${OWN}:disable?${QUERY}`, {}],
    [
      `PATCH ${OWN}?${QUERY}`,
      { serviceAccount: { description: "d", etag }, updateMask: "description,display_name" },
    ],
    [`GET ${OWN}?${QUERY}`],
  ]);
  made = await door.update(made, { accountId: "gke-nodes", description: "d" });
  expect(door.taken()).toEqual([
    [`GET ${OWN}?${QUERY}`],
    [`POST ${OWN}:enable?${QUERY}`, {}],
    [`GET ${OWN}?${QUERY}`],
  ]);
});

test("an account is deleted, and a second time too", async () => {
  await door.delete(made);
  await door.delete(made);
  const deletion = [`DELETE ${OWN}?${QUERY}`];
  expect(door.taken()).toEqual([deletion, deletion]);
});
