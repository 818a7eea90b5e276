import { METHODS } from "../../../emulator/cloud/tables/methods";
import { ROLES } from "../../../emulator/cloud/tables/roles";
import type { JsonObject } from "../../../emulator/cloud/json";
import { serviceMethods } from "../../../emulator/cloud/services";
import { Discovery } from "../../../emulator/cloud/wire/discovery";
import type { Cloud } from "../../../emulator/cloud/cloud";
import {
  BUCKETS,
  CLUSTER,
  CLUSTER_NAME,
  CONTAINER,
  HUB,
  IAM,
  INGRESS,
  makeCluster,
  makeNetwork,
  makeSubnet,
  membership,
  NETWORKS,
  PROJECT,
  RESOURCE_MANAGER,
  SECRETS,
  SERVICES,
  SUBNET,
  subnetworks,
  TestCloud,
} from "./support/testCloud";

const ACCOUNT = `deployer@${PROJECT}.iam.gserviceaccount.com`;
const NODES = `inference-nodes@${PROJECT}.iam.gserviceaccount.com`;
const FIREWALLS = NETWORKS.replace("networks", "firewalls");
const APIS = "compute container cloudresourcemanager iam gkehub dns secretmanager storage".split(
  " ",
);
const IN_PROJECT = `projects/${PROJECT}`;

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start(APIS);
});
afterEach(() => cloud.stop());

interface Grant {
  role: string;
  resource: string;
}

/** Gives the account just these roles. @returns calls in its name */
async function account(...grants: (string | Grant)[]) {
  const all = grants.map((grant) =>
    typeof grant === "string" ? { role: `roles/${grant}`, resource: IN_PROJECT } : grant,
  );
  const { json } = await cloud.call("PUT", `/admin/callers/${ACCOUNT}`, { grants: all });
  const token = String(json.accessToken);
  return (method: string, url: string, body?: object) => cloud.callAs(token, method, url, body);
}

async function errorOf(answer: Promise<{ json: JsonObject }>) {
  const { error } = (await answer).json as {
    error?: { code: number; message: string; errors?: [] };
  };
  return error;
}

describe("every method", () => {
  test("that is served is in the table, and the other way round", () => {
    // A method says what it is before anything is called.
    const nothing = () => undefined;
    const methods = serviceMethods({ operations: { register: nothing } } as unknown as Cloud);
    expect(methods.map(({ id }) => id).sort()).toEqual(Object.keys(METHODS).sort());
  });

  test("is one of Google's", () => {
    const discovery = Discovery.in(process.env.DISCOVERY_DOCUMENTS ?? "");
    const unknown = Object.keys(METHODS).filter((id) => discovery.versionsOf(id).length === 0);
    expect(unknown).toEqual([]);
  });

  test("takes permissions that some role has", () => {
    const given = Object.values(ROLES).flat();
    const has = (permission: string) =>
      given.some(
        (g) => g === permission || (g.endsWith(".*") && permission.startsWith(g.slice(0, -1))),
      );
    const unknown = (Object.values(METHODS) as readonly (readonly string[])[])
      .flat()
      .filter((permission) => !has(permission));
    // Only the owner makes roles here.
    expect([...new Set(unknown)]).toEqual(["iam.roles.create"]);
  });
});

