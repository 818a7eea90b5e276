import { KubeObject } from "../../../../rehearsal/kube/objects";
import { DiffResponse, PropertyMap, Secret, UNKNOWN } from "../../../../rehearsal/providers/plugin";
import { FakeApiServer } from "./support/fakeApiServer";
import { Harness, stateOf } from "./support/harness";

const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const GATEWAY = "kubernetes:demo.dev/v1:Gateway";
const META = { name: "a", namespace: "b" };

let server: FakeApiServer;
let harness: Harness;
beforeAll(async () => {
  server = await FakeApiServer.start();
  server.resources["demo.dev/v1"] = [{ name: "gateways", kind: "Gateway", namespaced: true }];
  server.resources["seen.dev/v1"] = [{ name: "things", kind: "Thing", namespaced: false }];
});
beforeEach(async () => {
  harness = await Harness.over(server);
});
afterAll(() => server.stop());

interface Case {
  type: string;
  apiVersion: string;
  kind: string;
  /** Fields beside apiVersion, kind and metadata. */
  sent: PropertyMap;
  /** As the server stored it, where that differs. */
  live?: PropertyMap;
  news: PropertyMap;
  ignoreChanges?: string[];
}

async function diffOf(c: Case): Promise<DiffResponse> {
  const { apiVersion, kind } = c;
  const identity = { apiVersion, kind, metadata: META };
  const sent = { ...identity, ...c.sent };
  const live = { ...identity, ...c.sent, ...c.live } as unknown as KubeObject;
  live.metadata = { ...META, ...(c.live?.metadata as object), uid: "u", resourceVersion: "7" };
  return harness.diff(c.type, {
    oldInputs: sent,
    oldOutputs: stateOf(sent, live),
    newInputs: { ...identity, ...c.news },
    ignoreChanges: c.ignoreChanges ?? [],
  });
}

/** `kind path` of each change, with `!` where it replaces. */
function summary({ changes }: DiffResponse): string[] {
  return changes.map(
    ({ path, kind, replace }) => `${kind} ${path.join(".")}${replace ? " !" : ""}`,
  );
}

const deployment = (sent: PropertyMap, news: PropertyMap, live?: PropertyMap): Case => ({
  ...{ type: DEPLOYMENT, apiVersion: "apps/v1", kind: "Deployment" },
  ...{ sent, news, live },
});
const gateway = (sent: PropertyMap, news: PropertyMap, live?: PropertyMap): Case => ({
  ...{ type: GATEWAY, apiVersion: "demo.dev/v1", kind: "Gateway" },
  ...{ sent, news, live },
});

describe("what counts as a change", () => {
  it("does not count fields that the program never spoke of", async () => {
    const live = {
      spec: { replicas: 1, paused: false },
      metadata: { labels: { by: "others" } },
      status: { replicas: 1 },
    };
    const same = deployment({ spec: { replicas: 1 } }, { spec: { replicas: 1 } }, live);
    expect(await diffOf(same)).toEqual({ changes: [], deleteBeforeReplace: false });
  });

  it("compares with the live object, not with the old inputs", async () => {
    const spec = { size: 1 };
    expect(summary(await diffOf(gateway({ spec }, { spec }, { spec: { size: 2 } })))).toEqual([
      "update spec.size",
    ]);
  });

  it("counts a field of a custom resource that the server dropped, on every run", async () => {
    const spec = { size: 1, typo: 2 };
    expect(summary(await diffOf(gateway({ spec }, { spec }, { spec: { size: 1 } })))).toEqual([
      "add spec.typo",
    ]);
  });

  it("names the deepest paths, of maps and lists, and how each changed", async () => {
    const spec = { list: [{ a: 1 }, { a: 2 }], gone: { x: 1 } };
    const news = { spec: { list: [{ a: 1 }, { a: 3 }, { a: 4 }], come: true } };
    const { changes } = await diffOf(gateway({ spec }, news));
    expect(changes).toEqual([
      { path: ["spec", "come"], kind: "add", replace: false, inputDiff: false },
      { path: ["spec", "gone"], kind: "delete", replace: false, inputDiff: true },
      { path: ["spec", "list", 1, "a"], kind: "update", replace: false, inputDiff: false },
      { path: ["spec", "list", 2], kind: "add", replace: false, inputDiff: false },
    ]);
  });

  it("ignores list items that the server added at the end", async () => {
    const spec = { list: ["a"] };
    expect(
      summary(await diffOf(gateway({ spec }, { spec }, { spec: { list: ["a", "b"] } }))),
    ).toEqual([]);
  });

  it("looks into secrets", async () => {
    const spec = { key: new Secret("a") };
    const live = { spec: { key: "a" } };
    expect(summary(await diffOf(gateway({ spec }, { spec }, live)))).toEqual([]);
    const other = { spec: { key: new Secret("b") } };
    expect(summary(await diffOf(gateway({ spec }, other, live)))).toEqual(["update spec.key"]);
  });

  it("drops what ignoreChanges names, at and below its paths", async () => {
    const spec = { replicas: 1, template: { list: [{ image: "a", other: "a" }] } };
    const news = { spec: { replicas: 2, template: { list: [{ image: "b", other: "b" }] } } };
    const ignoreChanges = ["spec.replicas", "spec.template.list[*].image"];
    expect(summary(await diffOf({ ...deployment({ spec }, news), ignoreChanges }))).toEqual([
      "update spec.template.list.0.other",
    ]);
  });

  it("takes a missing namespace for default", async () => {
    const inputs = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a" } };
    const live = { ...inputs, metadata: { name: "a", namespace: "default" } };
    const { changes } = await harness.diff("kubernetes:core/v1:ConfigMap", {
      oldOutputs: stateOf(inputs, live),
      newInputs: { ...inputs, metadata: { name: "a", namespace: "default" } },
    });
    expect(changes).toEqual([]);
  });

  it("clears a namespace that was guessed for a kind that lives in none", async () => {
    const inputs = { apiVersion: "seen.dev/v1", kind: "Thing", metadata: META };
    const live = { ...inputs, metadata: { name: "a" } };
    const { changes } = await harness.diff("kubernetes:seen.dev/v1:Thing", {
      oldOutputs: stateOf(inputs, live),
      newInputs: inputs,
    });
    expect(changes).toEqual([]);
  });
});

