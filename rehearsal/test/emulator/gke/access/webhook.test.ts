import { AccessWebhook } from "../../../../emulator/gke/access/webhook";

const CLUSTER = "projects/p/locations/europe-west3/clusters/c";
const USER = "deployer@p.iam.gserviceaccount.com";
const STRANGER = "stranger@p.iam.gserviceaccount.com";

const asked: string[] = [];
const iam = {
  userOf: (token: string) => (token === "good" ? USER : undefined),
  allows: (user: string, permission: string, cluster: string) => {
    asked.push(`${user} ${permission} ${cluster}`);
    if (permission === "container.clusters.connect") return user === USER;
    return permission === "container.pods.list";
  },
};

let webhook: AccessWebhook;
beforeEach(async () => {
  asked.length = 0;
  webhook = await AccessWebhook.start(iam);
});
afterEach(() => webhook.stop());

async function review(what: string, kind: string, spec: object) {
  const body = { apiVersion: "v1", kind, spec };
  const response = await fetch(`${webhook.url}/${CLUSTER}/${what}`, {
    method: "POST",
    body: JSON.stringify(body),
  });
  const { status, ...rest } = (await response.json()) as { status: object };
  expect(rest).toEqual(body);
  return status;
}

test("says who a token is of", async () => {
  expect(await review("authentication", "TokenReview", { token: "good" })).toEqual({
    authenticated: true,
    user: { username: USER, groups: ["system:authenticated"] },
  });
  expect(await review("authentication", "TokenReview", { token: "bad" })).toEqual({
    authenticated: false,
  });
});

test("says what an account may, and what it lacks, in GKE's words", async () => {
  const access = (resourceAttributes: object, user = USER) =>
    review("authorization", "SubjectAccessReview", { user, resourceAttributes });
  expect(await access({ verb: "list", resource: "pods", namespace: "n" })).toEqual({
    allowed: true,
  });
  expect(await access({ group: "apps", verb: "create", resource: "deployments" })).toEqual({
    allowed: false,
    reason: 'requires one of ["container.deployments.create"] permission(s).',
  });
  expect(asked).toEqual([
    `${USER} container.clusters.connect ${CLUSTER}`,
    `${USER} container.pods.list ${CLUSTER}`,
    `${USER} container.clusters.connect ${CLUSTER}`,
    `${USER} container.deployments.create ${CLUSTER}`,
  ]);
});

test("asks whether an account may connect before it asks for rights on objects", async () => {
  const resourceAttributes = { verb: "list", resource: "pods" };
  const spec = { user: STRANGER, resourceAttributes };
  expect(await review("authorization", "SubjectAccessReview", spec)).toEqual({
    allowed: false,
    reason: `Permission 'container.clusters.connect' denied on resource "${CLUSTER}".`,
  });
  expect(asked).toEqual([`${STRANGER} container.clusters.connect ${CLUSTER}`]);
});

test("has no opinion on Kubernetes' own accounts, nor on paths", async () => {
  const user = "system:serviceaccount:inference:picker";
  const resourceAttributes = { verb: "list", resource: "pods" };
  const spec = { user, resourceAttributes };
  expect(await review("authorization", "SubjectAccessReview", spec)).toEqual({ allowed: false });
  const path = { user: USER, nonResourceAttributes: { path: "/metrics", verb: "get" } };
  expect(await review("authorization", "SubjectAccessReview", path)).toEqual({ allowed: false });
  expect(asked).toEqual([]);
});
