import { UNKNOWN } from "../support/unknown";
import { pickerRights } from "../../picker/picker-rights";
import { inCluster, inference, objective, picker as bare, replaced } from "../fixtures/inference";
import { pending } from "../fixtures/messages";
import { asGenerated, changed } from "../fixtures/stack";
import { findingsOf } from "../support/findings";
import type { Registered } from "../support/policies";

const CONTAINER = "spec.template.spec.containers.0";
const ACCOUNT = "spec.template.spec.serviceAccountName";
const KINDS = "kubernetes:rbac.authorization.k8s.io/v1";
const READ = ["list", "watch"];

const picker = changed(changed(bare, ACCOUNT, "llm-epp"), `${CONTAINER}.args`, [
  "--pool-name",
  "llm",
  "--pool-namespace",
  "llm",
]);
const subject = { kind: "ServiceAccount", name: "llm-epp", namespace: "llm" };
const podRule = { apiGroups: [""], resources: ["pods"], verbs: READ };
const poolRule = {
  apiGroups: ["inference.networking.k8s.io"],
  resources: ["inferencepools"],
  verbs: READ,
};
const objectiveRule = {
  apiGroups: ["inference.networking.x-k8s.io"],
  resources: ["inferenceobjectives"],
  verbs: READ,
};
const leaseRule = {
  apiGroups: ["coordination.k8s.io"],
  resources: ["leases"],
  verbs: ["get", "create", "update"],
};

function rbac(kind: string, name: string, inputs: object): Registered {
  return {
    type: `${KINDS}:${kind}`,
    name,
    provider: "pulumi:providers:kubernetes::gke",
    inputs: {
      apiVersion: "rbac.authorization.k8s.io/v1",
      kind,
      metadata: kind.startsWith("Cluster") ? { name } : { name, namespace: "llm" },
      ...inputs,
    },
  };
}
const role = rbac("Role", "role", { rules: [podRule, poolRule, objectiveRule] });
const binding = rbac("RoleBinding", "binding", {
  subjects: [subject],
  roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "Role", name: "role" },
});
const TOKEN = "spec.template.spec.automountServiceAccountToken";
const account: Registered = {
  type: "kubernetes:core/v1:ServiceAccount",
  name: "account",
  provider: "pulumi:providers:kubernetes::gke",
  inputs: {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { name: "llm-epp", namespace: "llm" },
    automountServiceAccountToken: false,
  },
};
const mounting = (mountPath: unknown) =>
  changed(changed(picker, TOKEN, false), `${CONTAINER}.volumeMounts`, [{ name: "t", mountPath }]);
const tokenless =
  "is false, so the endpoint picker picker has no token for the API server and never gets ready";

const leases = rbac("Role", "leases", { rules: [leaseRule] });
const leasesBinding = changed({ ...binding, name: "to-leases" }, "roleRef.name", "leases");
const reviews = rbac("ClusterRole", "reviews", {
  rules: [
    { apiGroups: ["authentication.k8s.io"], resources: ["tokenreviews"], verbs: ["create"] },
    { apiGroups: ["authorization.k8s.io"], resources: ["subjectaccessreviews"], verbs: ["create"] },
  ],
});
const reviewsBinding = rbac("ClusterRoleBinding", "to-reviews", {
  subjects: [subject],
  roleRef: { kind: "ClusterRole", name: "reviews" },
});
const monitoring: Registered = {
  ...role,
  type: "kubernetes:monitoring.googleapis.com/v1:PodMonitoring",
  name: "monitoring",
  inputs: {
    apiVersion: "monitoring.googleapis.com/v1",
    kind: "PodMonitoring",
    metadata: { name: "epp", namespace: "llm" },
    spec: { selector: { matchLabels: { inferencepool: "llm-epp" } } },
  },
};

const good = [...replaced(inference, picker), role, binding];
const together = (...changes: Registered[]) => replaced(good, ...changes);
const without = (...names: string[]) => good.filter(({ name }) => !names.includes(name));
const ruled = (...rules: unknown[]) => together(changed(role, "rules", rules));
const elected = changed(picker, `${CONTAINER}.args.4`, "--ha-enable-leader-election");

