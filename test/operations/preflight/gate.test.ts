import { DEPLOYER_ROLES } from "../../../catalog/deployerRoles";
import type { Answer } from "../../../operations/preflight/google/client";
import { revealed } from "../../../rehearsal/emulator/providers/plugin";
import { Deployment } from "../../support/deployment";
import { endOf, urn } from "../support/fakes";
import { DEPLOYER, grantsOf, PROJECT, SERVICES, type Situation, TestProject } from "./project";

let project: TestProject;
beforeAll(async () => {
  project = await TestProject.start();
});
afterAll(() => project.stop());

const refusal = (message: string, metadata = {}, reason = "SERVICE_DISABLED"): Answer => ({
  status: 403,
  body: { error: { code: 403, message, details: [{ reason, metadata }] } },
});
const RESOURCE_MANAGER = "cloudresourcemanager.googleapis.com";
const USER_INFO = "openidconnect.googleapis.com";
const NOT_YET =
  "Cloud Resource Manager API has not been used in project 42 before or it is disabled.";
const enable = (of: string) =>
  `run \`gcloud services enable cloudresourcemanager.googleapis.com compute.googleapis.com container.googleapis.com gkehub.googleapis.com --project ${of}\`.`;

test.each<[string, Situation, string]>([
  [
    "a token that is not valid any more",
    { accessToken: "expired" },
    "The Google Cloud credentials (GOOGLE_CREDENTIALS) have expired or are not valid: Request had invalid authentication credentials. " +
      "Run `gcloud auth application-default login`.",
  ],
  [
    "a project that does not exist, or that does not show itself",
    { grants: () => [] },
    `There is no project ${PROJECT} that ${DEPLOYER} may see: correct gcp:project in Pulumi.dev.yaml, or grant the account a role of docs/roles.md there.`,
  ],
  [
    "the same, and an account that Google does not name",
    { grants: () => [], answers: { [USER_INFO]: { status: 401, body: {} } } },
    `There is no project ${PROJECT} that the account may see: correct gcp:project in Pulumi.dev.yaml, or grant the account a role of docs/roles.md there.`,
  ],
  [
    "Resource Manager that is not enabled",
    {
      answers: {
        [RESOURCE_MANAGER]: refusal(NOT_YET, {
          service: RESOURCE_MANAGER,
          consumer: `projects/${PROJECT}`,
        }),
      },
    },
    `cloudresourcemanager.googleapis.com is not enabled in ${PROJECT}, so Google answers no question about the project: ${enable(PROJECT)}`,
  ],
  [
    "Resource Manager that is not enabled in the account's own project",
    { answers: { [RESOURCE_MANAGER]: refusal(NOT_YET, { consumer: "projects/42" }) } },
    `cloudresourcemanager.googleapis.com is not enabled in 42, so Google answers no question about the project: ${enable("42")}`,
  ],
  [
    "a user's credentials without a project that calls count for",
    {
      answers: {
        [RESOURCE_MANAGER]: refusal(
          "Your application is authenticating by using local Application Default Credentials. The " +
            "cloudresourcemanager.googleapis.com API requires a quota project, which is not set by default.",
        ),
      },
    },
    `Google wants a project that your calls count for: run \`gcloud auth application-default set-quota-project ${PROJECT}\`.`,
  ],
  [
    "no way to Google",
    { answers: { [RESOURCE_MANAGER]: new Error("getaddrinfo ENOTFOUND") } },
    "Google does not answer: cloudresourcemanager.googleapis.com: getaddrinfo ENOTFOUND",
  ],
])("with %s nothing can be asked", async (_title, situation, message) => {
  const run = project.ask(situation, []).then(() => undefined);
  expect(await endOf(run)).toBe(`CannotSay: ${message}`);
});

test("credentials that expire on the way end the run", async () => {
  const { error } = { error: { code: 401, message: "Request had invalid credentials." } };
  const answers = { "serviceusage.": { status: 401, body: { error } } };
  expect(await endOf(project.ask({ answers }).then(() => undefined))).toBe(
    "CannotSay: The credentials have expired on the way; renew them and ask again.",
  );
});

test("an error of this program is none of Google's", async () => {
  const broken = {
    name: "x",
    asks: "x",
    ask: () => Promise.reject(new TypeError("x is undefined")),
  };
  expect(await endOf(project.ask({}, [broken]).then(() => undefined))).toBe(
    "TypeError: x is undefined",
  );
});

