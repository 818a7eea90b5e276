import { UNKNOWN } from "../support/unknown";
import { podReferencesExist } from "../../pods/pod-references-exist";
import { pending } from "../fixtures/messages";
import { deployment, euAndUs, namespace, object, withoutProvider } from "../fixtures/objects";
import { changed } from "../fixtures/stack";
import { type Registered, type RunOptions, runPolicies } from "../support/policies";

const CONTAINER = "spec.template.spec.containers[0]";
const HERE = "namespace llm of cluster eu";

const server = (container: object = {}, podSpec: object = {}) =>
  deployment("server", { ...podSpec, containers: [{ name: "vllm", ...container }] });
const variable = (from: object) => server({ env: [{ name: "A", valueFrom: from }] });
const volume = (of: object) => server({}, { volumes: [{ name: "v", ...of }] });
const token = object("core/v1:Secret", "hf-token", { stringData: { token: "x" } });
const plugins = object("core/v1:ConfigMap", "plugins", { data: { "a.yaml": "" } });
const account = object("core/v1:ServiceAccount", "runner", {});
const role = object("rbac.authorization.k8s.io/v1:Role", "reader", {});
const RBAC = "rbac.authorization.k8s.io/v1";
const binding = (roleRef: object, ...subjects: object[]) =>
  object(`${RBAC}:RoleBinding`, "binding", { roleRef: { kind: "Role", ...roleRef }, subjects });
const runner = { kind: "ServiceAccount", name: "runner", namespace: "llm" };
const monitoring = (secret: object) =>
  object("monitoring.googleapis.com/v1:PodMonitoring", "metrics", {
    spec: { endpoints: [{ port: 8000, authorization: { credentials: { secret } } }] },
  });
const store = (secretProviderClass: unknown, driver = "secrets-store-gke.csi.k8s.io") =>
  volume({ csi: { driver, volumeAttributes: { secretProviderClass } } });
const provided = object("secrets-store.csi.x-k8s.io/v1:SecretProviderClass", "hugging-face", {});
const urgent = object("scheduling.k8s.io/v1:PriorityClass", "urgent", {});
const scaler = (scaleTargetRef: unknown) =>
  object("autoscaling/v2:HorizontalPodAutoscaler", "scaler", { spec: { scaleTargetRef } });
const made = [...euAndUs, namespace(), token, plugins, account, role];

const missing = (kind: string, name: string, effect: string, fix: string) =>
  `no ${kind} "${name}" is in ${HERE}, ${effect}; ${fix}`;

async function findings(resources: readonly Registered[], options: RunOptions = {}) {
  const violations = await runPolicies(resources, { policies: [podReferencesExist], ...options });
  return violations.map(({ level, message }) => [level, message]);
}