const findings = findingsOf(pickerRights);

function lacks(
  { apiGroups, resources }: { apiGroups: string[]; resources: string[] },
  verbs: string[],
  without = "the endpoint picker never gets ready",
  role = "Role in the pool's namespace",
): string {
  return (
    `${ACCOUNT}: "llm-epp" may not ${verbs.join(" or ")} ${resources[0]}, so ${without}; ` +
    `bind it to a ${role} with apiGroups ${JSON.stringify(apiGroups)}, ` +
    `resources ${JSON.stringify(resources)} and verbs ${JSON.stringify(verbs)}`
  );
}

test.each<[string, readonly Registered[]]>([
  ["the good stack", good],
  ["two clusters", [...good, ...inCluster(good, "other")]],
  ["a rule for everything", ruled({ apiGroups: ["*"], resources: ["*"], verbs: ["*"] })],
  [
    "a rule for the pool's name",
    ruled(podRule, { ...poolRule, resourceNames: ["llm"] }, objectiveRule),
  ],
  ["an empty list of names", ruled({ ...podRule, resourceNames: [] }, poolRule, objectiveRule)],
  [
    "a stack without objectives",
    without("objective").map((each) =>
      each === role ? changed(role, "rules", [podRule, poolRule]) : each,
    ),
  ],
  ["no bindings", without("binding")],
  ["a binding of another account", together(changed(binding, "subjects.0.name", "other"))],
  [
    "the standard account beside one for something else",
    together(changed(picker, ACCOUNT), changed(role, "rules", [podRule])),
  ],
  ["a role of another stack", without("role")],
  [
    "a role that is made of others",
    [
      ...good.filter(({ name }) => name !== "role"),
      rbac("ClusterRole", "role", { aggregationRule: {}, rules: [] }),
    ].map((each) => (each === binding ? changed(binding, "roleRef.kind", "ClusterRole") : each)),
  ],
  ["a subject of the binding's own namespace", together(changed(binding, "subjects.0.namespace"))],
  [
    "all accounts of the namespace",
    together(changed(binding, "subjects", [{ kind: "Group", name: "system:serviceaccounts:llm" }])),
  ],
  [
    "the account as a user",
    together(
      changed(binding, "subjects", [{ kind: "User", name: "system:serviceaccount:llm:llm-epp" }]),
    ),
  ],
  [
    "a binding in the whole cluster",
    [
      ...without("binding", "role"),
      rbac("ClusterRole", "all", { rules: [podRule, poolRule, objectiveRule] }),
      changed(reviewsBinding, "roleRef.name", "all"),
    ],
  ],
  ["several that elect a leader", [...together(elected), leases, leasesBinding]],
  ["metrics that are read", [...good, monitoring, reviews, reviewsBinding]],
  [
    "metrics for everybody",
    [
      ...together(changed(picker, `${CONTAINER}.args.4`, "--metrics-endpoint-auth=false")),
      monitoring,
    ],
  ],
  [
    "other pods' metrics",
    [...good, changed(monitoring, "spec.selector.matchLabels", { app: "llm" })],
  ],
  [
    "the old name of the field",
    together(changed(changed(picker, ACCOUNT), "spec.template.spec.serviceAccount", "llm-epp")),
  ],
  [
    "labels in place of a pool",
    together(
      changed(picker, `${CONTAINER}.args`, ["--endpoint-selector=app=llm", "--pool-namespace=llm"]),
      changed(role, "rules", [podRule]),
    ),
  ],
  ["no provider and no GKE resource", good.slice(1).map(({ provider: _, ...rest }) => rest)],
  [
    "a patch",
    [
      ...together(changed(role, "rules", [])).filter(({ name }) => name !== "picker"),
      { ...picker, type: "kubernetes:apps/v1:DeploymentPatch" },
    ],
  ],
])("passes %s", async (_, resources) => {
  expect(await findings(resources)).toEqual([]);
  expect(await findings(resources, { firstPreview: true })).toEqual([]);
});

