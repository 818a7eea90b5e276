import { KubeObject } from "../../../../rehearsal/kube/objects";
import { systemClock } from "../../../../rehearsal/providers/kubernetes/clock";
import { PropertyMap, Secret } from "../../../../rehearsal/providers/plugin";
import { FakeApiServer } from "./support/fakeApiServer";
import { FakeClock, Harness, initErrorOf, stateOf } from "./support/harness";

const GATEWAY = "kubernetes:demo.dev/v1:Gateway";
const SECRET = "kubernetes:core/v1:Secret";
const DEPLOYMENT = "kubernetes:apps/v1:Deployment";
const NAMESPACE = "kubernetes:core/v1:Namespace";

let server: FakeApiServer;
let harness: Harness;
beforeEach(async () => {
  server = await FakeApiServer.start();
  server.resources["demo.dev/v1"] = [{ name: "gateways", kind: "Gateway", namespaced: true }];
  harness = await Harness.over(server);
});
afterEach(() => server.stop());

const META = { name: "g", namespace: "default" };
const gateway = (spec: PropertyMap, metadata: PropertyMap = {}) => ({
  apiVersion: "demo.dev/v1",
  kind: "Gateway",
  metadata: { ...META, ...metadata },
  spec,
});
const put = (object: PropertyMap) => server.put(structuredClone(object) as unknown as KubeObject);

describe("read", () => {
  it("reports drift of what the program spoke of, and of nothing else", async () => {
    const inputs = gateway({ size: 1, list: ["a"] });
    const live = put(gateway({ size: 2, list: ["b", "c"], by: "others" }));
    const response = await harness.read(GATEWAY, {
      id: "default/g",
      oldInputs: inputs,
      oldOutputs: stateOf(inputs, live),
    });
    expect(response?.inputs).toEqual(gateway({ size: 2, list: ["b"] }));
    expect(response?.outputs).toMatchObject({
      spec: { size: 2, list: ["b", "c"], by: "others" },
      __inputs: gateway({ size: 2, list: ["b"] }),
      __fieldManager: "pulumi-kubernetes-00000001",
    });
  });

  it("keeps secrets and zero values of the inputs", async () => {
    const inputs = {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: META,
      data: { a: new Secret("b") },
      immutable: false,
    };
    put({ apiVersion: "v1", kind: "ConfigMap", metadata: META, data: { a: "b" } });
    const response = await harness.read("kubernetes:core/v1:ConfigMap", {
      id: "default/g",
      oldInputs: inputs,
    });
    expect(response?.inputs).toEqual(inputs);
  });

  it.each([
    ["an object that is gone", "default/nobody"],
    ["an object of a namespace that is gone", "nowhere/g"],
  ])("drops %s", async (_, id) => {
    expect(await harness.read(GATEWAY, { id })).toBeUndefined();
  });

  it("drops an object whose kind is gone", async () => {
    delete server.resources["demo.dev/v1"];
    expect(await harness.read(GATEWAY, { id: "default/g" })).toBeUndefined();
  });

  it("takes all fields of an imported built-in kind for inputs, but not the server's", async () => {
    put({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { ...META, labels: { a: "b" }, creationTimestamp: "t" },
      data: { a: "Yg==" },
      type: "Opaque",
      status: { x: 1 },
    });
    const response = await harness.read(SECRET, { id: "default/g" });
    expect(response?.inputs).toEqual({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { ...META, labels: { a: "b" } },
      data: new Secret({ a: "Yg==" }),
      type: "Opaque",
    });
  });

  it("takes only the identity of an imported custom resource, in default if none is said", async () => {
    put(gateway({ size: 1 }, { labels: { a: "b" } }));
    const response = await harness.read(GATEWAY, { id: "g" });
    expect(response?.inputs).toEqual({
      apiVersion: "demo.dev/v1",
      kind: "Gateway",
      metadata: META,
    });
    expect(response?.outputs.spec).toEqual({ size: 1 });
    expect(response?.id).toBe("g");
  });

  describe("of a Deployment", () => {
    const inputs = (annotations: PropertyMap = {}) => ({
      apiVersion: "apps/v1",
      kind: "Deployment",
      metadata: { ...META, annotations },
      spec: { replicas: 1 },
    });

    it("looks at its readiness once", async () => {
      const clock = new FakeClock();
      harness = await Harness.over(server, { clock });
      put({ ...inputs(), status: { observedGeneration: 1 } });
      const read = harness.read(DEPLOYMENT, { id: "default/g", oldInputs: inputs() });
      const { reasons, resource } = await initErrorOf(read);
      expect(reasons).toEqual([
        "Resource 'g' was created but failed to initialize",
        "Minimum number of live Pods was not attained",
      ]);
      expect(resource.inputs).toEqual(inputs());
      expect(clock.sleeps).toEqual([]);
    });

    it("does not with skipAwait", async () => {
      const skipping = inputs({ "pulumi.com/skipAwait": "true" });
      put(skipping);
      const read = harness.read(DEPLOYMENT, { id: "default/g", oldInputs: skipping });
      expect((await read)?.inputs).toEqual(skipping);
    });
  });
});