describe.each([false, true])("(first preview: %s)", (firstPreview) => {
  test.each<[string, readonly Registered[]]>([
    ["a key of a Secret", [variable({ secretKeyRef: { name: "hf-token", key: "token" } })]],
    ["a ConfigMap", [volume({ configMap: { name: "plugins", items: [{ key: "a.yaml" }] } })]],
    ["an account", [server({}, { serviceAccountName: "runner" })]],
    ["the standard account", [server({}, { serviceAccountName: "default" })]],
    ["the certificate of the cluster", [volume({ configMap: { name: "kube-root-ca.crt" } })]],
    [
      "what pods can do without",
      [server({ envFrom: [{ secretRef: { name: "o", optional: true } }] })],
    ],
    ["a role and an account", [binding({ name: "reader" }, runner)]],
    ["Kubernetes' own role", [binding({ kind: "ClusterRole", name: "view" }, runner)]],
    ["a role of GKE", [binding({ kind: "ClusterRole", name: "system:node" }, runner)]],
    [
      "an account elsewhere",
      [binding({ name: "reader" }, { ...runner, name: "collector", namespace: "gmp-system" })],
    ],
    ["a user", [binding({ name: "reader" }, { kind: "User", name: "me@example.com" })]],
    ["credentials of metrics", [monitoring({ name: "hf-token", key: "token" })]],
    ["a class of secrets", [provided, store("hugging-face")]],
    ["the attributes of another driver", [store("gone", "other.csi.example.com")]],
    ["a Secret of a driver", [volume({ csi: { nodePublishSecretRef: { name: "hf-token" } } })]],
    ["a priority", [urgent, server({}, { priorityClassName: "urgent" })]],
    ["a priority of Kubernetes", [server({}, { priorityClassName: "system-node-critical" })]],
    ["what is scaled", [server(), scaler({ kind: "Deployment", name: "server" })]],
    ["what is scaled and of another kind", [scaler({ kind: "Rollout", name: "gone" })]],
    ["nothing that is scaled", [scaler(null), scaler("a")]],
    ["no names", [server({ env: [{ name: "A", valueFrom: { secretKeyRef: {} } }, null] })]],
    ["lists for objects", [server({ env: {}, envFrom: "a" }, { volumes: [[], 1] })]],
    ["no spec", [object("apps/v1:Deployment", "server", { spec: null })]],
    ["null for containers", [deployment("server", { containers: null })]],
    [
      "a Secret that an operator makes",
      [
        object("external-secrets.io/v1:ExternalSecret", "s", { spec: { target: { name: "o" } } }),
        server({ envFrom: [{ secretRef: { name: "o" } }] }),
      ],
    ],
    [
      "a key of a Secret that GKE makes",
      [
        object("secret-sync.gke.io/v1:SecretSync", "o", {}),
        variable({ secretKeyRef: { name: "o", key: "any" } }),
      ],
    ],
    [
      "a token that Kubernetes makes",
      [
        object("core/v1:Secret", "o", {
          type: "kubernetes.io/service-account-token",
          metadata: {
            name: "o",
            namespace: "llm",
            annotations: { "kubernetes.io/service-account.name": "runner" },
          },
        }),
        monitoring({ name: "o", key: "token" }),
      ],
    ],
    [
      "a Secret whose fields another resource adds",
      [
        {
          ...changed(token, "stringData", { other: "x" }),
          type: "kubernetes:core/v1:SecretPatch",
          name: "patch",
        },
        variable({ secretKeyRef: { name: "hf-token", key: "other" } }),
      ],
    ],
    [
      "what a Helm release may make",
      [
        {
          ...object("helm.sh/v3:Release", "release", {}),
          inputs: { chart: "c", namespace: "llm" },
        },
        server({}, { serviceAccountName: "of-chart" }),
      ],
    ],
    [
      "what a chart may make that is not rendered yet",
      [
        { type: "kubernetes:helm.sh/v4:Chart", name: "chart", inputs: {} },
        server({}, { serviceAccountName: "of-chart" }),
      ],
    ],
  ])("passes %s", async (_, resources) => {
    expect(await findings([...made, ...resources], { firstPreview })).toEqual([]);
  });

  test.each<[string, Registered, string]>([
    [
      "a misspelt Secret",
      variable({ secretKeyRef: { name: "hf-tokn", key: "token" } }),
      `${CONTAINER}.env[0].valueFrom.secretKeyRef.name: ` +
        missing("Secret", "hf-tokn", "so no pod starts", 'did you mean "hf-token"?'),
    ],
    [
      "a misspelt key",
      variable({ secretKeyRef: { name: "hf-token", key: "tokn" } }),
      `${CONTAINER}.env[0].valueFrom.secretKeyRef.key: Secret "hf-token" has no key "tokn", so no ` +
        'pod starts; did you mean "token"?',
    ],
    [
      "a key that is not there",
      volume({ configMap: { name: "plugins", items: [{ key: "other" }] } }),
      'spec.template.spec.volumes[0].configMap.items[0].key: ConfigMap "plugins" has no key ' +
        '"other", so no pod starts; add it, or use one of its keys: "a.yaml"',
    ],
    [
      "a ConfigMap for variables",
      server({ envFrom: [{ configMapRef: { name: "settings" } }] }),
      `${CONTAINER}.envFrom[0].configMapRef.name: ` +
        missing(
          "ConfigMap",
          "settings",
          "so no pod starts",
          `create it, or name one that is there: "plugins"`,
        ),
    ],
    [
      "a projected Secret",
      volume({ projected: { sources: [{ secret: { name: "other" } }] } }),
      "spec.template.spec.volumes[0].projected.sources[0].secret.name: " +
        missing(
          "Secret",
          "other",
          "so no pod starts",
          'create it, or name one that is there: "hf-token"',
        ),
    ],
    [
      "a disk",
      volume({ persistentVolumeClaim: { claimName: "weights" } }),
      "spec.template.spec.volumes[0].persistentVolumeClaim.claimName: " +
        missing(
          "PersistentVolumeClaim",
          "weights",
          "so no pod starts",
          "create the PersistentVolumeClaim there",
        ),
    ],
    [
      "an account",
      server({}, { serviceAccountName: "runer" }),
      "spec.template.spec.serviceAccountName: " +
        missing("ServiceAccount", "runer", "so no pod is made", 'did you mean "runner"?'),
    ],
    [
      "a role",
      binding({ name: "writer" }, runner),
      "roleRef.name: " +
        missing(
          "Role",
          "writer",
          "so the binding grants nothing",
          'create it, or name one that is there: "reader"',
        ),
    ],
    [
      "a role of the cluster",
      binding({ kind: "ClusterRole", name: "picker" }, runner),
      'roleRef.name: no ClusterRole "picker" is in cluster eu, so the binding grants nothing; ' +
        "create the ClusterRole there",
    ],
    [
      "a class of secrets",
      store("nope"),
      "spec.template.spec.volumes[0].csi.volumeAttributes.secretProviderClass: " +
        missing(
          "SecretProviderClass",
          "nope",
          "so no pod starts",
          "create the SecretProviderClass there",
        ),
    ],
    [
      "a class of secrets for the community's driver",
      store("nope", "secrets-store.csi.k8s.io"),
      "spec.template.spec.volumes[0].csi.volumeAttributes.secretProviderClass: " +
        missing(
          "SecretProviderClass",
          "nope",
          "so no pod starts",
          "create the SecretProviderClass there",
        ),
    ],
    [
      "a Secret of a driver",
      volume({ csi: { nodePublishSecretRef: { name: "hf-tokn" } } }),
      "spec.template.spec.volumes[0].csi.nodePublishSecretRef.name: " +
        missing("Secret", "hf-tokn", "so no pod starts", 'did you mean "hf-token"?'),
    ],
    [
      "a priority",
      server({}, { priorityClassName: "urgent" }),
      'spec.template.spec.priorityClassName: no PriorityClass "urgent" is in cluster eu, so no pod ' +
        "is made; create the PriorityClass there",
    ],
    [
      "what is scaled",
      scaler({ apiVersion: "apps/v1", kind: "Deployment", name: "servr" }),
      "spec.scaleTargetRef.name: " +
        missing("Deployment", "servr", "so nothing is scaled", "create the Deployment there"),
    ],
    [
      "an account that gets rights",
      binding({ name: "reader" }, { ...runner, name: "other" }),
      "subjects[0].name: " +
        missing(
          "ServiceAccount",
          "other",
          "so the binding grants nothing",
          'create it, or name one that is there: "runner"',
        ),
    ],
    [
      "credentials of metrics",
      monitoring({ name: "hf-token", key: "bearer" }),
      'spec.endpoints[0].authorization.credentials.secret.key: Secret "hf-token" has no key ' +
        '"bearer", so no metrics are read; add it, or use one of its keys: "token"',
    ],
    [
      "a token's account",
      object("core/v1:Secret", "o", {
        type: "kubernetes.io/service-account-token",
        metadata: {
          name: "o",
          namespace: "llm",
          annotations: { "kubernetes.io/service-account.name": "gone" },
        },
      }),
      'metadata.annotations["kubernetes.io/service-account.name"]: ' +
        missing(
          "ServiceAccount",
          "gone",
          "so Kubernetes removes this Secret",
          'create it, or name one that is there: "runner"',
        ),
    ],
  ])("fails %s", async (_, resource, message) => {
    expect(await findings([...made, resource], { firstPreview })).toEqual([["mandatory", message]]);
  });

  test("finds what an autoscaler means", async () => {
    const misspelt = scaler({ kind: "Deployment", name: "servr" });
    expect(await findings([...made, server(), misspelt], { firstPreview })).toEqual([
      [
        "mandatory",
        "spec.scaleTargetRef.name: " +
          missing("Deployment", "servr", "so nothing is scaled", 'did you mean "server"?'),
      ],
    ]);
  });

  test("looks in the pods' own cluster only", async () => {
    const there = deployment("there", { serviceAccountName: "runner" }, "us");
    expect(await findings([...made, there], { firstPreview })).toEqual([]);
    expect(await findings([...made, namespace("us"), there], { firstPreview })).toEqual([
      [
        "mandatory",
        'spec.template.spec.serviceAccountName: no ServiceAccount "runner" is in namespace llm of ' +
          "cluster us, so no pod is made; create the ServiceAccount there",
      ],
    ]);
  });

  test("says nothing of a namespace that it does not make", async () => {
    const wrong = server({}, { serviceAccountName: "gone" });
    const others = made.filter(({ name }) => name !== "eu-namespace");
    expect(await findings([...others, wrong], { firstPreview })).toEqual([]);
  });

  test("advises where a name is not known yet and comes from nothing that is there", async () => {
    const path = "spec.template.spec.serviceAccountName";
    const open = server({}, { serviceAccountName: UNKNOWN });
    expect(await findings([...made, open], { firstPreview })).toEqual([
      ["advisory", pending(path)],
    ]);
    const sources = { spec: ["kubernetes:core/v1:ServiceAccount::runner"] };
    const known = { ...open, propertyDependencies: sources };
    expect(await findings([...made, known], { firstPreview })).toEqual([]);
  });

  test("lets data be unknown, and names of what is made", async () => {
    const reference = variable({ secretKeyRef: { name: "hf-token", key: "other" } });
    const hidden = { ...token, inputs: { ...token.inputs, stringData: UNKNOWN } };
    const others = made.filter((resource) => resource !== token);
    expect(await findings([...others, hidden, reference], { firstPreview })).toEqual([]);
    const unnamed = {
      ...token,
      inputs: { ...token.inputs, metadata: { name: UNKNOWN, namespace: "llm" } },
    };
    expect(await findings([...others, unnamed, reference], { firstPreview })).toEqual([]);
  });

  test("judges the rest where some is unknown", async () => {
    const some = server(
      { env: UNKNOWN, envFrom: [{ secretRef: { name: "hf-tokn" } }], image: UNKNOWN },
      { serviceAccountName: "runner", volumes: UNKNOWN },
    );
    expect(await findings([...made, some], { firstPreview })).toEqual([
      [
        "mandatory",
        `${CONTAINER}.envFrom[0].secretRef.name: ` +
          missing("Secret", "hf-tokn", "so no pod starts", 'did you mean "hf-token"?'),
      ],
    ]);
  });
});

test("judges objects in a cluster that another stack makes, but for its ClusterRoles", async () => {
  const resources = [
    namespace(),
    server({}, { serviceAccountName: "gone" }),
    binding({ kind: "ClusterRole", name: "theirs" }),
  ].map(withoutProvider);
  expect(await findings(resources)).toEqual([
    [
      "mandatory",
      'spec.template.spec.serviceAccountName: no ServiceAccount "gone" is in namespace llm of the ' +
        "cluster of the default provider, so no pod is made; create the ServiceAccount there",
    ],
  ]);
});

test("judges each of many", async () => {
  const many = Array.from({ length: 300 }, (_, i) => {
    return { ...server({}, { serviceAccountName: `runner-${i}` }), name: `server-${i}` };
  });
  expect(await findings([...made, ...many])).toHaveLength(300);
});
