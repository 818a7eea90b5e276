import { UNKNOWN } from "../support/unknown";
import { leastPrivilegeNodeIdentity } from "../../nodes/least-privilege-node-identity";
import * as good from "../fixtures/identity";
import { pending } from "../fixtures/messages";
import { changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const ALLOWED =
  "roles/artifactregistry.reader, roles/autoscaling.metricsWriter, " +
  "roles/container.defaultNodeServiceAccount, roles/logging.logWriter, " +
  "roles/monitoring.metricWriter, roles/monitoring.viewer, roles/stackdriver.resourceMetadata.writer";
const FIX = "set it to the email of a service account that is made for nodes";
const THE_DEFAULT = "Compute Engine's default account, which the whole project shares";
const DEFAULT_EMAIL = "123456789-compute@developer.gserviceaccount.com";
const PLACE = "nodeConfig.serviceAccount";
const OTHER = "other@my-project.iam.gserviceaccount.com";

const notSet = (place = PLACE) => `${place}: is not set, so nodes run as ${THE_DEFAULT}; ${FIX}`;
const tooMuch = (role: string, allowed = ALLOWED) =>
  `role: "${role}" is more than the service account of nodes may have; remove this grant; ` +
  `allowed are ${allowed}`;

const stack = [
  good.account,
  ...good.metricsGrants,
  good.clusterEu,
  good.clusterUs,
  good.gpusEu,
  good.gpusUs,
];

const findings = findingsOf(leastPrivilegeNodeIdentity);

/** The good stack with the nodes of one pool running as something else. */
function runningAs(serviceAccount: unknown): Registered[] {
  return [good.account, good.clusterEu, good.nodePool("gpus", "eu", { serviceAccount })];
}

function autopilot(clusterAutoscaling?: object): Registered {
  const inputs = { enableAutopilot: true, clusterAutoscaling };
  return { type: good.CLUSTER, name: "auto", inputs };
}

function ownPools(inputs: object): Registered {
  return good.cluster("own", "europe-west3", { removeDefaultNodePool: false, ...inputs });
}

describe.each([true, false])("(first preview: %s)", (firstPreview) => {
  test.each<[string, readonly Registered[]]>([
    ["accounts of their own that will get their email", stack],
    ["accounts of their own with an email", stack.map(good.known)],
    ["an account that this stack does not make", runningAs(OTHER)],
    [
      "Google's role for nodes",
      [...stack, good.grant("n", "roles/container.defaultNodeServiceAccount")],
    ],
    ["any role for another account", [...stack, grantTo(`serviceAccount:${OTHER}`, "roles/owner")]],
    [
      "pools in the cluster's own properties",
      [ownPools({ nodePools: [{ nodeConfig: { serviceAccount: OTHER } }] })],
    ],
    ["a default pool of its own account", [ownPools({ nodeConfig: { serviceAccount: OTHER } })]],
    ["Autopilot", [autopilot({ autoProvisioningDefaults: { serviceAccount: OTHER } })]],
    ["nothing of GKE", [good.account, good.grant("owner", "roles/owner")]],
    [
      "what is not known to be there at all",
      [ownPools({ removeDefaultNodePool: UNKNOWN }), ownPools({ enableAutopilot: UNKNOWN })],
    ],
  ])("passes %s", async (_, resources) => {
    expect(await findings(resources, { firstPreview })).toEqual([]);
  });

  test.each<[string, readonly Registered[], string, string]>([
    ["no account", runningAs(undefined), "gpus", notSet()],
    ["null for an account", runningAs(null), "gpus", notSet()],
    [
      "no node configuration",
      [good.clusterEu, changed(good.gpusEu, "nodeConfig")],
      "gpus-eu",
      notSet(),
    ],
    [
      "a list for the node configuration",
      [good.clusterEu, changed(good.gpusEu, "nodeConfig", [])],
      "gpus-eu",
      notSet(),
    ],
    [
      "the default by its word",
      runningAs("default"),
      "gpus",
      `${PLACE}: "default" is ${THE_DEFAULT}; ${FIX}`,
    ],
    [
      "the default by its email",
      runningAs(DEFAULT_EMAIL),
      "gpus",
      `${PLACE}: "${DEFAULT_EMAIL}" is ${THE_DEFAULT}; ${FIX}`,
    ],
    [
      "a name",
      runningAs("nodes"),
      "gpus",
      `${PLACE}: "nodes" is not the email of a service account; ${FIX}`,
    ],
    ["a number", runningAs(7), "gpus", `${PLACE}: 7 is not the email of a service account; ${FIX}`],
    ["a default pool that stays", [ownPools({})], "own", notSet()],
    [
      "a default pool beside a better one",
      [ownPools({}), good.account, good.nodePool("gpus", "own")],
      "own",
      notSet(),
    ],
    [
      "a pool in the cluster's own properties",
      [ownPools({ nodePools: [{ nodeConfig: { serviceAccount: OTHER } }, {}] })],
      "own",
      notSet("nodePools[1].nodeConfig.serviceAccount"),
    ],
    [
      "Autopilot's defaults",
      [autopilot()],
      "auto",
      notSet("clusterAutoscaling.autoProvisioningDefaults.serviceAccount"),
    ],
    [
      "pools that GKE makes of itself",
      [good.cluster("nap", "europe-west3", { clusterAutoscaling: { enabled: true } })],
      "nap",
      notSet("clusterAutoscaling.autoProvisioningDefaults.serviceAccount"),
    ],
    [
      "a basic role",
      [...stack, good.grant("editor", "roles/editor")],
      "editor",
      tooMuch("roles/editor"),
    ],
    [
      "a role on another kind of thing",
      [
        ...stack,
        {
          ...good.grant("bucket", "roles/storage.admin"),
          type: "gcp:storage/bucketIAMMember:BucketIAMMember",
        },
      ],
      "bucket",
      tooMuch("roles/storage.admin"),
    ],
    [
      "a role by a binding",
      [...stack, binding("roles/container.admin", [UNKNOWN, "user:a@example.com"])],
      "binding",
      tooMuch("roles/container.admin"),
    ],
    [
      "a role for an account that this stack does not make",
      [...runningAs(OTHER), grantTo(`serviceAccount:${OTHER}`, "roles/owner")],
      "grant",
      tooMuch("roles/owner"),
    ],
  ])("fails %s", async (_, resources, resource, message) => {
    expect(await findings(resources, { firstPreview })).toEqual([["mandatory", resource, message]]);
  });

  test("follows an email that waits for the grants to the account behind those", async () => {
    const nodeConfig = ["autoscaling", "monitoring"].map((name) => `${good.IAM_MEMBER}::${name}`);
    const { propertyDependencies } = good.gpusEu;
    const waiting = {
      ...good.gpusEu,
      propertyDependencies: { ...propertyDependencies, nodeConfig },
    };
    const resources = [good.account, ...good.metricsGrants, good.clusterEu, waiting];
    expect(await findings(resources, { firstPreview })).toEqual([]);
    const more = [...resources, good.grant("owner", "roles/owner")];
    expect(await findings(more, { firstPreview })).toEqual([
      ["mandatory", "owner", tooMuch("roles/owner")],
    ]);
  });

  test.each<[string, readonly Registered[], string, string]>([
    ["an account from elsewhere", runningAs(UNKNOWN), "gpus", PLACE],
    [
      "pools in the cluster's own properties",
      [ownPools({ nodePools: UNKNOWN })],
      "own",
      "nodePools",
    ],
    ["a role", [...stack, good.grant("role", UNKNOWN)], "role", "role"],
  ])("advises where %s is not known yet", async (_, resources, resource, path) => {
    expect(await findings(resources, { firstPreview })).toEqual([
      ["advisory", resource, pending(path)],
    ]);
  });
});

test("knows an account by its email alone", async () => {
  const resources = [...stack, good.grant("owner", "roles/owner")].map(good.known);
  expect(await findings(resources)).toEqual([["mandatory", "owner", tooMuch("roles/owner")]]);
});

test.each<[string, object]>([
  ["lists its pools", { nodePools: [{ nodeConfig: { serviceAccount: "default" } }] }],
  ["will list its pools", { nodePools: UNKNOWN, clusterAutoscaling: UNKNOWN }],
])("judges only what the program set in a cluster that %s", async (_, outputs) => {
  const own = { ...ownPools({ nodeConfig: { serviceAccount: OTHER } }), outputs };
  expect(await findings([good.account, own, good.nodePool("gpus", "own")])).toEqual([]);
});

test("fails a pool without an account although the cloud will choose one", async () => {
  const outputs = { nodeConfig: UNKNOWN };
  const pool = { ...changed(good.gpusEu, "nodeConfig"), outputs, propertyDependencies: {} };
  expect(await findings([good.clusterEu, pool])).toEqual([["mandatory", "gpus-eu", notSet()]]);
});

test("takes other roles", async () => {
  const config = {
    [leastPrivilegeNodeIdentity.name]: { roles: ["roles/monitoring.metricWriter"] },
  };
  const allowed = "roles/monitoring.metricWriter";
  expect(await findings(stack, { config })).toEqual([
    ["mandatory", "autoscaling", tooMuch("roles/autoscaling.metricsWriter", allowed)],
  ]);
});

test("judges each of many", async () => {
  const many = Array.from({ length: 300 }, (_, i) =>
    good.grant(`g${i}`, "roles/logging.logWriter"),
  );
  expect(await findings([...stack, ...many], { firstPreview: true })).toEqual([]);
});

function grantTo(member: string, role: string): Registered {
  return { type: good.IAM_MEMBER, name: "grant", inputs: { role, member } };
}

function binding(role: string, members: unknown[]): Registered {
  const propertyDependencies = { members: [`${good.ACCOUNT}::nodes`] };
  const type = "gcp:projects/iAMBinding:IAMBinding";
  return { type, name: "binding", inputs: { role, members }, propertyDependencies };
}
