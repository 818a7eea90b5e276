import { makeCluster, PROJECT, TestCloud } from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
});
afterEach(() => cloud.stop());

const BUCKETS = "/storage/v1/b";
const make = (name = "weights", project = PROJECT) =>
  cloud.run("POST", `${BUCKETS}?project=${project}`, { name, location: "EU" });
const grant = (role: string, member = `user:a@example.com`, bucket = "weights") =>
  cloud.run("POST", `${BUCKETS}/${bucket}:setIamPolicy`, {
    policy: { bindings: [{ role, members: [member] }] },
  });

const NO_BUCKET = "404 The specified bucket does not exist.";

describe("buckets", () => {
  it("are made, shown and deleted, and have no operations", async () => {
    const bucket = { kind: "storage#bucket", id: "weights", name: "weights", location: "EU" };
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
    expect(await cloud.run("POST", `${BUCKETS}/weights:getIamPolicy`)).toMatchObject({
      bindings: [],
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
    await cloud.run("POST", `/cloudresourcemanager/v1/projects/${PROJECT}:setIamPolicy`, {
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
