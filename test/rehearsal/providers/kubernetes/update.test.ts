import { KubeObject, ManagedFields } from "../../../../rehearsal/kube/objects";
import { PropertyMap, Secret, UNKNOWN } from "../../../../rehearsal/providers/plugin";
import { FakeApiServer } from "./support/fakeApiServer";
import { Harness, initErrorOf, stateOf } from "./support/harness";

const TYPE = "kubernetes:demo.dev/v1:Gateway";
const URN = `urn:pulumi:dev::p::${TYPE}::x`;
const CRD = "kubernetes:apiextensions.k8s.io/v1:CustomResourceDefinition";
const MANAGER = "pulumi-kubernetes-00000001";

const gateway = (spec: PropertyMap, annotations: PropertyMap = {}) => ({
  apiVersion: "demo.dev/v1",
  kind: "Gateway",
  metadata: { name: "g", namespace: "default", annotations },
  spec,
});

let server: FakeApiServer;
let harness: Harness;
beforeEach(async () => {
  server = await FakeApiServer.start();
  server.resources["demo.dev/v1"] = [{ name: "gateways", kind: "Gateway", namespaced: true }];
  harness = await Harness.over(server);
});
afterEach(() => server.stop());

const owned = (manager: string, operation: string, ...fields: string[]) => ({
  manager,
  operation,
  fieldsV1: { "f:spec": Object.fromEntries(fields.map((field) => [`f:${field}`, {}])) },
});

function stored(object: PropertyMap, ...managedFields: ManagedFields[]): KubeObject {
  const live = structuredClone(object) as unknown as KubeObject;
  return server.put({ ...live, metadata: { ...live.metadata, managedFields } });
}

const CREATED = owned("pulumi-kubernetes", "Update", "size");
const sent = gateway({ size: 1 });
const update = (news: PropertyMap, live: KubeObject, more = {}) =>
  harness.update(TYPE, { newInputs: news, oldOutputs: stateOf(sent, live), ...more });

describe("an apply", () => {
  it("first takes over the fields of the create, then applies strictly and without force", async () => {
    const status = owned("controller", "Update", "status");
    const live = stored(sent, CREATED, status, owned("kubectl-edit", "Update", "color"));
    const outputs = await update(gateway({ size: 2 }), live);
    const [takeOver, apply] = server.writes;
    expect(takeOver).toEqual({
      method: "PATCH",
      path: "/apis/demo.dev/v1/namespaces/default/gateways/g",
      query: { fieldManager: "pulumi-kubernetes" },
      body: [
        {
          op: "replace",
          path: "/metadata/managedFields",
          value: [
            status,
            {
              manager: MANAGER,
              operation: "Apply",
              fieldsV1: { "f:spec": { "f:size": {}, "f:color": {} } },
            },
          ],
        },
        { op: "replace", path: "/metadata/resourceVersion", value: live.metadata.resourceVersion },
      ],
    });
    expect(apply).toEqual({
      method: "PATCH",
      path: "/apis/demo.dev/v1/namespaces/default/gateways/g",
      query: { fieldManager: MANAGER, force: "false", fieldValidation: "Strict" },
      body: gateway({ size: 2 }),
    });
    expect(outputs).toMatchObject({ spec: { size: 2 }, __fieldManager: MANAGER });
    expect(outputs.__inputs).toEqual(gateway({ size: 2 }));
  });

  it("runs a lost race for the managed fields again", async () => {
    const live = stored(sent, CREATED);
    server.refuseNext("PATCH", { code: 409, reason: "Conflict", message: "modified" });
    await update(gateway({ size: 2 }), live);
    expect(server.writes).toHaveLength(3);
  });

  it.each([
    ["the annotation", gateway({ size: 2 }, { "pulumi.com/patchForce": "true" }), {}, [CREATED]],
    ["the provider", gateway({ size: 2 }), { enablePatchForce: "true" }, [CREATED]],
    ["an object that nobody manages", gateway({ size: 2 }), {}, []],
  ])("is forced by %s", async (_, news, config, managedFields) => {
    harness = await Harness.over(server, { config });
    await update(news, stored(sent, ...managedFields));
    expect(server.writes.at(-1)?.query.force).toBe("true");
  });

  it("leaves ignored fields to others, and keeps the live value of its own", async () => {
    const object = gateway({ size: 7, color: "red" });
    const live = stored(
      object,
      owned(MANAGER, "Apply", "color"),
      owned("autoscaler", "Update", "size"),
    );
    const news = gateway({ size: 1, color: "blue", other: 1 });
    await update(news, live, { ignoreChanges: ["spec.size", "spec.color", "spec.gone"] });
    expect(server.writes.at(-1)?.body).toMatchObject({ spec: { color: "red", other: 1 } });
    expect(server.writes.at(-1)?.body).not.toHaveProperty("spec.size");
  });

  it("gives up the fields of a manager that the program replaces", async () => {
    const live = stored(sent, owned(MANAGER, "Apply", "size"));
    await update(gateway({ size: 2 }, { "pulumi.com/patchFieldManager": "mine" }), live);
    expect(server.writes.slice(-2)).toMatchObject([
      { query: { fieldManager: "mine" } },
      {
        query: { fieldManager: MANAGER },
        body: {
          apiVersion: "demo.dev/v1",
          kind: "Gateway",
          metadata: { name: "g", namespace: "default" },
        },
      },
    ]);
  });

  it("reveals secrets to the server only", async () => {
    const outputs = await update(gateway({ size: new Secret(2) }), stored(sent, CREATED));
    expect(server.writes.at(-1)?.body).toMatchObject({ spec: { size: 2 } });
    expect(outputs.spec).toEqual({ size: new Secret(2) });
  });
});

