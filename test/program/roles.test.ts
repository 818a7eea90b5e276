import { DEPLOYER_ROLES, type DeployerRole } from "../../catalog/deployerRoles";
import { METHODS } from "../../rehearsal/emulator/cloud/tables/methods";
import { ROLES } from "../../rehearsal/emulator/cloud/tables/roles";
import { CONNECT, permissionFor } from "../../rehearsal/emulator/gke/access/permissions";
import { grantsFor } from "../../rehearsal/stage/deployer";
import { BUCKET, Deployment, type Grant, SECRET } from "../support/deployment";
import { synthesize } from "../support/program";
import type { Registration } from "../../rehearsal/stage/registrations";

// Each test makes a whole stack, by HTTP.
jest.setTimeout(60_000);

type Config = Record<string, unknown>;

const PROJECT = "my-project-dev";
/** What each option needs in the configuration, by the key that the table has for it. */
const OPTIONS: Record<string, Config> = {
  privateDnsName: { privateDnsName: "llm.corp.internal" },
  monitoring: { monitoring: {} },
  "weightsCache.bucket": { weightsCache: { kind: "bucket", bucket: BUCKET } },
  huggingFaceSecret: { huggingFaceSecret: SECRET, huggingFaceToken: undefined },
};
const EVERYTHING = Object.keys(OPTIONS);
/** None, each by itself, all together. */
const COMBINATIONS = [[], ...EVERYTHING.map((option) => [option]), EVERYTHING];
/** Makes an object of its own kind in the clusters, and none in Google Cloud. */
const AUTOSCALED = {
  autoscaling: { maxReplicas: 2, targetUtilization: 60 },
  gkeVersion: "1.35.1-gke.1396000",
  accelerator: { machineType: "g2-standard-8", provisioning: "spot", minNodes: 1, maxNodes: 4 },
};

function configOf(options: string[]): Config {
  return Object.assign({}, ...options.map((option) => OPTIONS[option])) as Config;
}

function rolesFor(options: string[]): DeployerRole[] {
  return DEPLOYER_ROLES.filter(({ when }) => when === undefined || options.includes(when));
}

function usesOf(roles: DeployerRole[]): string[] {
  return roles.flatMap(({ uses }) => uses);
}

/** As whoever owns the project grants them. */
function grants(options: string[], roles = rolesFor(options)): Grant[] {
  const settings = Object.entries(configOf(options)).map(([key, value]) => [
    `inference-gateway:${key}`,
    value,
  ]);
  return grantsFor(roles, { "gcp:project": PROJECT, ...Object.fromEntries(settings) });
}

const running: Deployment[] = [];
afterEach(async () => {
  for (const deployment of running.splice(0)) await deployment.stop();
});

async function prepare(granted: Grant[]): Promise<Deployment> {
  const deployment = await Deployment.prepare(granted);
  running.push(deployment);
  return deployment;
}

/** Makes a stack, reads and changes all of it, and takes it away. @returns the permissions that it takes */
async function live(options: string[], granted: Grant[]): Promise<string[]> {
  const deployment = await prepare(granted);
  await deployment.up(configOf(options));
  expect(deployment.refused).toEqual([]);
  await deployment.liveAndDie();
  const asked = await deployment.permissions();
  return [...asked, ...polled(asked), ...ofObjects(deployment.registrations)];
}

/** Nothing that a stack makes in Compute Engine is of a zone, and a DNS zone is there when it is answered. */
const NEVER_POLLED = ["compute.zoneOperations.get", "dns.managedZoneOperations.get"];

/** What begins an operation asks for it until it has ended. */
function polled(asked: string[]): string[] {
  const services = new Set(asked.map((permission) => permission.split(".")[0]));
  return Object.entries(METHODS)
    .filter(([id]) => /perations\.get$|^dns\.changes\.get$/.test(id))
    .filter(([id]) => !NEVER_POLLED.includes(id))
    .flatMap(([, permissions]) => permissions as readonly string[])
    .filter((permission) => services.has(permission.split(".")[0]));
}

/** Objects in clusters: reached, made, read, watched, changed and removed. */
function ofObjects(registrations: Registration[]): string[] {
  const objects = registrations.flatMap(({ inputs: { apiVersion, kind } }) =>
    typeof apiVersion === "string" && typeof kind === "string" ? [{ apiVersion, kind }] : [],
  );
  return objects.flatMap(({ apiVersion, kind }) => {
    const group = apiVersion.includes("/") ? (apiVersion.split("/")[0] ?? "") : "";
    const resource = `${kind.toLowerCase()}s`;
    const verbs = ["create", "get", "list", "update", "delete"];
    return [CONNECT, ...verbs.map((verb) => permissionFor({ group, resource, verb }))];
  });
}