describe("callers", () => {
  test("with the owner's token own every project", async () => {
    await cloud.run("POST", NETWORKS, { name: "vpc" });
  });

  test("with a token of nobody are refused", async () => {
    const { status, json } = await cloud.callAs("x", "GET", NETWORKS);
    expect(status).toBe(401);
    expect((json.error as JsonObject).message).toBe(
      "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie " +
        "or other valid authentication credential. See " +
        "https://developers.google.com/identity/sign-in/web/devconsole-project.",
    );
  });

  test("keep their token when their roles change, and lose the roles that they do not get again", async () => {
    const first = await account("compute.networkAdmin");
    expect((await first("POST", NETWORKS, { name: "vpc" })).status).toBe(200);
    await account("compute.securityAdmin");
    expect((await first("POST", NETWORKS, { name: "vpc-2" })).status).toBe(403);
  });

  test("are told of an API that is off before they are asked for permissions", async () => {
    await cloud.stop();
    cloud = await TestCloud.start([]);
    const call = await account();
    expect((await errorOf(call("POST", NETWORKS, { name: "vpc" })))?.message).toMatch(
      /^Compute Engine API has not been used in project demo-project before/,
    );
  });

  test("are not among what a destroyed stack leaves", async () => {
    await account("compute.networkAdmin");
    expect((await cloud.call("GET", "/admin/resources")).json).toEqual([]);
  });

  test("get no role on what is not there", async () => {
    const bucket = { role: "roles/storage.admin", resource: "projects/_/buckets/weights" };
    const before = await account(bucket);
    await cloud.run("POST", `${BUCKETS}?project=${PROJECT}`, { name: "weights" });
    expect((await before("GET", `${BUCKETS}/weights`)).status).toBe(403);
    const after = await account(bucket);
    expect((await after("GET", `${BUCKETS}/weights`)).status).toBe(200);
  });

  test("have no role by a grant on a condition", async () => {
    const call = await account("browser");
    const binding = { role: "roles/compute.networkAdmin", members: [`serviceAccount:${ACCOUNT}`] };
    const condition = { title: "t", expression: "false" };
    const policy = { version: 3, bindings: [{ ...binding, condition }] };
    await cloud.run("POST", `${RESOURCE_MANAGER}:setIamPolicy`, { policy });
    expect((await call("POST", NETWORKS, { name: "vpc" })).status).toBe(403);
    await cloud.run("POST", `${RESOURCE_MANAGER}:setIamPolicy`, {
      policy: { bindings: [binding] },
    });
    expect((await call("POST", NETWORKS, { name: "vpc" })).status).toBe(200);
  });

  test.each([[{}], [{ grants: [{ role: "roles/owner" }] }], [{ grants: "roles/owner" }]])(
    "are not admitted with %j",
    async (body) => {
      const { json } = await cloud.call("PUT", `/admin/callers/${ACCOUNT}`, body);
      const { grants } = body as { grants?: unknown };
      expect((json as { error: { message: string } }).error.message).toBe(
        `grants: ${JSON.stringify(grants)} is not a list of { role, resource }`,
      );
    },
  );

  test("may have a role of the project's own, with the permissions that it lists", async () => {
    const role = { title: "Networks", includedPermissions: ["compute.networks.create"] };
    const url = `${IAM}/roles`;
    await cloud.run("POST", url, { roleId: "networks", role });
    const call = await account({ role: `${IN_PROJECT}/roles/networks`, resource: IN_PROJECT });
    expect((await call("POST", NETWORKS, { name: "vpc" })).status).toBe(200);
    expect((await call("GET", `${NETWORKS}/vpc`)).status).toBe(403);
    await expect(cloud.run("POST", url, { roleId: "networks", role })).rejects.toThrow(
      "409 A role named networks in projects/demo-project already exists.",
    );
  });
});