describe("delete", () => {
  const remove = (type: string, object: PropertyMap, live: KubeObject, timeoutSeconds?: number) =>
    harness.delete(type, {
      id: "default/g",
      oldInputs: object,
      oldOutputs: stateOf(object, live),
      timeoutSeconds,
    });

  it.each([
    [undefined, "Foreground"],
    ["background", "Background"],
    ["Orphan", "Orphan"],
    ["nonsense", "Foreground"],
  ])("with policy %p propagates %s", async (policy, propagationPolicy) => {
    const annotations: PropertyMap = policy
      ? { "pulumi.com/deletionPropagationPolicy": policy }
      : {};
    const object = gateway({ size: 1 }, { annotations });
    await remove(GATEWAY, object, put(object));
    expect(server.writes).toEqual([
      {
        method: "DELETE",
        path: "/apis/demo.dev/v1/namespaces/default/gateways/g",
        query: {},
        body: { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy },
      },
    ]);
  });

  it("is done where the object or its kind is gone", async () => {
    const object = gateway({ size: 1 });
    const live = put(object);
    server.remove(live);
    await remove(GATEWAY, object, live);
    delete server.resources["demo.dev/v1"];
    harness = await Harness.over(server);
    await remove(GATEWAY, object, live);
    expect(server.writes).toEqual([]);
  });

  it("waits until finalizers are done", async () => {
    harness = await Harness.over(server, { clock: systemClock });
    const object = gateway({ size: 1 }, { finalizers: ["demo.dev/lb"] });
    const live = put(object);
    let done = false;
    const removed = remove(GATEWAY, object, live).then(() => (done = true));
    while (server.watches === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    expect(server.get("Gateway", "g", "default")?.metadata.deletionTimestamp).toBeDefined();
    expect(done).toBe(false);
    server.remove(live);
    await removed;
    expect(done).toBe(true);
  });

  it("is not fooled by a new object of the same name", async () => {
    harness = await Harness.over(server, { clock: systemClock });
    const object = gateway({ size: 1 }, { finalizers: ["demo.dev/lb"] });
    const live = put(object);
    const removed = remove(GATEWAY, object, live);
    while (server.watches === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    server.remove(live);
    put(gateway({ size: 2 }));
    await removed;
    expect(server.get("Gateway", "g", "default")?.spec).toEqual({ size: 2 });
  });

  it("keeps the object in the state when time is up, and names the finalizers", async () => {
    const object = gateway({ size: 1 }, { finalizers: ["demo.dev/lb", "x"] });
    await expect(remove(GATEWAY, object, put(object), 30)).rejects.toThrow(
      new Error('timed out waiting for the condition: Gateway "g" is not gone after 30 s'),
    );
    expect(harness.log.messages).toEqual([
      "warning: finalizers might be preventing deletion (demo.dev/lb, x)",
    ]);
  });

  it.each([
    [NAMESPACE, "v1", "Namespace", true],
    [SECRET, "v1", "Secret", false],
  ])("skipAwait on %s", async (type, apiVersion, kind, skipped) => {
    const clock = new FakeClock();
    harness = await Harness.over(server, { clock });
    const annotations = { "pulumi.com/skipAwait": "true" };
    const namespace: PropertyMap = kind === "Namespace" ? {} : { namespace: "default" };
    const metadata: PropertyMap = { name: "g", ...namespace, annotations, finalizers: ["x"] };
    const object = { apiVersion, kind, metadata };
    const outcome = await remove(type, object, put(object)).catch(() => "timed out");
    expect(outcome).toBe(skipped ? undefined : "timed out");
  });

  it("of a patch gives up its fields and leaves the object", async () => {
    const object = { apiVersion: "v1", kind: "Secret", metadata: META, data: { a: "Yg==" } };
    await remove("kubernetes:core/v1:SecretPatch", object, put(object));
    expect(server.writes).toEqual([
      {
        method: "PATCH",
        path: "/api/v1/namespaces/default/secrets/g",
        query: { fieldManager: "pulumi-kubernetes-00000001" },
        body: { apiVersion: "v1", kind: "Secret", metadata: META },
      },
    ]);
  });

  it("of a patch that owns a required field says how to go on", async () => {
    const object = { apiVersion: "v1", kind: "Secret", metadata: META };
    const details = { causes: [{ reason: "FieldValueRequired", field: "spec.a" }] };
    const live = put(object);
    server.refuseNext("PATCH", { code: 422, reason: "Invalid", message: "no", details });
    await expect(remove("kubernetes:core/v1:SecretPatch", object, live)).rejects.toThrow(
      new Error(
        "this Patch resource is currently managing a required field, so it can't be deleted " +
          "directly. Either set the `retainOnDelete` resource option, or transfer ownership of " +
          "the field before deleting: spec.a",
      ),
    );
  });
});
