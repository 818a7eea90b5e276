import { systemClock } from "../../../../rehearsal/providers/kubernetes/clock";
import { PropertyMap, Secret, UNKNOWN } from "../../../../rehearsal/providers/plugin";
import { FakeApiServer } from "./support/fakeApiServer";
import { FakeClock, Harness, initErrorOf } from "./support/harness";

const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const GATEWAY = "kubernetes:demo.dev/v1:Gateway";
const URN = (type: string) => `urn:pulumi:dev::p::${type}::x`;

const configMap = (metadata: PropertyMap = {}): PropertyMap => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "a", namespace: "default", ...metadata },
  data: { k: "v" },
});
const gateway = (annotations: PropertyMap = {}): PropertyMap => ({
  apiVersion: "demo.dev/v1",
  kind: "Gateway",
  metadata: { name: "g", namespace: "default", annotations },
  spec: { size: 1 },
});

let server: FakeApiServer;
beforeEach(async () => {
  server = await FakeApiServer.start();
  server.resources["demo.dev/v1"] = [{ name: "gateways", kind: "Gateway", namespaced: true }];
});
afterEach(() => server.stop());

describe("what is sent and kept", () => {
  it("posts strictly, as Pulumi's manager, and keeps the whole live object", async () => {
    const harness = await Harness.over(server);
    const inputs = { ...configMap(), data: { k: new Secret("v") } };
    const { id, outputs } = await harness.create(CONFIG_MAP, inputs);
    expect(server.writes).toEqual([
      {
        method: "POST",
        path: "/api/v1/namespaces/default/configmaps",
        query: { fieldManager: "pulumi-kubernetes", fieldValidation: "Strict" },
        body: configMap(),
      },
    ]);
    expect(id).toBe("default/a");
    expect(outputs).toEqual({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: expect.objectContaining({ name: "a", uid: expect.any(String) }),
      data: { k: new Secret("v") },
      __inputs: inputs,
      __initialApiVersion: "v1",
      __fieldManager: expect.stringMatching(/^pulumi-kubernetes-[0-9a-f]{8}$/),
    });
  });

  it("marks the data of Secrets", async () => {
    const harness = await Harness.over(server);
    const inputs = { ...configMap(), kind: "Secret", data: { k: "dg==" } };
    const { outputs } = await harness.create("kubernetes:core/v1:Secret", inputs);
    expect(outputs.data).toEqual(new Secret({ k: "dg==" }));
    expect((outputs.__inputs as PropertyMap).data).toEqual(new Secret({ k: "dg==" }));
  });

  it("spells schema extensions of CRDs with dashes for the server, and back", async () => {
    const harness = await Harness.over(server);
    const schema = { x_kubernetes_list_type: "map", x_kubernetes_list_map_keys: ["a"] };
    const { id, outputs } = await harness.create(
      "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition",
      {
        apiVersion: "apiextensions.k8s.io/v1",
        kind: "CustomResourceDefinition",
        metadata: { name: "a.demo.dev" },
        spec: { schema },
      },
    );
    expect(id).toBe("a.demo.dev");
    expect(server.writes[0]?.body).toMatchObject({
      spec: { schema: { "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["a"] } },
    });
    expect(outputs.spec).toEqual({ schema });
  });

  it("applies a patch under a manager of its own", async () => {
    server.put({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a", namespace: "default" },
    });
    const harness = await Harness.over(server);
    const annotations = { "pulumi.com/patchForce": "true", "pulumi.com/patchFieldManager": "mine" };
    await harness.create("kubernetes:core/v1:ConfigMapPatch", configMap({ annotations }));
    expect(server.writes).toMatchObject([
      {
        method: "PATCH",
        path: "/api/v1/namespaces/default/configmaps/a",
        query: { fieldManager: "mine", force: "true", fieldValidation: "Strict" },
      },
    ]);
  });

  it("adopts an object that exists only with upsertExistingObjects", async () => {
    server.put({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name: "a", namespace: "default" },
    });
    const strict = await Harness.over(server);
    await expect(strict.create(CONFIG_MAP, configMap())).rejects.toThrow(
      new Error(
        `resource "${URN(CONFIG_MAP)}" was not successfully created by the Kubernetes API server: ` +
          'configmaps "a" already exists',
      ),
    );
    const upserting = await Harness.over(server, { config: { upsertExistingObjects: "true" } });
    expect((await upserting.create(CONFIG_MAP, configMap())).id).toBe("default/a");
  });
});

describe("what is missing is waited for", () => {
  it("tries six times for a namespace, in 31 seconds", async () => {
    const clock = new FakeClock();
    const harness = await Harness.over(server, { clock });
    await expect(harness.create(CONFIG_MAP, configMap({ namespace: "nowhere" }))).rejects.toThrow(
      new Error(
        `resource "${URN(CONFIG_MAP)}" was not successfully created by the Kubernetes API server: ` +
          'namespaces "nowhere" not found',
      ),
    );
    expect(server.writes).toHaveLength(6);
    expect(clock.sleeps).toEqual([1000, 2000, 4000, 8000, 16000]);
    expect(harness.log.statuses).toEqual(
      [0, 1, 2, 3, 4].map((n) => `Retry #${n}; creation failed: namespaces "nowhere" not found`),
    );
  });

  it("finds a namespace that comes meanwhile", async () => {
    class Late extends FakeClock {
      override async sleep(ms: number): Promise<void> {
        await super.sleep(ms);
        const metadata = { name: "late" };
        if (ms === 2000) server.put({ apiVersion: "v1", kind: "Namespace", metadata });
      }
    }
    const harness = await Harness.over(server, { clock: new Late() });
    const { id } = await harness.create(CONFIG_MAP, configMap({ namespace: "late" }));
    expect(id).toBe("late/a");
    expect(server.writes).toHaveLength(3);
  });

  it("asks anew for a kind that nobody serves yet", async () => {
    delete server.resources["demo.dev/v1"];
    const clock = new FakeClock();
    const harness = await Harness.over(server, { clock });
    await expect(harness.create(GATEWAY, gateway())).rejects.toThrow(
      new Error(
        `creation of resource "${URN(GATEWAY)}" with kind demo.dev/v1/Gateway failed because the ` +
          "Kubernetes API server reported that the apiVersion for this resource does not exist. " +
          "Verify that any required CRDs have been created: " +
          'no matches for kind "Gateway" in version "demo.dev/v1"',
      ),
    );
    expect(clock.sleeps).toHaveLength(5);
  });

  it.each([
    [400, "BadRequest", 'strict decoding error: unknown field "spec.typo"'],
    [409, "Conflict", "try again"],
    [422, "Invalid", "spec: Invalid value"],
    [500, "InternalError", "failed calling webhook"],
  ])("but %i %s is final", async (code, reason, message) => {
    const clock = new FakeClock();
    const harness = await Harness.over(server, { clock });
    server.refuseNext("POST", { code, reason, message });
    await expect(harness.create(CONFIG_MAP, configMap())).rejects.toThrow(
      new Error(
        `resource "${URN(CONFIG_MAP)}" was not successfully created by the Kubernetes API server: ` +
          message,
      ),
    );
    expect(clock.sleeps).toEqual([]);
  });

  it("and so is a refused connection, which names the cluster", async () => {
    const clock = new FakeClock();
    const harness = await Harness.over(server, { clock });
    const { url } = server;
    await server.stop();
    await expect(harness.create(CONFIG_MAP, configMap())).rejects.toThrow(
      new Error(
        `resource "${URN(CONFIG_MAP)}" was not successfully created by the Kubernetes API server: ` +
          `configured Kubernetes cluster is unreachable: ${url} (context here): ` +
          `connect ECONNREFUSED ${url.replace("http://", "")}`,
      ),
    );
    expect(clock.sleeps).toEqual([]);
    server = await FakeApiServer.start();
  });
});

describe("a preview", () => {
  it("runs dry, and shows no status", async () => {
    const harness = await Harness.over(server);
    const inputs = { ...gateway(), status: { leaked: true } };
    const { id, outputs } = await harness.create(GATEWAY, inputs, { preview: true });
    expect(server.writes).toMatchObject([{ method: "POST", query: { dryRun: "All" } }]);
    expect(server.get("Gateway", "g", "default")).toBeUndefined();
    expect(id).toBe("");
    expect(outputs.spec).toEqual({ size: 1 });
    expect(outputs.status).toBeUndefined();
  });

  it.each([
    ["values that are not known", { ...gateway(), spec: { size: UNKNOWN } }, GATEWAY, 0],
    ["a kind that nobody serves", { ...gateway(), apiVersion: "no.dev/v1" }, GATEWAY, 0],
    ["a patch", configMap(), "kubernetes:core/v1:ConfigMapPatch", 0],
    ["a namespace that is not there", configMap({ namespace: "nowhere" }), CONFIG_MAP, 1],
  ])("of %s shows the inputs", async (_, inputs: PropertyMap, type, writes) => {
    const harness = await Harness.over(server);
    const response = await harness.create(type, inputs, { preview: true });
    expect(response).toEqual({ id: "", outputs: inputs });
    expect(server.writes).toHaveLength(writes);
  });

  it.each([
    [403, "Forbidden"],
    [409, "AlreadyExists"],
  ])("swallows %i %s", async (code, reason) => {
    const harness = await Harness.over(server);
    server.refuseNext("POST", { code, reason, message: "no" });
    const response = await harness.create(CONFIG_MAP, configMap(), { preview: true });
    expect(response).toEqual({ id: "", outputs: configMap() });
  });

  it("fails by any other refusal", async () => {
    const harness = await Harness.over(server);
    const message = 'strict decoding error: unknown field "spec.typo"';
    server.refuseNext("POST", { code: 400, reason: "BadRequest", message });
    await expect(harness.create(GATEWAY, gateway(), { preview: true })).rejects.toThrow(message);
  });
});

describe("waiting", () => {
  const WAIT = { "pulumi.com/waitFor": "condition=Programmed" };
  const programmed = (status: string) => ({
    conditions: [{ type: "Programmed", status, reason: "R", message: "m" }],
  });

  it("does not wait for a custom resource unless told", async () => {
    const clock = new FakeClock();
    const harness = await Harness.over(server, { clock });
    expect((await harness.create(GATEWAY, gateway())).id).toBe("default/g");
    expect(clock.sleeps).toEqual([]);
  });

  it("gives the object as it is when the condition holds", async () => {
    const harness = await Harness.over(server, { clock: systemClock });
    const created = harness.create(GATEWAY, gateway(WAIT), { timeoutSeconds: 20 });
    while (server.watches === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    const live = server.get("Gateway", "g", "default");
    if (!live) throw new Error("the object is watched and not there");
    server.put({ ...live, status: programmed("False") });
    server.put({ ...live, status: { ...programmed("True"), addresses: ["10.0.0.1"] } });
    const { outputs } = await created;
    expect(outputs.status).toEqual({ ...programmed("True"), addresses: ["10.0.0.1"] });
    expect(harness.log.statuses).toContain(
      "Waiting for condition Programmed=True (there is none yet)",
    );
    while (server.watches > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  });

  it("survives a restart of the API server", async () => {
    const harness = await Harness.over(server, { clock: systemClock });
    const created = harness.create(GATEWAY, gateway(WAIT), { timeoutSeconds: 20 });
    while (server.watches === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    server.breakConnections();
    const live = server.get("Gateway", "g", "default");
    if (live) server.put({ ...live, status: programmed("True") });
    expect((await created).outputs.status).toEqual(programmed("True"));
  });

  it.each([
    ["customTimeouts", gateway({ ...WAIT, "pulumi.com/timeoutSeconds": "7" }), 42, 42],
    ["the annotation", gateway({ ...WAIT, "pulumi.com/timeoutSeconds": "7" }), undefined, 7],
    [
      "no annotation that is a number",
      gateway({ ...WAIT, "pulumi.com/timeoutSeconds": "7m" }),
      undefined,
      600,
    ],
    ["nothing", gateway(WAIT), undefined, 600],
  ])("is limited by %s", async (_, inputs, timeoutSeconds, seconds) => {
    const clock = new FakeClock();
    const harness = await Harness.over(server, { clock });
    await initErrorOf(harness.create(GATEWAY, inputs, { timeoutSeconds }));
    expect(clock.sleeps).toEqual([seconds * 1000]);
  });

  it("ends in an init error that keeps the object and says why", async () => {
    const harness = await Harness.over(server);
    const inputs = gateway(WAIT);
    const error = await initErrorOf(harness.create(GATEWAY, inputs));
    expect(error.reasons).toEqual([
      `resource "${URN(GATEWAY)}" was successfully created, but the Kubernetes API server ` +
        "reported that it failed to fully initialize or become live: " +
        "timed out waiting for the condition",
      "condition Programmed=True (there is none yet)",
    ]);
    expect(error.resource.id).toBe("default/g");
    expect(error.resource.inputs).toEqual(inputs);
    expect(error.resource.outputs).toMatchObject({ spec: { size: 1 }, __inputs: inputs });
  });

  it("ends when the user gives up", async () => {
    const harness = await Harness.over(server, { clock: systemClock });
    const created = initErrorOf(harness.create(GATEWAY, gateway(WAIT)));
    while (server.watches === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    harness.provider.cancel();
    expect((await created).reasons[0]).toBe(
      `resource "${URN(GATEWAY)}" was successfully created, but the Kubernetes API server ` +
        "reported that it failed to fully initialize or become live: " +
        'Resource operation was cancelled for "g"',
    );
  });

  it("skips what skipAwait names, waitFor included", async () => {
    const clock = new FakeClock();
    const harness = await Harness.over(server, { clock });
    await harness.create(GATEWAY, gateway({ ...WAIT, "pulumi.com/skipAwait": "true" }));
    expect(clock.sleeps).toEqual([]);
  });

  it("refuses a waitFor that cannot be read before anything is written", async () => {
    const harness = await Harness.over(server);
    await expect(
      harness.create(GATEWAY, gateway({ "pulumi.com/waitFor": "Programmed" })),
    ).rejects.toThrow(
      new Error(
        'pulumi.com/waitFor: "Programmed": an expression starts with condition= or jsonpath=',
      ),
    );
    expect(server.writes).toEqual([]);
  });

  it("waits five seconds for the token of a service account, whatever else is said", async () => {
    const clock = new FakeClock();
    const harness = await Harness.over(server, { clock });
    const annotations = { "kubernetes.io/service-account.name": "nobody" };
    const inputs = {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "t", namespace: "default", annotations },
      type: "kubernetes.io/service-account-token",
    };
    const created = harness.create("kubernetes:core/v1:Secret", inputs, { timeoutSeconds: 99 });
    expect((await initErrorOf(created)).reasons[1]).toBe(
      'Waiting for the token of ServiceAccount "nobody"; does it exist?',
    );
    expect(clock.sleeps).toEqual([5000]);
  });
});
