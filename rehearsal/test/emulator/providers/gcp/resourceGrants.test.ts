import { PROJECT, TestCloud } from "../../cloud/support/testCloud";
import { StandIn } from "./support/standIn";

const BUCKET_GRANT = "gcp:storage/bucketIAMMember:BucketIAMMember";
const SECRET_GRANT = "gcp:secretmanager/secretIamMember:SecretIamMember";
const MEMBER = "user:A@example.com";
const SECRET = `projects/${PROJECT}/secrets/hf`;
const USER = "roles/storage.objectUser";
const ACCESSOR = "roles/secretmanager.secretAccessor";

let cloud: TestCloud;
let standIn: StandIn;
beforeEach(async () => {
  cloud = await TestCloud.start(["secretmanager"]);
  standIn = await new StandIn(cloud).configure();
  await cloud.run("POST", `https://storage.googleapis.com/storage/v1/b?project=${PROJECT}`, {
    name: "weights",
  });
  const secrets = `https://secretmanager.googleapis.com/v1/projects/${PROJECT}/secrets`;
  await cloud.run("POST", `${secrets}?secretId=hf`, { replication: { automatic: {} } });
});
afterEach(() => cloud.stop());

const onBucket = { bucket: "weights", role: USER, member: MEMBER };
const onSecret = { secretId: "hf", role: ACCESSOR, member: MEMBER };

describe.each([
  [BUCKET_GRANT, onBucket, `b/weights/${USER}/user:a@example.com`, { bucket: "b/weights" }],
  [
    SECRET_GRANT,
    onSecret,
    `${SECRET}/${ACCESSOR}/user:a@example.com`,
    { secretId: SECRET, project: PROJECT },
  ],
  [
    SECRET_GRANT,
    { ...onSecret, secretId: SECRET },
    `${SECRET}/${ACCESSOR}/user:a@example.com`,
    { secretId: SECRET, project: PROJECT },
  ],
])("%s %j", (type, inputs, id, outputs) => {
  it("is made, and shows its target in full", async () => {
    const made = await standIn.create(type, "x", inputs);
    expect(made.id).toBe(id);
    expect(made.outputs).toMatchObject({ ...outputs, role: inputs.role, member: MEMBER });
    expect(await standIn.refresh(made)).toEqual(made);
  });

  it("is not different for how its target and member are spelt", async () => {
    const made = await standIn.create(type, "x", inputs);
    const respelt = { ...inputs, ...outputs, member: MEMBER.toLowerCase() };
    expect((await standIn.diff(made, respelt)).changes).toEqual([]);
  });

  it.each(["role", "member"])("is another one with another %s", async (key) => {
    const made = await standIn.create(type, "x", inputs);
    const other = { role: "roles/other", member: "user:b@example.com" }[key] ?? "";
    const { changes } = await standIn.diff(made, { ...inputs, [key]: other });
    expect(changes).toEqual([{ path: [key], kind: "update", replace: true }]);
  });

  it("is taken away alone", async () => {
    const made = await standIn.create(type, "x", inputs);
    const kept = await standIn.create(type, "y", { ...inputs, member: "user:b@example.com" });
    await standIn.delete(made);
    expect(await standIn.refresh(made)).toBeUndefined();
    expect((await standIn.refresh(kept))?.id).toBe(kept.id);
  });
});

it("another bucket is another grant, another secret too", async () => {
  const bucket = await standIn.create(BUCKET_GRANT, "x", onBucket);
  const secret = await standIn.create(SECRET_GRANT, "x", onSecret);
  const replaced = [{ kind: "update", replace: true }];
  const moved = await standIn.diff(bucket, { ...onBucket, bucket: "other" });
  expect(moved.changes).toMatchObject(replaced);
  const other = { ...onSecret, secretId: SECRET.replace(PROJECT, "other-project") };
  expect((await standIn.diff(secret, other)).changes).toMatchObject(replaced);
});

it("what is not there takes no grant", async () => {
  await expect(standIn.create(BUCKET_GRANT, "x", { ...onBucket, bucket: "no" })).rejects.toThrow(
    "googleapi: Error 404: The specified bucket does not exist., notFound",
  );
  await expect(standIn.create(SECRET_GRANT, "x", { ...onSecret, secretId: "no" })).rejects.toThrow(
    /googleapi: Error 404: Secret \[projects\/\d+\/secrets\/no\] not found\./,
  );
});

it("a role of something else is refused with the whole story", async () => {
  await expect(standIn.create(BUCKET_GRANT, "x", { ...onBucket, role: ACCESSOR })).rejects.toThrow(
    'Error applying IAM policy for storage bucket "b/weights": Error setting IAM policy for ' +
      `storage bucket "b/weights": googleapi: Error 400: Role ${ACCESSOR} is not supported`,
  );
  await expect(standIn.create(SECRET_GRANT, "x", { ...onSecret, role: USER })).rejects.toThrow(
    `Error applying IAM policy for secretmanager secret "${SECRET}": Error setting IAM policy ` +
      `for secretmanager secret "${SECRET}": googleapi: Error 400: Role ${USER} is not supported`,
  );
});
