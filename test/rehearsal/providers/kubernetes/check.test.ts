import { PropertyMap, Secret, UNKNOWN } from "../../../../rehearsal/providers/plugin";
import { FakeApiServer } from "./support/fakeApiServer";
import { Harness } from "./support/harness";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const SECRET = "kubernetes:core/v1:Secret";
const GATEWAY = "kubernetes:demo.dev/v1:Gateway";
const CRD = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";

let server: FakeApiServer;
let harness: Harness;
beforeAll(async () => {
  server = await FakeApiServer.start();
});
beforeEach(async () => {
  harness = await Harness.over(server);
});
afterAll(() => server.stop());

const named = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "a", namespace: "b" } };

describe("names", () => {
  it("makes one up, marks it, and makes up the same one for the same seed", async () => {
    const first = await harness.check(CONFIG_MAP, {});
    const second = await harness.check(CONFIG_MAP, {});
    const other = await harness.check(CONFIG_MAP, {}, { randomSeed: Uint8Array.from([9]) });
    const { metadata } = first.inputs as { metadata: PropertyMap };
    expect(metadata).toEqual({
      name: expect.stringMatching(/^x-[0-9a-f]{8}$/),
      namespace: "default",
      annotations: { "pulumi.com/autonamed": "true" },
    });
    expect(second.inputs).toEqual(first.inputs);
    expect((other.inputs.metadata as PropertyMap).name).not.toBe(metadata.name);
  });

  it("keeps the program's own, unmarked", async () => {
    expect(await harness.check(CONFIG_MAP, named)).toEqual({ inputs: named });
  });

  const autonamed = { name: "x-old", annotations: { "pulumi.com/autonamed": "true" } };

  it("adopts the one that an earlier run made up", async () => {
    const { inputs } = await harness.check(CONFIG_MAP, {}, { oldInputs: { metadata: autonamed } });
    expect(inputs.metadata).toEqual({ ...autonamed, namespace: "default" });
  });

  it("makes a new one up where the program took its own away", async () => {
    const { inputs } = await harness.check(CONFIG_MAP, {}, { oldInputs: named });
    expect((inputs.metadata as PropertyMap).name).toMatch(/^x-[0-9a-f]{8}$/);
  });

  it("leaves one that is not known yet alone", async () => {
    const { inputs } = await harness.check(CONFIG_MAP, { metadata: { name: UNKNOWN } });
    expect(inputs.metadata).toEqual({ name: UNKNOWN, namespace: "default" });
  });

  it("leaves metadata that are not known yet alone", async () => {
    const { inputs } = await harness.check(CONFIG_MAP, { metadata: UNKNOWN });
    expect(inputs.metadata).toBe(UNKNOWN);
  });

  it("honours the stack's autonaming", async () => {
    const propose = { proposedName: "mine", mode: "propose" as const };
    const { inputs } = await harness.check(CONFIG_MAP, {}, { autonaming: propose });
    expect((inputs.metadata as PropertyMap).name).toBe("mine");
    const disable = { proposedName: "", mode: "disable" as const };
    const { failures } = await harness.check(CONFIG_MAP, {}, { autonaming: disable });
    expect(failures).toEqual([
      {
        property: "",
        reason: "metadata.name: required, because pulumi:autonaming is disabled",
      },
    ]);
  });
});

describe("refusals", () => {
  it.each([
    [
      "generateName",
      CONFIG_MAP,
      { metadata: { generateName: "a-" } },
      "metadata.generateName: server-side apply needs a name; set metadata.name or neither",
    ],
    [
      "a patch without a name",
      "kubernetes:core/v1:ConfigMapPatch",
      { metadata: {} },
      "metadata.name: required to patch an object",
    ],
    [
      "lists",
      "kubernetes:core/v1:ConfigMapList",
      {},
      "kubernetes:core/v1:ConfigMapList: lists are not resources; register each item",
    ],
    [
      "Helm releases",
      "kubernetes:helm.sh/v3:Release",
      {},
      "kubernetes:helm.sh/v3:Release: Helm is not rehearsed; register the chart's objects as " +
        "resources of their own",
    ],
  ])("%s", async (_, type, inputs: PropertyMap, reason) => {
    expect(await harness.check(type, inputs)).toEqual({
      inputs,
      failures: [{ property: "", reason }],
    });
  });
});

describe("namespaces", () => {
  const namespaceOf = async (type: string, inputs: PropertyMap = {}) =>
    ((await harness.check(type, inputs)).inputs.metadata as PropertyMap).namespace;

  it("come from the kubeconfig's context, and before that from the provider", async () => {
    const kubeconfig = server.kubeconfig({ namespace: "team" });
    await harness.provider.configure({ kubeconfig });
    expect(await namespaceOf(CONFIG_MAP)).toBe("team");
    await harness.provider.configure({ kubeconfig, namespace: "other" });
    expect(await namespaceOf(CONFIG_MAP)).toBe("other");
  });

  it("are not given to what lives in none", async () => {
    expect(await namespaceOf("kubernetes:core/v1:Namespace")).toBeUndefined();
    expect(await namespaceOf(CRD)).toBeUndefined();
  });

  it("are given to kinds that nobody knows yet", async () => {
    expect(await namespaceOf(GATEWAY)).toBe("default");
  });

  it("follow the CRD of the same program", async () => {
    const spec = { group: "demo.dev", scope: "Cluster", names: { kind: "Gateway" } };
    await harness.check(CRD, { metadata: { name: "gateways.demo.dev" }, spec });
    expect(await namespaceOf(GATEWAY)).toBeUndefined();
  });

  it("follow the server's discovery", async () => {
    server.resources["seen.dev/v1"] = [{ name: "things", kind: "Thing", namespaced: false }];
    expect(await namespaceOf("kubernetes:seen.dev/v1:Thing")).toBeUndefined();
  });
});

describe("secrets", () => {
  it("stores stringData as base64 data, which is secret whatever the program says", async () => {
    const { inputs } = await harness.check(SECRET, {
      metadata: { name: "s" },
      stringData: { token: new Secret("hf"), user: "me" },
      data: { old: "b2xk" },
    });
    expect(inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "s", namespace: "default" },
      data: new Secret({ old: "b2xk", token: "aGY=", user: "bWU=" }),
    });
  });

  it("leaves stringData alone while a value is not known", async () => {
    const { inputs } = await harness.check(SECRET, { stringData: { token: UNKNOWN } });
    expect(inputs.stringData).toEqual(new Secret({ token: UNKNOWN }));
    expect(inputs.data).toBeUndefined();
  });

  it("keeps the program's own secrets in other kinds", async () => {
    const data = { a: new Secret("1"), b: "2" };
    const { inputs } = await harness.check(CONFIG_MAP, { ...named, data });
    expect(inputs.data).toEqual(data);
  });

  it("takes a list with one secret for a secret", async () => {
    const spec = { items: [{ a: new Secret("1") }, { a: "2" }] };
    const { inputs } = await harness.check(GATEWAY, { ...named, spec });
    expect(inputs.spec).toEqual({ items: new Secret([{ a: "1" }, { a: "2" }]) });
  });
});

it("drops nulls, what only the server writes, and the status of a CRD", async () => {
  const { inputs } = await harness.check(CRD, {
    metadata: { name: "a", uid: "u", resourceVersion: "1", managedFields: [], labels: { a: "b" } },
    spec: { scope: "Cluster", conversion: null, versions: [null] },
    status: { conditions: [] },
  });
  expect(inputs).toEqual({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "a", labels: { a: "b" } },
    spec: { scope: "Cluster", versions: [null] },
  });
});
