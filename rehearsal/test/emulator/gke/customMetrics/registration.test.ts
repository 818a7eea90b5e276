import { register, registration } from "../../../../emulator/gke/customMetrics/registration";
import type { KubeClient } from "../../../../emulator/kube/client";
import { KubeError } from "../../../../emulator/kube/errors";
import { describe as name, type KubeObject } from "../../../../emulator/kube/objects";

const API_SERVICE = "APIService v1beta2.custom.metrics.k8s.io";

test("leads the API server to a port of this machine whose certificate is the cluster's", () => {
  const service = { namespace: "kube-system", name: "custom-metrics" };
  expect(registration(20_001, "PEM")).toEqual([
    {
      apiVersion: "v1",
      kind: "Service",
      metadata: service,
      spec: { type: "ExternalName", externalName: "127.0.0.1" },
    },
    {
      apiVersion: "apiregistration.k8s.io/v1",
      kind: "APIService",
      metadata: { name: "v1beta2.custom.metrics.k8s.io" },
      spec: {
        group: "custom.metrics.k8s.io",
        version: "v1beta2",
        groupPriorityMinimum: 100,
        versionPriority: 100,
        service: { ...service, port: 20_001 },
        caBundle: Buffer.from("PEM").toString("base64"),
      },
    },
  ]);
});

/** @param codes with which the API is refused, one after the other, before it is served */
function client(...codes: number[]) {
  const done: string[] = [];
  const made = {
    apply: (object: KubeObject, query: object) => {
      done.push(`${name(object)} ${JSON.stringify(query)}`);
      return Promise.resolve(object);
    },
    request: (method: string, path: string) => {
      done.push(`${method} ${path}`);
      const code = codes.shift();
      if (code === undefined) return Promise.resolve({});
      return Promise.reject(
        new KubeError({ code, reason: "Refused", message: `refused: ${code}` }),
      );
    },
  } as unknown as KubeClient;
  return { made, done };
}

const ASK = "GET /apis/custom.metrics.k8s.io/v1beta2";

test("registers the Service before the API, and waits until the API answers", async () => {
  const { made, done } = client(404, 503);
  await register(made, registration(20_001, "PEM"));
  const query = JSON.stringify({ fieldManager: "gke-addon-manager", force: true });
  expect(done).toEqual([
    `Service kube-system/custom-metrics ${query}`,
    `${API_SERVICE} ${query}`,
    ASK,
    ASK,
    ASK,
  ]);
});

test("does not wait where the API is refused for another reason", async () => {
  const { made, done } = client(403);
  await expect(register(made, registration(20_001, "PEM"))).rejects.toThrow("refused: 403");
  expect(done.filter((each) => each === ASK)).toHaveLength(1);
});
