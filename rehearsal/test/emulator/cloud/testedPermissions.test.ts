import { BUCKETS, PROJECT, SECRETS, TestCloud } from "./support/testCloud";

const ACCOUNT = `deployer@${PROJECT}.iam.gserviceaccount.com`;
const PROJECTS = "https://cloudresourcemanager.googleapis.com";

let cloud: TestCloud;
beforeAll(async () => {
  cloud = await TestCloud.start(["cloudresourcemanager", "secretmanager"]);
  await cloud.run("POST", `${BUCKETS}?project=${PROJECT}`, { name: "models" });
  await cloud.run("POST", `${SECRETS}?secretId=token`, { replication: { automatic: {} } });
});
afterAll(() => cloud.stop());

async function tokenWith(role?: string, resource = `projects/${PROJECT}`): Promise<string> {
  const grants = role === undefined ? [] : [{ role, resource }];
  const { json } = await cloud.call("PUT", `/admin/callers/${ACCOUNT}`, { grants });
  return String(json.accessToken);
}

const bucketUrl = (permissions: string[]) =>
  `${BUCKETS}/models/iam/testPermissions?${permissions.map((p) => `permissions=${p}`).join("&")}`;

it.each(["v1", "v3"])("a project tells which permissions its caller has: %s", async (version) => {
  const url = `${PROJECTS}/${version}/projects/${PROJECT}:testIamPermissions`;
  const permissions = ["compute.firewalls.create", "compute.networks.get", "dns.changes.get"];
  const held = async (role?: string) => {
    const { json } = await cloud.callAs(await tokenWith(role), "POST", url, { permissions });
    return json;
  };
  expect(await held("roles/compute.securityAdmin")).toEqual({
    permissions: ["compute.firewalls.create", "compute.networks.get"],
  });
  expect(await held()).toEqual({});
  expect(await cloud.run("POST", url, { permissions })).toEqual({ permissions });
});

it("a bucket and a secret tell it, too", async () => {
  const asked = ["storage.buckets.get", "storage.buckets.setIamPolicy"];
  const onBucket = await tokenWith("roles/storage.admin", "projects/_/buckets/models");
  expect((await cloud.callAs(onBucket, "GET", bucketUrl(asked))).json).toEqual({
    kind: "storage#testIamPermissionsResponse",
    permissions: asked,
  });
  const secret = `projects/${PROJECT}/secrets/token`;
  const onSecret = await tokenWith("roles/secretmanager.admin", secret);
  const body = {
    permissions: ["secretmanager.secrets.setIamPolicy", "secretmanager.versions.access"],
  };
  const url = `${SECRETS}/token:testIamPermissions`;
  expect((await cloud.callAs(onSecret, "POST", url, body)).json).toEqual({
    permissions: ["secretmanager.secrets.setIamPolicy"],
  });
  expect((await cloud.callAs(onSecret, "GET", bucketUrl(asked))).json).toEqual({
    kind: "storage#testIamPermissionsResponse",
  });
});

it("who tests a permission is not asked for it", async () => {
  const token = await tokenWith("roles/compute.securityAdmin");
  const url = `${PROJECTS}/v3/projects/${PROJECT}:testIamPermissions`;
  await cloud.callAs(token, "POST", url, { permissions: ["compute.firewalls.create"] });
  expect((await cloud.call("GET", `/admin/callers/${ACCOUNT}`)).json).toEqual({ permissions: [] });
});

it.each([
  [["compute.*"], "400 Permission compute.* is not valid for this resource."],
  [
    Array.from({ length: 101 }, () => "compute.networks.get"),
    "400 101 permissions were given; one request tests 100.",
  ],
])("a test of %j is refused", async (permissions, message) => {
  const url = `${PROJECTS}/v3/projects/${PROJECT}:testIamPermissions`;
  await expect(cloud.run("POST", url, { permissions })).rejects.toThrow(message);
});

it("what is not there has no permissions", async () => {
  await expect(
    cloud.run("POST", `${SECRETS}/none:testIamPermissions`, { permissions: [] }),
  ).rejects.toThrow(/^404 Secret \[projects\/\d+\/secrets\/none\] not found\.$/);
});
