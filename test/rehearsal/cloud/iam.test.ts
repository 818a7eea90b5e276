import { makeCluster, PROJECT, TestCloud } from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
});
afterEach(() => cloud.stop());

interface Policy {
  etag: string;
  bindings: { role: string; members: string[] }[];
}

const PROJECT_URL = `/cloudresourcemanager/v1/projects/${PROJECT}`;
const ACCOUNTS = `/iam/v1/projects/${PROJECT}/serviceAccounts`;
const EMAIL = `nodes@${PROJECT}.iam.gserviceaccount.com`.replace("nodes", "gke-nodes");
const ROLE = "roles/container.admin";

const read = (url = PROJECT_URL) =>
  cloud.run("POST", `${url}:getIamPolicy`, {}) as unknown as Promise<Policy>;
const write = (policy: object, url = PROJECT_URL) =>
  cloud.run("POST", `${url}:setIamPolicy`, { policy });
const makeAccount = (accountId = "gke-nodes") =>
  cloud.run("POST", ACCOUNTS, { accountId, serviceAccount: { displayName: "Nodes" } });

/**
 * Read, add, write, and from the start again when somebody else was faster: as every client must.
 */
async function add(role: string, member: string, url = PROJECT_URL): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const { etag, bindings } = await read(url);
    const others = bindings.filter((b) => b.role !== role);
    const members = bindings.find((b) => b.role === role)?.members ?? [];
    try {
      await write({ etag, bindings: [...others, { role, members: [...members, member] }] }, url);
      return attempt;
    } catch (error) {
      if (!String(error).includes("409 There were concurrent policy changes")) throw error;
    }
  }
}

describe("policies", () => {
  it("keep every grant that is added at the same time", async () => {
    const names = Array.from({ length: 8 }, (_, i) => `user:${i}@example.com`);
    const attempts = await Promise.all(names.map((name) => add(ROLE, name)));
    expect((await read()).bindings).toEqual([
      { role: ROLE, members: expect.arrayContaining(names) },
    ]);
    expect((await read()).bindings[0]?.members).toHaveLength(8);
    expect(Math.max(...attempts)).toBeGreaterThan(1);
  });

  it("are not written over with an old etag", async () => {
    const { etag } = await read();
    await write({ etag, bindings: [{ role: ROLE, members: ["user:a@example.com"] }] });
    const now = await read();
    await expect(write({ etag, bindings: [] })).rejects.toThrow(
      "409 There were concurrent policy changes. Please retry the whole read-modify-write with " +
        `exponential backoff. The request's ETag '${etag}' did not match the current policy's ` +
        `ETag '${now.etag}'.`,
    );
  });

  it.each([
    [
      "a service account that does not exist",
      { role: ROLE, members: [`serviceAccount:${EMAIL}`] },
      `400 Service account ${EMAIL} does not exist.`,
    ],
    [
      "a workload pool that no cluster has made",
      { role: ROLE, members: [`serviceAccount:${PROJECT}.svc.id.goog[default/vllm]`] },
      `400 Identity Pool does not exist (${PROJECT}.svc.id.goog). Please check that you ` +
        "specified a valid resource name as returned in the `name` attribute in the " +
        "configuration API.",
    ],
    [
      "a member without type",
      { role: ROLE, members: ["a@example.com"] },
      '400 Invalid value for member: "a@example.com". Expected "{type}:{value}".',
    ],
    [
      "what is no role",
      { role: "container.admin", members: ["user:a@example.com"] },
      "400 Role container.admin is not supported for this resource.",
    ],
  ])("refuse %s", async (_what, binding, message) => {
    await expect(write({ bindings: [binding] })).rejects.toThrow(message);
    expect((await read()).bindings).toEqual([]);
  });

  it("take members of the workload pool from the first cluster on", async () => {
    await makeCluster(cloud);
    const member = `serviceAccount:${PROJECT}.svc.id.goog[default/vllm]`;
    expect(await add(ROLE, member)).toBe(1);
    expect(cloud.gke.view.hasRole(PROJECT, ROLE, member)).toBe(true);
    expect(cloud.gke.view.hasRole(PROJECT, "roles/viewer", member)).toBe(false);
  });

  it("take the agent of multi-cluster ingress only when its identity was generated", async () => {
    const number = cloud.gke.view.projectNumber(PROJECT);
    const email = `service-${number}@gcp-sa-multiclusteringress.iam.gserviceaccount.com`;
    await expect(add(ROLE, `serviceAccount:${email}`)).rejects.toThrow(
      `400 Service account ${email} does not exist.`,
    );
    const service = "multiclusteringress.googleapis.com:generateServiceIdentity";
    await cloud.run("POST", `/serviceusage/v1beta1/projects/${PROJECT}/services/${service}`, {});
    const before = cloud.gke.cloudChanges;
    await add(ROLE, `serviceAccount:${email}`);
    expect(cloud.gke.view.hasRole(PROJECT, ROLE, `serviceAccount:${email}`)).toBe(true);
    expect(cloud.gke.cloudChanges).toBe(before + 1);
  });
});

describe("service accounts", () => {
  it("have an address and a policy of their own", async () => {
    const made = await makeAccount();
    expect(made).toEqual({
      name: `projects/${PROJECT}/serviceAccounts/${EMAIL}`,
      projectId: PROJECT,
      email: EMAIL,
      uniqueId: expect.stringMatching(/^\d+$/),
      displayName: "Nodes",
    });
    await add("roles/iam.serviceAccountUser", "user:a@example.com", `${ACCOUNTS}/${EMAIL}`);
    expect((await read()).bindings).toEqual([]);
    expect((await read(`${ACCOUNTS}/${EMAIL}`)).bindings).toHaveLength(1);
  });

  it.each(["short", "a".repeat(31), "Gke-nodes", "gke-nodes-"])("refuse the id %s", async (id) => {
    await expect(makeAccount(id)).rejects.toThrow(
      `400 Account ID "${id}" must be between 6 and 30 characters long and match ` +
        "^[a-z]([-a-z0-9]*[a-z0-9])$.",
    );
  });

  it("are made once", async () => {
    await makeAccount();
    await expect(makeAccount()).rejects.toThrow(
      `409 Service account gke-nodes already exists within project projects/${PROJECT}.`,
    );
  });

  it("lose their grants when they are deleted, also to a new one of the same address", async () => {
    const { uniqueId } = await makeAccount();
    await add(ROLE, `serviceAccount:${EMAIL}`);
    await cloud.run("DELETE", `${ACCOUNTS}/${EMAIL}`);
    await makeAccount();
    expect(cloud.gke.view.hasRole(PROJECT, ROLE, `serviceAccount:${EMAIL}`)).toBe(false);
    expect((await read()).bindings).toEqual([
      { role: ROLE, members: [`deleted:serviceAccount:${EMAIL}?uid=${String(uniqueId)}`] },
    ]);
  });

  it("that do not exist are unknown", async () => {
    await expect(cloud.run("GET", `${ACCOUNTS}/${EMAIL}`)).rejects.toThrow(
      `404 Unknown service account: projects/${PROJECT}/serviceAccounts/${EMAIL} does not exist.`,
    );
  });
});