describe("a call without its permission is refused in the words of", () => {
  test("Compute Engine, which lists all that is missing", async () => {
    await makeNetwork(cloud);
    const vpc = `${IN_PROJECT}/global/networks/vpc`;
    const nobody = await account();
    const rule = { name: "allow", network: "vpc" };
    const created = `Required 'compute.firewalls.create' permission for '${IN_PROJECT}/global/firewalls/allow'`;
    const policy = `Required 'compute.networks.updatePolicy' permission for '${vpc}'`;
    expect(await errorOf(nobody("POST", FIREWALLS, rule))).toEqual({
      code: 403,
      message: created,
      errors: [created, policy].map((message) => ({
        message,
        domain: "global",
        reason: "forbidden",
      })),
    });
    expect(await errorOf(nobody("GET", NETWORKS))).toMatchObject({
      message: `Required 'compute.networks.list' permission for '${IN_PROJECT}'`,
    });
    const networks = await account("compute.networkAdmin");
    expect(await errorOf(networks("POST", FIREWALLS, rule))).toMatchObject({
      message: created,
      errors: [{ message: created }],
    });
    const rules = await account("compute.securityAdmin");
    expect((await rules("POST", FIREWALLS, rule)).status).toBe(200);
    expect(await errorOf(rules("POST", subnetworks(), SUBNET))).toMatchObject({
      message: `Required 'compute.subnetworks.create' permission for '${IN_PROJECT}/regions/europe-west4/subnetworks/nodes'`,
    });
  });

  test("Kubernetes Engine, whose nodes run as somebody", async () => {
    await makeNetwork(cloud);
    await makeSubnet(cloud);
    await cloud.run("POST", `${IAM}/serviceAccounts`, {
      accountId: "inference-nodes",
    });
    const cluster = { ...CLUSTER, nodeConfig: { serviceAccount: NODES } };
    const make = async (call: Awaited<ReturnType<typeof account>>) =>
      errorOf(call("POST", `${CONTAINER}/clusters`, { cluster }));
    expect(await make(await account("iam.serviceAccountUser"))).toMatchObject({
      code: 403,
      message: `Required "container.clusters.create" permission(s) for "${IN_PROJECT}".`,
    });
    const refusal = {
      code: 400,
      message: `The user does not have access to service account "${NODES}".`,
      errors: [{ reason: "badRequest" }],
    };
    expect(await make(await account("container.admin"))).toMatchObject(refusal);
    const account_ = `${IN_PROJECT}/serviceAccounts/${NODES}`;
    const onAccount = { role: "roles/iam.serviceAccountUser", resource: account_ };
    expect(await make(await account("container.admin", onAccount))).toBeUndefined();

    const call = await account("container.admin");
    const pool = `https://container.googleapis.com/v1/${CLUSTER_NAME}/nodePools`;
    const nodePool = { name: "p", config: { serviceAccount: NODES } };
    expect(await errorOf(call("POST", pool, { nodePool }))).toMatchObject(refusal);
    expect(await errorOf(call("POST", pool, { nodePool: { name: "p" } }))).toMatchObject({
      message: 'The user does not have access to service account "default".',
    });
    const viewer = await account("viewer");
    // Who may not change a cluster does not hear what is wrong with the change.
    const update = { desiredNodeVersion: "1.35.1", desiredImage: "x" };
    expect(
      await errorOf(
        viewer("PUT", `https://container.googleapis.com/v1/${CLUSTER_NAME}`, { update }),
      ),
    ).toMatchObject({
      code: 403,
      message: `Required "container.clusters.update" permission(s) for "${CLUSTER_NAME}".`,
    });
    expect(
      await errorOf(viewer("DELETE", `https://container.googleapis.com/v1/${CLUSTER_NAME}`)),
    ).toMatchObject({
      code: 403,
      message: `Required "container.clusters.delete" permission(s) for "${CLUSTER_NAME}".`,
    });
  });

  test("GKE Hub", async () => {
    await makeCluster(cloud);
    const url = `${HUB}/memberships?membershipId=eu`;
    const name = `${IN_PROJECT}/locations/global/memberships/eu`;
    const refused = await errorOf((await account("container.admin"))("POST", url, membership()));
    expect(refused).toEqual({
      code: 403,
      status: "PERMISSION_DENIED",
      message: `Permission 'gkehub.memberships.create' denied on '${name}'`,
      details: [
        {
          "@type": "type.googleapis.com/google.rpc.ErrorInfo",
          reason: "IAM_PERMISSION_DENIED",
          domain: "gkehub.googleapis.com",
          metadata: { permission: "gkehub.memberships.create", resource: name },
        },
      ],
    });
    const editor = await account("gkehub.editor");
    expect((await editor("POST", url, membership())).status).toBe(200);
    const feature = `${HUB}/features?featureId=multiclusteringress`;
    expect((await errorOf((await account())("POST", feature, INGRESS)))?.message).toBe(
      `Permission 'gkehub.features.create' denied on '${IN_PROJECT}/locations/global/features/multiclusteringress'`,
    );
  });

  test.each([
    [
      "IAM",
      "POST",
      `${IAM}/serviceAccounts`,
      "Permission 'iam.serviceAccounts.create' denied on resource (or it may not exist).",
    ],
    [
      "IAM of what is not there",
      "GET",
      `${IAM}/serviceAccounts/${NODES}`,
      "Permission 'iam.serviceAccounts.get' denied on resource (or it may not exist).",
    ],
    ["Resource Manager", "GET", RESOURCE_MANAGER, "The caller does not have permission"],
    [
      "Resource Manager that writes",
      "POST",
      `${RESOURCE_MANAGER}:setIamPolicy`,
      "Policy update access denied.",
    ],
    [
      "Service Usage",
      "POST",
      `${SERVICES}/dns.googleapis.com:enable`,
      "Permission denied to enable service [dns.googleapis.com]",
    ],
    [
      "Service Usage that lists",
      "GET",
      SERVICES,
      "Permission denied to list services for consumer container [projects/477186670948]",
    ],
    [
      "Cloud DNS",
      "POST",
      `https://dns.googleapis.com/dns/v1/${IN_PROJECT}/managedZones`,
      "Forbidden",
    ],
    [
      "Secret Manager",
      "POST",
      `${SECRETS}/token:setIamPolicy`,
      "Permission 'secretmanager.secrets.setIamPolicy' denied for resource " +
        "'projects/477186670948/secrets/token' (or it may not exist).",
    ],
    [
      "Cloud Storage",
      "POST",
      `${BUCKETS}?project=${PROJECT}`,
      `${ACCOUNT} does not have storage.buckets.create access to the Google Cloud Storage project. ` +
        "Permission 'storage.buckets.create' denied on resource (or it may not exist).",
    ],
  ])("%s", async (_service, method, url, message) => {
    const call = await account();
    const body = method === "GET" ? undefined : {};
    expect(await errorOf(call(method, url, body))).toMatchObject({ code: 403, message });
  });

  test("Cloud Storage for a bucket, which is told from one that is not there", async () => {
    await cloud.run("POST", `${BUCKETS}?project=${PROJECT}`, { name: "weights" });
    const call = await account();
    expect(await errorOf(call("GET", `${BUCKETS}/weights/iam`))).toMatchObject({
      code: 403,
      message:
        `${ACCOUNT} does not have storage.buckets.getIamPolicy access to the Google Cloud Storage ` +
        "bucket. Permission 'storage.buckets.getIamPolicy' denied on resource (or it may not exist).",
    });
    expect(await errorOf(call("GET", `${BUCKETS}/none/iam`))).toMatchObject({
      code: 404,
      message: "The specified bucket does not exist.",
    });
  });

  test("Cloud DNS, where a private zone binds a network of somebody else", async () => {
    const call = await account("dns.admin");
    await makeNetwork(cloud);
    const networkUrl = `https://www.googleapis.com/compute/v1/${IN_PROJECT}/global/networks/vpc`;
    const zone = (url: string) => ({
      name: "zone",
      dnsName: "corp.internal.",
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: url }] },
    });
    const zones = `https://dns.googleapis.com/dns/v1/${IN_PROJECT}/managedZones`;
    const theirs = networkUrl.replace(PROJECT, "other-project");
    expect(await errorOf(call("POST", zones, zone(theirs)))).toMatchObject({ code: 403 });
    expect((await call("POST", zones, zone(networkUrl))).status).toBe(200);
  });

  test("who asks for an operation", async () => {
    const { json } = await cloud.call("POST", NETWORKS, { name: "vpc" });
    const url = String(json.selfLink);
    expect(await errorOf((await account("container.admin"))("GET", url))).toMatchObject({
      message: `Required 'compute.globalOperations.get' permission for '${IN_PROJECT}'`,
    });
    expect((await (await account("compute.networkAdmin"))("GET", url)).status).toBe(200);
  });
});

test("generating an identity takes no permission", async () => {
  const call = await account();
  const url = `${SERVICES.replace("/v1/", "/v1beta1/")}/dns.googleapis.com:generateServiceIdentity`;
  expect((await call("POST", url)).status).toBe(200);
});

test("what a caller was asked for is told", async () => {
  const call = await account();
  await call("POST", NETWORKS, { name: "vpc" });
  await call("GET", NETWORKS);
  expect((await cloud.call("GET", `/admin/callers/${ACCOUNT}`)).json).toEqual({
    permissions: ["compute.networks.create", "compute.networks.list"],
  });
});