const rowsOf = async (situation: Situation) => (await project.ask(situation, [])).rows;

test("account and project are told first", async () => {
  expect(await rowsOf({})).toEqual([
    {
      ...{ check: "credentials", asked: "who asks", status: "ok" },
      found: `${DEPLOYER}, by GOOGLE_CREDENTIALS`,
    },
    {
      ...{ check: "project", asked: "whether the project exists", status: "ok" },
      found: `${PROJECT} is active`,
    },
  ]);
});

test("an account without a name is no reason to stop", async () => {
  const rows = await rowsOf({ answers: { [USER_INFO]: { status: 401, body: {} } } });
  expect(rows[0]).toMatchObject({
    found: "an account that Google does not name, by GOOGLE_CREDENTIALS",
  });
});

test("a project that is about to be deleted is a problem", async () => {
  const body = { name: "projects/1", state: "DELETE_REQUESTED" };
  const rows = await rowsOf({ answers: { [RESOURCE_MANAGER]: { status: 200, body } } });
  expect(rows[1]).toMatchObject({
    status: "problem",
    found: `${PROJECT} is DELETE_REQUESTED`,
    fix: `gcloud projects undelete ${PROJECT}`,
  });
});

describe("in a project with few APIs", () => {
  let fresh: TestProject;
  beforeAll(async () => {
    fresh = await TestProject.start(["cloudresourcemanager"]);
  });
  afterAll(() => fresh.stop());

  test("`up` enables the others, and what they answer is unknown", async () => {
    const { rows } = await fresh.ask();
    const told = rows.map(({ check, status, found }) => `${check}, ${status}: ${found}`);
    const closed = (api: string) =>
      `not asked, because ${api}.googleapis.com is not enabled yet; \`pulumi up\` enables it`;
    expect(told).toEqual([
      `credentials, ok: ${DEPLOYER}, by GOOGLE_CREDENTIALS`,
      `project, ok: ${PROJECT} is active`,
      "configuration, ok: the program takes it",
      `billing, unknown: ${closed("compute")}`,
      "permissions, ok: 125 permissions on the project: 8 roles of docs/roles.md",
      "APIs, ok: `pulumi up` enables: autoscaling, compute, container, dns, gkehub, iam, multiclusteringress, multiclusterservicediscovery, networkservices, trafficdirector",
      `GKE version, unknown: ${closed("container")}`,
      `zones, machines, unknown: ${closed("compute")}`,
      `quotas, unknown: ${closed("compute")}`,
      "addresses, ok: the VPC is new, so nothing overlaps: 10.80.0.0/17, 10.80.128.0/20, 10.80.144.0/20, 10.140.0.0/17, 10.140.128.0/20, 10.140.144.0/20, 10.80.192.0/23, 10.140.192.0/23",
      `clusters, unknown: ${closed("container")}`,
      `fleet, unknown: ${closed("gkehub")}`,
      "model, ok: the token may load meta-llama/Llama-3.1-8B-Instruct at main",
      "model, ok: the token may load Kawon/llama3.1-food-finetune_v14_r8 at main",
    ]);
  });

  test("they are a problem for an account that may not enable them", async () => {
    const grants: Situation["grants"] = (all) =>
      all.map((grant) =>
        grant.role === "roles/serviceusage.serviceUsageAdmin"
          ? { ...grant, role: "roles/viewer" }
          : grant,
      );
    const missing =
      "autoscaling compute container dns gkehub iam multiclusteringress multiclusterservicediscovery networkservices trafficdirector";
    expect(await fresh.findings("APIs", { grants })).toEqual([
      {
        status: "problem",
        found: `not enabled, and the account may not enable them: ${missing.replaceAll(" ", ", ")}`,
        fix: `gcloud services enable ${missing.replaceAll(/\w+/g, "$&.googleapis.com")} --project ${PROJECT}`,
      },
    ]);
  });
});