test.each<[string, readonly Registered[], string]>([
  ["no rule for pods", ruled(poolRule, objectiveRule), lacks(podRule, READ)],
  [
    "one verb only",
    ruled({ ...podRule, verbs: ["list"] }, poolRule, objectiveRule),
    lacks(podRule, ["watch"]),
  ],
  [
    "pods by their names",
    ruled({ ...podRule, resourceNames: ["x"] }, poolRule, objectiveRule),
    lacks(podRule, READ),
  ],
  [
    "pools of another group",
    ruled(podRule, { ...poolRule, apiGroups: ["x-k8s.io"] }, objectiveRule),
    lacks(poolRule, READ),
  ],
  [
    "another resource",
    ruled(podRule, { ...poolRule, resources: ["pools"] }, objectiveRule),
    lacks(poolRule, READ),
  ],
  ["no rule for objectives", ruled(podRule, poolRule), lacks(objectiveRule, READ)],
  [
    "objectives of llm-d",
    together(changed(objective, "apiVersion", "llm-d.ai/v1alpha2")),
    lacks({ ...objectiveRule, apiGroups: ["llm-d.ai"] }, READ),
  ],
  [
    "a leader without a lease",
    together(elected),
    lacks(leaseRule, leaseRule.verbs, "no endpoint picker ever leads"),
  ],
  [
    "a lease by its name",
    [...together(elected), changed(leases, "rules.0.resourceNames", ["x"]), leasesBinding],
    lacks(leaseRule, ["create"], "no endpoint picker ever leads"),
  ],
  [
    "metrics that nobody may ask for",
    [...good, monitoring, changed(reviews, "rules.0.verbs", ["get"]), reviewsBinding],
    lacks(
      { apiGroups: ["authentication.k8s.io"], resources: ["tokenreviews"] },
      ["create"],
      "no client gets its metrics",
      "ClusterRole",
    ),
  ],
])("fails %s", async (_, resources, message) => {
  const all = [["mandatory", "picker", message]];
  expect(await findings(resources)).toEqual(all);
  expect(await findings(resources.map(asGenerated))).toEqual(all);
});

test.each<[string, readonly Registered[]]>([
  ["no rules", together(changed(role, "rules"))],
  ["odd rules", ruled("pods", null, { verbs: "list" }, [])],
  [
    "a role for nobody's namespace",
    [
      ...without("role", "binding"),
      changed(role, "metadata.namespace", "other"),
      changed(binding, "metadata.namespace", "other"),
    ],
  ],
])("fails %s", async (_, resources) => {
  const needs = [podRule, poolRule, objectiveRule];
  expect(await findings(resources)).toEqual(
    needs.map((rule) => ["mandatory", "picker", lacks(rule, READ)]),
  );
});

test("takes the standard account where none is named", async () => {
  const standard = changed(binding, "subjects.0.name", "default");
  const stack = together(
    changed(picker, ACCOUNT),
    standard,
    changed(role, "rules", [poolRule, objectiveRule]),
  );
  expect(await findings(stack)).toEqual([
    [
      "mandatory",
      "picker",
      lacks(podRule, READ).replace('"llm-epp"', 'is not set, so it is "default", which'),
    ],
  ]);
});

test("finds that the account was forgotten", async () => {
  const given = 'is not set, so it is "default", which';
  expect(await findings(together(changed(picker, ACCOUNT)))).toEqual(
    [podRule, poolRule, objectiveRule].map((rule) => {
      return ["mandatory", "picker", lacks(rule, READ).replace('"llm-epp"', given)];
    }),
  );
  expect(
    await findings(
      without("binding").map((each) => (each === picker ? changed(each, ACCOUNT) : each)),
    ),
  ).toEqual([]);
});

test("judges each cluster by itself", async () => {
  const other = inCluster(ruled(poolRule, objectiveRule), "other");
  expect(await findings([...good, ...other])).toEqual([
    ["mandatory", "other-picker", lacks(podRule, READ)],
  ]);
});