it("puts a CRD as a whole, over the version that is live", async () => {
  const crd = (scope: string) => ({
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: "a.demo.dev" },
    spec: { scope },
  });
  const live = stored(crd("Cluster"), CREATED);
  await harness.update(CRD, {
    newInputs: crd("Namespaced"),
    oldOutputs: stateOf(crd("Cluster"), live),
  });
  const { resourceVersion } = live.metadata;
  expect(server.writes).toEqual([
    {
      method: "PUT",
      path: "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/a.demo.dev",
      query: { fieldManager: MANAGER, fieldValidation: "Strict" },
      body: { ...crd("Namespaced"), metadata: { name: "a.demo.dev", resourceVersion } },
    },
  ]);
});

describe("a preview", () => {
  it("runs dry, takes nothing over, and forces where only its own create stands against it", async () => {
    const outputs = await update(gateway({ size: 2 }), stored(sent, CREATED), { preview: true });
    expect(server.writes.map(({ query }) => query)).toEqual([
      { fieldManager: MANAGER, force: "true", fieldValidation: "Strict", dryRun: "All" },
    ]);
    expect(outputs.spec).toEqual({ size: 2 });
    expect(server.get("Gateway", "g", "default")?.spec).toEqual({ size: 1 });
  });

  it("does not force after the first update", async () => {
    const live = stored(sent, owned(MANAGER, "Apply", "size"));
    await update(gateway({ size: 2 }), live, { preview: true });
    expect(server.writes[0]?.query.force).toBe("false");
  });

  it("shows the inputs where values are not known or the server forbids it", async () => {
    const live = stored(sent, CREATED);
    const unknown = gateway({ size: UNKNOWN });
    expect(await update(unknown, live, { preview: true })).toBe(unknown);
    server.refuseNext("PATCH", { code: 403, reason: "Forbidden", message: "no" });
    const news = gateway({ size: 2 });
    expect(await update(news, live, { preview: true })).toBe(news);
  });
});

describe("a failure", () => {
  it("of an object that is there is an init error with the live object and the new inputs", async () => {
    const live = stored(sent, owned(MANAGER, "Apply", "size"));
    const message = ".spec.typo: field not declared in schema";
    server.refuseNext("PATCH", { code: 500, reason: "InternalError", message });
    const news = gateway({ size: 2, typo: 1 });
    const error = await initErrorOf(update(news, live));
    expect(error.reasons).toEqual([
      'the Kubernetes API server reported that "default/g" failed to fully initialize ' +
        `or become live: ${message}`,
    ]);
    expect(error.resource.id).toBe("default/g");
    expect(error.resource.inputs).toEqual(news);
    expect(error.resource.outputs).toMatchObject({ spec: { size: 1 }, __inputs: news });
  });

  it("by a conflict names both managers' quarrel", async () => {
    const live = stored(sent, owned(MANAGER, "Apply", "size"));
    const message = 'Apply failed with 1 conflict: conflict with "other": .spec.size';
    server.refuseNext("PATCH", { code: 409, reason: "Conflict", message });
    const { reasons } = await initErrorOf(update(gateway({ size: 2 }), live));
    expect(reasons).toEqual([
      'the Kubernetes API server reported that "default/g" failed to fully initialize or become ' +
        "live: Server-Side Apply field conflict detected. See https://www.pulumi.com/registry/" +
        "packages/kubernetes/how-to-guides/managing-resources-with-server-side-apply/" +
        "#handle-field-conflicts-on-existing-resources for troubleshooting help.\n" +
        `The resource managed by field manager "${MANAGER}" had an apply conflict: ${message}`,
    ]);
  });

  it("to become ready again tells what is waited for", async () => {
    const live = stored(sent, owned(MANAGER, "Apply", "size"));
    const news = gateway({ size: 2 }, { "pulumi.com/waitFor": "jsonpath={.status.ip}" });
    const { reasons, resource } = await initErrorOf(update(news, live));
    expect(reasons).toEqual([
      'the Kubernetes API server reported that "default/g" failed to fully initialize ' +
        "or become live: timed out waiting for the condition",
      "{.status.ip} (there is none yet)",
    ]);
    expect(resource.outputs).toMatchObject({ spec: { size: 2 } });
  });

  it("of an object that is gone is no init error, and creates nothing", async () => {
    const live = stored(sent, CREATED);
    server.remove(live);
    await expect(update(gateway({ size: 2 }), live)).rejects.toThrow(
      new Error(`update of resource "${URN}" failed: gateways "g" not found`),
    );
    expect(server.writes).toEqual([]);
  });

  it("of a kind that is gone says so", async () => {
    const live = stored(sent, CREATED);
    delete server.resources["demo.dev/v1"];
    await expect(update(gateway({ size: 2 }), live)).rejects.toThrow(
      new Error(
        `update of resource "${URN}" failed because the Kubernetes API server reported that the ` +
          "apiVersion for this resource does not exist. Verify that any required CRDs have been " +
          'created: no matches for kind "Gateway" in version "demo.dev/v1"',
      ),
    );
  });

  it("of the connection names the cluster", async () => {
    const live = stored(sent, CREATED);
    await harness.read(TYPE, { id: "default/g" });
    const { url } = server;
    await server.stop();
    const unreachable =
      `configured Kubernetes cluster is unreachable: ${url} (context here): ` +
      `connect ECONNREFUSED ${url.replace("http://", "")}`;
    await expect(update(gateway({ size: 2 }), live)).rejects.toThrow(
      new Error(
        `update of resource "${URN}" failed: ${unreachable}\n` +
          `unable to get cluster state: ${unreachable}`,
      ),
    );
    server = await FakeApiServer.start();
  });
});
