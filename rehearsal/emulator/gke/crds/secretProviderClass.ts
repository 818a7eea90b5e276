import { Kind } from "./definition";
import { array, map, object, string } from "./schema";

/** Comes with the Secret Manager add-on. Source: the CSI driver's reference of the kind. */
export function secretProviderClass(): Kind {
  const data = object({ objectName: string(), key: string() });
  return {
    group: "secrets-store.csi.x-k8s.io",
    version: "v1",
    kind: "SecretProviderClass",
    plural: "secretproviderclasses",
    scope: "Namespaced",
    spec: object({
      provider: string(),
      parameters: map(string()),
      secretObjects: array(
        object({
          secretName: string(),
          type: string(),
          labels: map(string()),
          annotations: map(string()),
          data: array(data),
        }),
      ),
    }),
    status: object({ byPod: array(object({ id: string(), namespace: string() })) }),
  };
}