describe("what the server of a built-in kind spells its own way", () => {
  const container = (fields: PropertyMap) => ({ spec: { containers: [fields] } });

  it("drops zero values of optional fields", async () => {
    const sent = { spec: { template: { hostNetwork: false, volumes: [], name: "" } } };
    const live = { spec: { template: {} } };
    expect(summary(await diffOf(deployment(sent, sent, live)))).toEqual([]);
    expect(summary(await diffOf(gateway(sent, sent, live)))).toEqual([
      "add spec.template.hostNetwork",
      "add spec.template.name",
      "add spec.template.volumes",
    ]);
  });

  it("counts a zero value that is new", async () => {
    const sent = { spec: { paused: true } };
    expect(summary(await diffOf(deployment(sent, { spec: { paused: false } })))).toEqual([
      "update spec.paused",
    ]);
    expect(summary(await diffOf(deployment({ spec: {} }, { spec: { replicas: 0 } })))).toEqual([
      "add spec.replicas",
    ]);
  });

  it.each([
    ["0.5", "500m"],
    ["1024Mi", "1Gi"],
    [2, "2"],
    ["1500m", "1.5"],
    ["1k", "1000"],
    ["-1.5", "-1500m"],
  ])("knows the quantity %p as %p", async (sent, live) => {
    const inputs = container({ resources: { limits: { x: sent } } });
    const stored = container({ resources: { limits: { x: live } } });
    expect(summary(await diffOf(deployment(inputs, inputs, stored)))).toEqual([]);
    expect(summary(await diffOf(gateway(inputs, inputs, stored)))).toHaveLength(1);
  });

  it.each([
    ["limits", "500m", "501m"],
    ["limits", "1G", "1Gi"],
    ["limits", "1x", "1y"],
    ["labels", "1000m", "1"],
  ])("does not take %s %p for %p", async (map, sent, live) => {
    const inputs = container({ [map]: { x: sent } });
    const stored = container({ [map]: { x: live } });
    expect(summary(await diffOf(deployment(inputs, inputs, stored)))).toEqual([
      `update spec.containers.0.${map}.x`,
    ]);
  });
});

