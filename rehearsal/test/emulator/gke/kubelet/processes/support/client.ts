import { KubeClient } from "../../../../../../emulator/kube/client";
import { KubeObject, ObjectRef } from "../../../../../../emulator/kube/objects";

/** A client of a cluster that has these objects, and gives tokens. */
export function clientOf(objects: KubeObject[], requests: unknown[] = []): KubeClient {
  const client = {
    server: "https://127.0.0.1:6443",
    certificateAuthority: "Y2E=",
    getOptional: async ({ kind, namespace, name }: ObjectRef) =>
      objects.find(
        (o) => o.kind === kind && o.metadata.namespace === namespace && o.metadata.name === name,
      ),
    path: async (apiVersion: string, kind: string, namespace: string, name: string) =>
      `/api/${apiVersion}/namespaces/${namespace}/${kind.toLowerCase()}s/${name}`,
    request: async (method: string, path: string, { body }: { body: unknown }) => {
      requests.push([method, path, body]);
      return { status: { token: "t0k3n" } };
    },
  };
  return client as unknown as KubeClient;
}
