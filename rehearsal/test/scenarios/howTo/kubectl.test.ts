import { Kubectl } from "../../../scenarios/howTo/kubectl";
import { FakeApiServer } from "../../emulator/kube/support/fakeApiServer";

const LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

const config = (data: object) => ({
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "settings" },
  data,
});

describe("kubectl apply", () => {
  let server: FakeApiServer;
  let kubectl: Kubectl;
  beforeEach(async () => {
    server = await FakeApiServer.start();
    kubectl = new Kubectl(server.kubeconfig());
  });
  afterEach(async () => {
    kubectl.client.close();
    await server.stop();
  });

  const manager = { fieldManager: "kubectl-client-side-apply" };

  test("creates what is not there, in the context's namespace, and asks for strict validation", async () => {
    await kubectl.apply(config({ a: "1" }), { namespace: "default" });
    const applied = { ...config({ a: "1" }), metadata: { namespace: "default", name: "settings" } };
    expect(server.writes).toEqual([
      {
        method: "POST",
        path: "/api/v1/namespaces/default/configmaps",
        query: { ...manager, fieldValidation: "Strict" },
        body: {
          ...applied,
          metadata: {
            ...applied.metadata,
            annotations: { [LAST_APPLIED]: JSON.stringify(applied) },
          },
        },
      },
    ]);
  });

  test("changes what is there, and takes away what the file no longer has", async () => {
    await kubectl.apply(config({ a: "1", b: "2" }));
    await kubectl.apply(config({ b: "3" }));
    const [, patch] = server.writes;
    expect(patch?.method).toBe("PATCH");
    expect((patch?.body as { data: unknown }).data).toEqual({ a: null, b: "3" });
  });

  test("without validation it does not ask for any", async () => {
    await kubectl.apply(config({}), { validation: "none" });
    expect(server.writes[0]?.query).toEqual(manager);
  });

  test("an object of no namespace stays without one", async () => {
    const apiVersion = "apiextensions.k8s.io/v1";
    const metadata = { name: "things.example.dev" };
    await kubectl.apply({ apiVersion, kind: "CustomResourceDefinition", metadata });
    expect(server.writes[0]?.path).toBe(`/apis/${apiVersion}/customresourcedefinitions`);
  });

  test("a kind that the server does not have is an error", async () => {
    const gateway = { apiVersion: "x/v1", kind: "Gateway", metadata: { name: "g" } };
    await expect(kubectl.apply(gateway)).rejects.toThrow(
      'no matches for kind "Gateway" in version "x/v1"',
    );
  });

  test("deleting what is not there is none", async () => {
    await kubectl.delete(config({}));
    expect(server.get("ConfigMap", "settings", "default")).toBeUndefined();
  });
});