describe("what replaces an object", () => {
  it.each([
    [DEPLOYMENT, "apps/v1", "Deployment", { spec: { selector: { matchLabels: { a: "b" } } } }],
    ["kubernetes:core/v1:Secret", "v1", "Secret", { data: { a: "b" } }],
    ["kubernetes:core/v1:ConfigMap", "v1", "ConfigMap", { binaryData: { a: "b" } }],
    ["kubernetes:batch/v1:Job", "batch/v1", "Job", { spec: { template: { x: "b" } } }],
    ["kubernetes:core/v1:Service", "v1", "Service", { spec: { clusterIP: "b" } }],
    ["kubernetes:core/v1:Pod", "v1", "Pod", { spec: { containers: [{ image: "b" }] } }],
    [
      "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding",
      "rbac.authorization.k8s.io/v1",
      "RoleBinding",
      { roleRef: { name: "b" } },
    ],
  ])("%s: %#", async (type, apiVersion, kind, sent: PropertyMap) => {
    const news = JSON.parse(JSON.stringify(sent).replace(/"b"/, '"c"')) as PropertyMap;
    const { changes, deleteBeforeReplace } = await diffOf({ type, apiVersion, kind, sent, news });
    expect(changes.map(({ replace }) => replace)).toEqual([true]);
    expect(deleteBeforeReplace).toBe(true);
  });

  it.each([
    ["a custom resource's spec", gateway({ spec: { a: 1 } }, { spec: { a: 2 } })],
    ["a Deployment's replicas", deployment({ spec: { a: 1 } }, { spec: { a: 2 } })],
  ])("%s does not", async (_, c) => {
    expect((await diffOf(c)).changes.map(({ replace }) => replace)).toEqual([false]);
  });

  it("a new value above a field that replaces", async () => {
    const news = { spec: { selector: { matchLabels: { a: "b" } } } };
    expect(summary(await diffOf(deployment({}, news)))).toEqual(["add spec !"]);
    expect(summary(await diffOf(deployment({}, { spec: { replicas: 2 } })))).toEqual(["add spec"]);
  });

  it("a field that replaces and is not known yet", async () => {
    const spec = { selector: { a: "b" } };
    const news = { spec: { selector: UNKNOWN } };
    expect(summary(await diffOf(deployment({ spec }, news)))).toEqual(["update spec.selector !"]);
  });

  it("another name or namespace, and then the new object comes first", async () => {
    const c = gateway({}, { metadata: { name: "a", namespace: "c" } });
    const { changes, deleteBeforeReplace } = await diffOf(c);
    expect(changes.map(({ path, replace }) => [path.join("."), replace])).toEqual([
      ["metadata.namespace", true],
    ]);
    expect(deleteBeforeReplace).toBe(false);
  });

  it("of a patch only its target", async () => {
    const type = "kubernetes:core/v1:SecretPatch";
    const data = { data: { a: "b" } };
    const c = { type, apiVersion: "v1", kind: "Secret", sent: data, news: { data: { a: "c" } } };
    expect(summary(await diffOf(c))).toEqual(["update data.a"]);
  });

  const autonamed = { ...META, annotations: { "pulumi.com/autonamed": "true" } };

  it("comes first where the name was made up", async () => {
    const inputs = { apiVersion: "v1", kind: "ConfigMap", metadata: autonamed, data: { a: "b" } };
    const { deleteBeforeReplace, changes } = await harness.diff("kubernetes:core/v1:ConfigMap", {
      oldOutputs: stateOf(inputs, inputs),
      newInputs: { ...inputs, data: { a: "c" } },
    });
    expect(changes).toHaveLength(1);
    expect(deleteBeforeReplace).toBe(false);
  });

  it.each([
    ["enableConfigMapMutable", "ConfigMap", { data: { a: "b" } }, { data: { a: "c" } }, false],
    ["enableSecretMutable", "Secret", { data: { a: "b" } }, { data: { a: "c" } }, false],
    ["enableSecretMutable", "Secret", { type: "b" }, { type: "c" }, true],
    [
      "enableConfigMapMutable",
      "ConfigMap",
      { immutable: true, data: { a: "b" } },
      { immutable: true, data: { a: "c" } },
      true,
    ],
  ])("%s: %s %p", async (setting, kind, sent: PropertyMap, news: PropertyMap, replace) => {
    harness = await Harness.over(server, { config: { [setting]: "true" } });
    const type = `kubernetes:core/v1:${kind}`;
    const { changes } = await diffOf({ type, apiVersion: "v1", kind, sent, news });
    expect(changes.map((change) => change.replace)).toEqual([replace]);
  });
});

it("works without a cluster", async () => {
  await harness.provider.configure({ kubeconfig: "{}" });
  const live = { status: { conditions: [] } };
  expect(summary(await diffOf(gateway({ spec: { a: 1 } }, { spec: { a: 2 } }, live)))).toEqual([
    "update spec.a",
  ]);
});
