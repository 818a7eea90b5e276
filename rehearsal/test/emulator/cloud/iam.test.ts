import { projectNumber } from "../../../emulator/cloud/numericIds";
import {
  IAM,
  makeCluster,
  PROJECT,
  RESOURCE_MANAGER,
  SERVICES,
  TestCloud,
} from "./support/testCloud";

let cloud: TestCloud;
beforeEach(async () => {
  cloud = await TestCloud.start();
});
afterEach(() => cloud.stop());

interface Policy {
  etag: string;
  bindings?: { role: string; members: string[] }[];
}

const ACCOUNTS = `${IAM}/serviceAccounts`;
const EMAIL = `nodes@${PROJECT}.iam.gserviceaccount.com`.replace("nodes", "gke-nodes");
const ROLE = "roles/container.admin";

const read = (url = RESOURCE_MANAGER) =>
  cloud.run("POST", `${url}:getIamPolicy`) as unknown as Promise<Policy>;
const write = (policy: object, url = RESOURCE_MANAGER) =>
  cloud.run("POST", `${url}:setIamPolicy`, { policy });
const makeAccount = (accountId = "gke-nodes") =>
  cloud.run("POST", ACCOUNTS, { accountId, serviceAccount: { displayName: "Nodes" } });

/**
 * Read, add, write, and from the start again when somebody else was faster: as every client must.
 */
async function add(role: string, member: string, url = RESOURCE_MANAGER): Promise<number> {
  for (let attempt = 1; ; attempt++) {
    const { etag, bindings = [] } = await read(url);
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
    expect((await read()).bindings?.[0]?.members).toHaveLength(8);
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
    expect(await read()).toEqual({ etag: "ACAB" });
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
    await cloud.run("POST", `${SERVICES.replace("/v1/", "/v1beta1/")}/${service}`);
    const before = cloud.gke.cloudChanges;
    await add(ROLE, `serviceAccount:${email}`);
    expect(cloud.gke.view.hasRole(PROJECT, ROLE, `serviceAccount:${email}`)).toBe(true);
    expect(cloud.gke.cloudChanges).toBe(before + 1);
  });
});

describe("conditions", () => {
  const condition = { title: "office hours", expression: "request.time.getHours() < 18" };
  const conditional = { role: ROLE, members: ["user:a@example.com"], condition };
  const readAs = (version: number) =>
    cloud.run("POST", `${RESOURCE_MANAGER}:getIamPolicy`, {
      options: { requestedPolicyVersion: version },
    });

  it("are shown to whoever asks for the version that has them", async () => {
    await write({ version: 3, bindings: [conditional] });
    expect(await readAs(3)).toEqual({
      version: 3,
      etag: expect.any(String),
      bindings: [conditional],
    });
    expect(await readAs(1)).toEqual({
      version: 1,
      etag: expect.any(String),
      bindings: [
        {
          role: expect.stringMatching(/^roles\/container\.admin_withcond_[0-9a-f]{20}$/),
          members: conditional.members,
        },
      ],
    });
  });

  it("are asked for in the query of other services", async () => {
    await makeAccount();
    const url = `${ACCOUNTS}/${EMAIL}`;
    await write({ version: 3, bindings: [conditional] }, url);
    const options = "options.requestedPolicyVersion=3";
    expect(await cloud.run("POST", `${url}:getIamPolicy?${options}`)).toMatchObject({
      version: 3,
    });
    expect(await read(url)).toMatchObject({ version: 1 });
  });

  it("are not lost by one who does not know of them", async () => {
    await write({ version: 3, bindings: [conditional] });
    const { etag } = await readAs(1);
    await expect(write({ version: 1, etag, bindings: [] })).rejects.toThrow(
      "400 Specified policy version (1) cannot be less than the existing policy version (3). For " +
        "more information, please refer to https://cloud.google.com/iam/docs/policies#versions.",
    );
    await write({ version: 3, etag, bindings: [] });
  });

  it("need their version", async () => {
    await expect(write({ version: 1, bindings: [conditional] })).rejects.toThrow(
      "400 Specified policy version (1) cannot be less than 3 in a policy with conditions.",
    );
    await expect(readAs(2)).rejects.toThrow("400 Requested policy version (2) is not supported.");
  });
});