/** What the kubernetes provider reads beside what it makes, while it waits for Deployments and Services. */
const AWAITED = [
  "container.endpoints.list",
  "container.events.list",
  "container.persistentVolumeClaims.list",
  "container.pods.list",
  "container.replicaSets.list",
];
/** Who gives rights in a cluster that they do not have there by a role of Kubernetes itself. */
const GIVEN = [
  "container.clusterRoles.bind",
  "container.clusterRoles.escalate",
  "container.roles.bind",
  "container.roles.escalate",
];

const lives = new Map<string, string[]>();

test.each(COMBINATIONS.map((options) => ({ options, title: options.join(", ") || "no option" })))(
  "with $title: the table's roles suffice for a life",
  async ({ options }) => {
    const used = await live(options, grants(options));
    lives.set(options.join(), used);
    const told = usesOf(rolesFor(options));
    expect([...new Set(used)].filter((permission) => !told.includes(permission))).toEqual([]);
  },
);

test("the table says no use of a role that there is not", async () => {
  const { registrations } = await synthesize("dev", { config: AUTOSCALED });
  const used = new Set([...lives.values()].flat().concat(ofObjects(registrations), AWAITED, GIVEN));
  expect(usesOf(DEPLOYER_ROLES).filter((permission) => !used.has(permission))).toEqual([]);
});

describe("no role is superfluous", () => {
  const gives = (role: string, permission: string) =>
    (ROLES[role] ?? []).some((given) =>
      given.endsWith(".*") ? permission.startsWith(given.slice(0, -1)) : given === permission,
    );

  test("each has what it is used for", () => {
    const lacking = DEPLOYER_ROLES.flatMap(({ role, uses }) =>
      uses.filter((permission) => !gives(role, permission)).map((p) => `${role} lacks ${p}`),
    );
    expect(lacking).toEqual([]);
  });

  test("each has something that is used and that no other has", () => {
    const needless = DEPLOYER_ROLES.filter(({ role, uses }) =>
      uses.every((permission) =>
        DEPLOYER_ROLES.some((other) => other.role !== role && gives(other.role, permission)),
      ),
    );
    expect(needless.map(({ role }) => role)).toEqual([]);
  });
});

test("custom roles suffice with no more than what the table says is used", async () => {
  const deployment = await prepare([]);
  const { cloud } = deployment;
  await cloud.run(
    "POST",
    `https://serviceusage.googleapis.com/v1/projects/${PROJECT}/services/iam.googleapis.com:enable`,
  );
  const rows = rolesFor(EVERYTHING).map((row, i) => ({ ...row, id: `custom_${i}` }));
  for (const { id: roleId, uses } of rows) {
    const role = { title: roleId, includedPermissions: uses };
    await cloud.run("POST", `https://iam.googleapis.com/v1/projects/${PROJECT}/roles`, {
      roleId,
      role,
    });
  }
  const custom = rows.map((row) => ({ ...row, role: `projects/${PROJECT}/roles/${row.id}` }));
  await deployment.grant(grants(EVERYTHING, custom));
  await deployment.up(configOf(EVERYTHING));
  expect(deployment.refused).toEqual([]);
  await deployment.liveAndDie();
});