describe("permissions", () => {
  test("are asked for by a hundred, and what Google does not know is left out", async () => {
    const { cloud } = project;
    const accessToken = cloud.token;
    const odd = "container.pods.list";
    const permissions = (body: object) => (body as { permissions: string[] }).permissions;
    const answers: Situation["answers"] = {
      [`${PROJECT}:testIamPermissions`]: ({ body = {} }) =>
        permissions(body).includes(odd)
          ? {
              status: 400,
              body: { error: { message: `Permission ${odd} is not valid for this resource.` } },
            }
          : { status: 200, body: { permissions: permissions(body) } },
    };
    project.requests.length = 0;
    expect(await project.findings("permissions", { accessToken, answers })).toEqual([
      { status: "ok", found: "125 permissions on the project: 8 roles of docs/roles.md" },
      {
        status: "unknown",
        found: "container.pods.list: not asked, because Google does not know it for a project",
      },
    ]);
    const asked = project.requests.filter(({ method }) => method === "POST");
    expect(asked.map(({ body = {} }) => permissions(body).length).sort()).toEqual(
      [100, 25, 99].sort(),
    );
  });
});

const CONFIGS: Record<string, Record<string, unknown>> = {
  "no option": {},
  "every option": {
    privateDnsName: "llm.corp.internal",
    weightsCache: { kind: "bucket", bucket: "model-weights" },
    huggingFaceSecret: `projects/${PROJECT}/secrets/hugging-face`,
    huggingFaceToken: undefined,
  },
};

test.each(Object.keys(CONFIGS))(
  "with %s, the roles of docs/roles.md suffice, and each permission of theirs is used",
  async (title) => {
    const config = CONFIGS[title] ?? {};
    const all = await TestProject.start();
    await all.cloud.run("POST", `https://storage.googleapis.com/storage/v1/b?project=${PROJECT}`, {
      name: "model-weights",
    });
    const secrets = `https://secretmanager.googleapis.com/v1/projects/${PROJECT}/secrets`;
    await all.cloud.run("POST", `${secrets}?secretId=hugging-face`, {
      replication: { automatic: {} },
    });
    await all.cloud.run("POST", `${secrets}/hugging-face:addVersion`, {
      payload: { data: "aGY=" },
    });
    const network = {
      urn: "urn:pulumi:dev::inference-gateway::gcp:compute/network:Network::network",
      type: "gcp:compute/network:Network",
      outputs: { name: "network-1a2b3c4" },
    };
    await all.cloud.run(
      "POST",
      `https://compute.googleapis.com/compute/v1/projects/${PROJECT}/global/networks`,
      {
        name: "network-1a2b3c4",
        autoCreateSubnetworks: false,
      },
    );
    const { rows } = await all.ask({ config, resources: [network] });
    expect(rows.filter(({ status, check }) => status !== "ok" && check !== "model")).toEqual([]);

    const needed = DEPLOYER_ROLES.filter(
      ({ when }) => when === undefined || title === "every option",
    );
    const uses = needed.flatMap((role) => role.uses);
    const forThis = needed.flatMap(({ preflight = [] }) => preflight);
    const asked = await all.permissions();
    expect(asked.filter((permission) => ![...uses, ...forThis].includes(permission))).toEqual([]);
    expect(forThis.filter((permission) => !asked.includes(permission))).toEqual([]);
    expect(forThis.filter((permission) => uses.includes(permission))).toEqual([]);
    await all.stop();
  },
);

test("after an update, what it finds is the stack's own", async () => {
  const deployment = await Deployment.prepare(grantsOf({}));
  await deployment.up({});
  expect(deployment.refused).toEqual([]);
  const running = await TestProject.of(deployment.cloud);
  const resources = deployment.made.map(({ type, name, outputs }) => ({
    ...{ type, urn: urn(type, name) },
    outputs: revealed(outputs) as Record<string, unknown>,
  }));
  const { rows } = await running.ask({ resources });
  expect(rows.filter(({ status }) => status !== "ok")).toEqual([]);
  const found = (name: string) =>
    rows.filter(({ check }) => check === name).map((row) => row.found);
  expect(found("clusters")).toEqual([
    "gke-west in europe-west3: this stack's",
    "gke-east in us-east4: this stack's",
  ]);
  expect(found("fleet")).toEqual([
    "multiclusteringress is this stack's",
    "membership gke-west: this stack's",
    "membership gke-east: this stack's",
  ]);
  expect(found("addresses")).toEqual(["every cluster has its ranges"]);
  expect(found("APIs")).toEqual(["all 13 are enabled"]);
  await running.stop();
});

test("every question reads", async () => {
  project.requests.length = 0;
  await project.ask();
  const writes = project.requests.filter(
    ({ method, url }) => method !== "GET" && !url.endsWith(":testIamPermissions"),
  );
  expect(writes).toEqual([]);
  expect(SERVICES).toContain(PROJECT);
});
