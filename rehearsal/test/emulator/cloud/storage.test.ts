import { projectNumber } from "../../../emulator/cloud/numericIds";
import { BUCKETS, makeCluster, PROJECT, RESOURCE_MANAGER, TestCloud } from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
});
afterEach(() => cloud.stop());

const make = (name = "weights", project = PROJECT) =>
  cloud.run("POST", `${BUCKETS}?project=${project}`, { name, location: "EU" });
const grant = (role: string, member = `user:a@example.com`, bucket = "weights") =>
  cloud.run("PUT", `${BUCKETS}/${bucket}/iam`, { bindings: [{ role, members: [member] }] });

const NO_BUCKET = "404 The specified bucket does not exist.";

describe("buckets", () => {
  it("are made, shown and deleted, and have no operations", async () => {
    const bucket = {
      kind: "storage#bucket",
      id: "weights",
      name: "weights",
      selfLink: "https://www.googleapis.com/storage/v1/b/weights",
      projectNumber: projectNumber(PROJECT),
      location: "EU",
      storageClass: "STANDARD",
      metageneration: "1",
      timeCreated: expect.stringMatching(/Z$/),
      updated: expect.stringMatching(/Z$/),
      etag: expect.any(String),
    };
    expect(await make()).toEqual(bucket);
    expect(await cloud.run("GET", `${BUCKETS}/weights`)).toEqual(bucket);
    await cloud.run("DELETE", `${BUCKETS}/weights`);
    await expect(cloud.run("GET", `${BUCKETS}/weights`)).rejects.toThrow(NO_BUCKET);
  });

  it.each(["ab", "Weights", "-weights", "weights-", "a".repeat(64)])("%s is no name", (name) =>
    expect(make(name)).rejects.toThrow(`400 Invalid bucket name: '${name}'`),
  );

  it("have a name that no other project has", async () => {
    await make();
    await expect(make("weights", "other-project")).rejects.toThrow(
      "409 The requested bucket name is not available. The bucket namespace is shared by all " +
        "users of the system. Please select a different name and try again.",
    );
  });

  it("are deleted without a word", async () => {
    await make();
    expect(await cloud.call("DELETE", `${BUCKETS}/weights`)).toEqual({ status: 204, json: {} });
  });

  it("are listed by project and prefix", async () => {
    expect(await cloud.run("GET", `${BUCKETS}?project=${PROJECT}`)).toEqual({
      kind: "storage#buckets",
    });
    await make("weights");
    await make("other");
    await make("theirs", "other-project");
    const names = async (query: string) =>
      ((await cloud.run("GET", `${BUCKETS}?${query}`)).items as { name: string }[]).map(
        ({ name }) => name,
      );
    expect(await names(`project=${PROJECT}`)).toEqual(["weights", "other"]);
    expect(await names(`project=${projectNumber(PROJECT)}`)).toEqual(["weights", "other"]);
    expect(await names(`project=${PROJECT}&prefix=we`)).toEqual(["weights"]);
  });

  it("change in what a patch names", async () => {
    const { etag } = await make();
    const changed = await cloud.run("PATCH", `${BUCKETS}/weights`, { labels: { a: "b" } });
    expect(changed).toMatchObject({ name: "weights", metageneration: "2", labels: { a: "b" } });
    expect(changed.etag).not.toBe(etag);
    expect(await cloud.run("GET", `${BUCKETS}/weights`)).toEqual(changed);
  });

  it("are read, changed and deleted on conditions", async () => {
    await make();
    const on = (verb: string, condition: string, body?: object) =>
      cloud.call(verb, `${BUCKETS}/weights?ifMetageneration${condition}`, body);
    expect(await on("PATCH", "Match=1", { labels: { a: "b" } })).toMatchObject({ status: 200 });
    const message = "At least one of the pre-conditions you specified did not hold.";
    const refusal = {
      status: 412,
      json: { error: { code: 412, message, errors: [{ reason: "conditionNotMet" }] } },
    };
    for (const condition of ["Match=1", "NotMatch=2"]) {
      expect(await on("PATCH", condition, { labels: {} })).toMatchObject(refusal);
      expect(await on("DELETE", condition)).toMatchObject(refusal);
    }
    expect(await on("GET", "Match=1")).toMatchObject(refusal);
    expect(await on("GET", "Match=2")).toMatchObject({ status: 200 });
    expect(await on("GET", "NotMatch=1")).toMatchObject({ status: 200 });
    expect(await on("GET", "NotMatch=2")).toMatchObject({ status: 304 });
    expect(await on("DELETE", "Match=2")).toMatchObject({ status: 204 });
  });

  it("stay when a stack goes: they were there before", async () => {
    await make();
    expect(await cloud.run("GET", "/admin/resources")).toEqual([]);
  });
});