/** What is refused without a role, in Google's words. */
const REFUSALS: Record<string, RegExp> = {
  "roles/serviceusage.serviceUsageAdmin":
    /^gcp:projects\/service:Service::apis-compute: Request `Enable Project Service "compute\.googleapis\.com" for project "my-project-dev"` returned error: .*failed on request preconditions: googleapi: Error 403: Permission denied to enable service \[compute\.googleapis\.com\], forbidden$/,
  "roles/compute.networkAdmin":
    /^gcp:compute\/network:Network::network: Error creating Network: googleapi: Error 403: Required 'compute\.networks\.create' permission for 'projects\/my-project-dev\/global\/networks\/network-039058c', forbidden$/,
  "roles/compute.securityAdmin":
    /^gcp:compute\/firewall:Firewall::network-load-balancer: Error creating Firewall: googleapi: Error 403: Required 'compute\.firewalls\.create' permission for 'projects\/my-project-dev\/global\/firewalls\/network-load-balancer-039058c', forbidden$/,
  "roles/container.admin":
    /^gcp:container\/cluster:Cluster::gke-west: googleapi: Error 403: Required "container\.clusters\.create" permission\(s\) for "projects\/my-project-dev"\., forbidden$/,
  "roles/gkehub.editor":
    /^gcp:gkehub\/membership:Membership::gke-west: Error creating Membership: googleapi: Error 403: Permission 'gkehub\.memberships\.create' denied on 'projects\/my-project-dev\/locations\/global\/memberships\/gke-west'$/,
  "roles/iam.serviceAccountAdmin":
    /^gcp:serviceaccount\/account:Account::nodes: Error creating service account: googleapi: Error 403: Permission 'iam\.serviceAccounts\.create' denied on resource \(or it may not exist\)\., forbidden$/,
  "roles/iam.serviceAccountUser":
    /^gcp:container\/cluster:Cluster::gke-west: googleapi: Error 400: The user does not have access to service account "inference-node-a1b2c3@my-project-dev\.iam\.gserviceaccount\.com"\., badRequest$/,
  "roles/resourcemanager.projectIamAdmin":
    /^gcp:projects\/iAMMember:IAMMember::nodes-logging\.logWriter: Request `Create IAM Members roles\/logging\.logWriter serviceAccount:\S+ for project "my-project-dev"` returned error: Error retrieving IAM policy for project "my-project-dev": googleapi: Error 403: The caller does not have permission, forbidden$/,
  "roles/dns.admin":
    /^gcp:dns\/managedZone:ManagedZone::dns: Error creating ManagedZone: googleapi: Error 403: Forbidden, forbidden$/,
  "roles/monitoring.dashboardEditor":
    /^gcp:monitoring\/dashboard:Dashboard::monitoring: Error creating Dashboard: googleapi: Error 403: The caller does not have permission$/,
  "roles/monitoring.alertPolicyEditor":
    /^gcp:monitoring\/alertPolicy:AlertPolicy::monitoring-latency: Error creating AlertPolicy: googleapi: Error 403: The caller does not have permission$/,
  "roles/storage.admin":
    /^gcp:storage\/bucketIAMMember:BucketIAMMember::gke-west-weights-access: Error retrieving IAM policy for storage bucket "b\/model-weights": googleapi: Error 403: deployer@my-project-dev\.iam\.gserviceaccount\.com does not have storage\.buckets\.getIamPolicy access to the Google Cloud Storage bucket\. Permission 'storage\.buckets\.getIamPolicy' denied on resource \(or it may not exist\)\., forbidden$/,
  "roles/secretmanager.admin":
    /^gcp:secretmanager\/secretIamMember:SecretIamMember::gke-west-token-access: Error retrieving IAM policy for secretmanager secret "projects\/my-project-dev\/secrets\/hugging-face": googleapi: Error 403: Permission 'secretmanager\.secrets\.getIamPolicy' denied for resource 'projects\/\d+\/secrets\/hugging-face' \(or it may not exist\)\.$/,
};

test.each(DEPLOYER_ROLES)("without $role: Google's own refusal", async ({ role, without }) => {
  const deployment = await prepare(grants(EVERYTHING).filter((grant) => grant.role !== role));
  const expected = REFUSALS[role] ?? /^never$/;
  const isEnough = (refusal: string) => expected.test(refusal) && refusal.includes(without);
  await deployment.up(configOf(EVERYTHING), isEnough);
  expect(deployment.refused).toContainEqual(expect.stringMatching(expected));
  expect(deployment.refused).toContainEqual(expect.stringContaining(without));
});

test("an update with all roles finishes what one without some has begun", async () => {
  const lacking = ["roles/compute.securityAdmin", "roles/iam.serviceAccountUser"];
  const deployment = await prepare(
    grants(EVERYTHING).filter(({ role }) => !lacking.includes(role)),
  );
  await deployment.up(configOf(EVERYTHING));
  const begun = deployment.made.length;
  expect(begun).toBeGreaterThan(0);
  await deployment.grant(grants(EVERYTHING));
  await deployment.up(configOf(EVERYTHING));
  expect(deployment.refused).toEqual([]);
  expect(deployment.made.length).toBeGreaterThan(begun);
  await deployment.liveAndDie();
});