describe("on a first preview", () => {
  const from = (resource: Registered, property: string, ...sources: string[]) => ({
    ...resource,
    propertyDependencies: { [property]: sources },
  });

  test("follows names that are not known yet", async () => {
    const account: Registered = {
      ...role,
      type: "kubernetes:core/v1:ServiceAccount",
      name: "account",
      inputs: { apiVersion: "v1", kind: "ServiceAccount", metadata: { namespace: "llm" } },
    };
    const named = from(changed(picker, ACCOUNT, UNKNOWN), "spec", `${account.type}::account`);
    const bound = changed(binding, "subjects.0.name", UNKNOWN);
    const given = from(changed(bound, "roleRef.name", UNKNOWN), "roleRef", `${KINDS}:Role::role`);
    const namesless = changed(role, "metadata.name", UNKNOWN);
    expect(await findings([...together(named, given, namesless), account])).toEqual([]);
    const less = changed(namesless, "rules", [poolRule, objectiveRule]);
    expect(await findings([...together(named, given, less), account])).toHaveLength(1);
  });

  test("judges what is known beside what is not", async () => {
    const stack = together(
      changed(changed(picker, "metadata.labels", UNKNOWN), `${CONTAINER}.image`, UNKNOWN),
      changed(changed(role, "metadata.labels", UNKNOWN), "rules", [poolRule, objectiveRule]),
    );
    expect(await findings(stack)).toEqual([["mandatory", "picker", lacks(podRule, READ)]]);
  });

  test("counts subjects and roles that are not known yet", async () => {
    expect(await findings(together(changed(binding, "subjects", UNKNOWN)))).toEqual([]);
    expect(await findings(together(changed(binding, "subjects.0", UNKNOWN)))).toEqual([]);
    expect(await findings(together(changed(binding, "roleRef", UNKNOWN)))).toEqual([]);
  });

  test.each<[string, Registered, string, string]>([
    ["the account", changed(picker, ACCOUNT, UNKNOWN), "picker", ACCOUNT],
    ["the rules", changed(role, "rules", UNKNOWN), "role", "rules"],
    ["a rule", changed(role, "rules.0", UNKNOWN), "role", "rules[0]"],
    ["verbs", changed(role, "rules.0.verbs", UNKNOWN), "role", "rules[0].verbs"],
    ["a group", changed(role, "rules.0.apiGroups.0", UNKNOWN), "role", "rules[0].apiGroups[0]"],
  ])("advises where %s is not known yet", async (_, resource, name, path) => {
    expect(await findings(together(resource))).toEqual([["advisory", name, pending(path)]]);
  });
});

test.each<[string, readonly Registered[]]>([
  ["a token of the pods, though the account gives none", [changed(picker, TOKEN, true), account]],
  ["a token that the pods mount", [mounting("/var/run/secrets/kubernetes.io/serviceaccount/")]],
  ["a mount that is not known yet", [mounting(UNKNOWN)]],
  ["an account that says nothing", [picker, changed(account, "automountServiceAccountToken")]],
  ["another account without a token", [picker, changed(account, "metadata.name", "other")]],
])("passes %s", async (_, [own = picker, ...others]) => {
  expect(await findings([...replaced(inference, own), role, binding, ...others])).toEqual([]);
});

test.each<[string, readonly Registered[], string[]]>([
  [
    "pods without a token",
    [changed(picker, TOKEN, false)],
    ["mandatory", "picker", `${TOKEN}: ${tokenless}; set it to true, or remove it`],
  ],
  [
    "an account without a token",
    [picker, account],
    [
      "mandatory",
      "account",
      `automountServiceAccountToken: ${tokenless}; set it to true in the pods`,
    ],
  ],
  [
    "a switch that is not known yet",
    [changed(picker, TOKEN, UNKNOWN)],
    ["advisory", "picker", pending(TOKEN)],
  ],
])("finds %s", async (_, [own = picker, ...others], finding) => {
  const resources = [...replaced(inference, own), role, binding, ...others];
  expect(await findings(resources)).toEqual([finding]);
});