describe("grants on a bucket", () => {
  it("are the bucket's own, and go with it", async () => {
    await make();
    await grant("roles/storage.objectUser");
    expect(await cloud.run("GET", "/admin/resources")).toEqual([
      {
        service: "storage.googleapis.com",
        type: "IamBinding",
        name: "projects/_/buckets/weights roles/storage.objectUser user:a@example.com",
      },
    ]);
    await cloud.run("DELETE", `${BUCKETS}/weights`);
    await make();
    expect(await cloud.run("GET", `${BUCKETS}/weights/iam`)).toEqual({
      kind: "storage#policy",
      resourceId: "projects/_/buckets/weights",
      etag: "ACAB",
    });
  });

  it("are not written over with an old etag", async () => {
    await make();
    const { etag } = await cloud.run("GET", `${BUCKETS}/weights/iam`);
    await grant("roles/storage.objectUser");
    const { status, json } = await cloud.call("PUT", `${BUCKETS}/weights/iam`, { etag });
    expect(status).toBe(412);
    expect(json).toEqual({
      error: {
        code: 412,
        message: "Precondition Failed",
        errors: [{ message: "Precondition Failed", domain: "global", reason: "conditionNotMet" }],
      },
    });
  });

  it("need the bucket", async () => {
    await expect(grant("roles/storage.objectUser")).rejects.toThrow(NO_BUCKET);
  });

  it("are of roles for storage only", async () => {
    await make();
    await expect(grant("roles/secretmanager.secretAccessor")).rejects.toThrow(
      "400 Role roles/secretmanager.secretAccessor is not supported for this resource.",
    );
  });

  it("are not to accounts of a workload pool that no cluster has made", async () => {
    await make();
    const member = `serviceAccount:${PROJECT}.svc.id.goog[inference/model-server-eu]`;
    await expect(grant("roles/storage.objectUser", member)).rejects.toThrow(
      `400 Identity Pool does not exist (${PROJECT}.svc.id.goog).`,
    );
    await makeCluster(cloud);
    await grant("roles/storage.objectUser", member);
  });
});

describe("GKE sees", () => {
  const MEMBER = "user:a@example.com";
  const holds = (roles: string[], bucket = "weights", members = [MEMBER]) =>
    cloud.gke.view.holdsOnBucket(bucket, roles, members);

  it("a bucket, and that it has changed", async () => {
    expect(cloud.gke.view.hasBucket("weights")).toBe(false);
    const before = cloud.gke.cloudChanges;
    await make();
    expect(cloud.gke.view.hasBucket("weights")).toBe(true);
    await grant("roles/storage.objectUser");
    await cloud.run("DELETE", `${BUCKETS}/weights`);
    expect(cloud.gke.cloudChanges).toBe(before + 3);
  });

  it("roles on the bucket and in its project", async () => {
    await make();
    expect(holds(["roles/storage.objectUser"])).toBe(false);
    await grant("roles/storage.objectUser");
    expect(holds(["roles/storage.admin", "roles/storage.objectUser"])).toBe(true);
    expect(holds(["roles/storage.objectUser"], "other")).toBe(false);
    expect(holds(["roles/storage.objectUser"], "weights", ["user:b@example.com"])).toBe(false);
    await cloud.run("POST", `${RESOURCE_MANAGER}:setIamPolicy`, {
      policy: { bindings: [{ role: "roles/storage.admin", members: ["user:b@example.com"] }] },
    });
    expect(holds(["roles/storage.admin"], "weights", ["user:b@example.com"])).toBe(true);
  });
});

describe("GKE sees of a cluster", () => {
  const NAME = `projects/${PROJECT}/locations/europe-west4/clusters/eu`;

  it.each([
    [{}, []],
    [
      { addonsConfig: { gcsFuseCsiDriverConfig: { enabled: true } } },
      ["gcsfuse.csi.storage.gke.io"],
    ],
    [{ addonsConfig: { gcsFuseCsiDriverConfig: { enabled: false } } }, []],
    [{ secretManagerConfig: { enabled: true } }, ["secrets-store-gke.csi.k8s.io"]],
    [{ secretManagerConfig: { enabled: false } }, []],
  ])("with %j the drivers %j", async (fields, drivers) => {
    await makeCluster(cloud, fields);
    expect(cloud.gke.view.csiDrivers(NAME)).toEqual(drivers);
  });

  it("its workload pool", async () => {
    expect(cloud.gke.view.workloadPool(NAME)).toBeUndefined();
    await makeCluster(cloud);
    expect(cloud.gke.view.workloadPool(NAME)).toBe(`${PROJECT}.svc.id.goog`);
  });
});