describe("audit configurations", () => {
  const auditConfigs = [{ service: "allServices", auditLogConfigs: [{ logType: "DATA_READ" }] }];
  const bindings = [{ role: ROLE, members: ["user:a@example.com"] }];
  const writeMasked = (policy: object, updateMask: string) =>
    cloud.run("POST", `${RESOURCE_MANAGER}:setIamPolicy`, { policy, updateMask });

  it("change where the mask names them", async () => {
    expect(await writeMasked({ bindings, auditConfigs }, "bindings,etag,auditConfigs")).toEqual({
      version: 1,
      etag: expect.any(String),
      bindings,
      auditConfigs,
    });
    expect(await write({ bindings: [] })).toMatchObject({ auditConfigs });
    expect(await writeMasked({ bindings }, "auditConfigs")).not.toHaveProperty("auditConfigs");
    expect(await read()).not.toHaveProperty("bindings");
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
      oauth2ClientId: made.uniqueId,
      etag: "MDEwMjE5MjA=",
      displayName: "Nodes",
    });
    await add("roles/iam.serviceAccountUser", "user:a@example.com", `${ACCOUNTS}/${EMAIL}`);
    expect(await read()).toEqual({ etag: "ACAB" });
    expect((await read(`${ACCOUNTS}/${EMAIL}`)).bindings).toHaveLength(1);
  });

  it.each(["short", "a".repeat(31), "Gke-nodes", "gke-nodes-"])("refuse the id %s", async (id) => {
    await expect(makeAccount(id)).rejects.toThrow(
      `400 Account ID "${id}" must be between 6 and 30 characters long and match ` +
        "^[a-z]([-a-z0-9]*[a-z0-9])$.",
    );
  });

  it("are listed by project", async () => {
    expect(await cloud.run("GET", ACCOUNTS)).toEqual({});
    await makeAccount("first-account");
    await makeAccount("second-account");
    const page = await cloud.run("GET", `${ACCOUNTS}?pageSize=1`);
    expect(page).toMatchObject({ accounts: [{ email: expect.stringMatching(/^first-/) }] });
    const rest = await cloud.run("GET", `${ACCOUNTS}?pageToken=${String(page.nextPageToken)}`);
    expect(rest).toEqual({ accounts: [expect.objectContaining({ projectId: PROJECT })] });
  });

  it("change as a mask says", async () => {
    await makeAccount();
    const patch = (updateMask: string, serviceAccount: object) =>
      cloud.run("PATCH", `${ACCOUNTS}/${EMAIL}`, { updateMask, serviceAccount });
    expect(await patch("description", { displayName: "x", description: "d" })).toMatchObject({
      displayName: "Nodes",
      description: "d",
    });
    expect(await patch("display_name", {})).not.toHaveProperty("displayName");
    await expect(patch("", {})).rejects.toThrow("400 update_mask is required");
  });

  it("change in what an update has", async () => {
    await makeAccount();
    const changed = await cloud.run("PUT", `${ACCOUNTS}/${EMAIL}`, { description: "d" });
    expect(changed).toMatchObject({ displayName: "Nodes", description: "d" });
  });

  it("are disabled and enabled", async () => {
    await makeAccount();
    expect(await cloud.run("POST", `${ACCOUNTS}/${EMAIL}:disable`)).toEqual({});
    expect(await cloud.run("GET", `${ACCOUNTS}/${EMAIL}`)).toMatchObject({ disabled: true });
    expect(await cloud.run("POST", `${ACCOUNTS}/${EMAIL}:enable`)).toEqual({});
    expect(await cloud.run("GET", `${ACCOUNTS}/${EMAIL}`)).not.toHaveProperty("disabled");
  });

  it("are found by address or number, in their project by either name, or in any", async () => {
    const made = await makeAccount();
    const uniqueId = String(made.uniqueId);
    const url = (project: string, account: string) =>
      `${ACCOUNTS.replace(PROJECT, project)}/${account}`;
    for (const project of [PROJECT, projectNumber(PROJECT), "-"]) {
      for (const account of [EMAIL, uniqueId]) {
        expect(await cloud.run("GET", url(project, account))).toEqual(made);
      }
    }
    await expect(cloud.run("GET", url(PROJECT, "12345"))).rejects.toThrow(
      `404 Unknown service account: projects/${PROJECT}/serviceAccounts/12345 does not exist.`,
    );
    await expect(cloud.run("GET", url(PROJECT, "nodes"))).rejects.toThrow(
      '400 Invalid service account email: "nodes".',
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
