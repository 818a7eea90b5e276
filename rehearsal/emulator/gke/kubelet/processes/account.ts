import * as path from "node:path";

import { writePrivate } from "../../controlPlane/files";
import type { KubeClient } from "../../../kube/client";
import type { Pod } from "../../world/kinds";

/** Longer than any rehearsal is kept. */
const TOKEN_SECONDS = 7 * 86_400;

/**
 * Writes a kubeconfig with a token of the pod's service account. In a container, client libraries find the token below
 * `/var/run/secrets`; here the variable KUBECONFIG leads them to it.
 */
export async function writeKubeconfig(
  client: KubeClient,
  pod: Pod,
  directory: string,
): Promise<string> {
  const { name, namespace = "default", uid } = pod.metadata;
  const { serviceAccountName = "default" } = pod.spec;
  const accounts = await client.path("v1", "ServiceAccount", namespace, serviceAccountName);
  const boundObjectRef = { apiVersion: "v1", kind: "Pod", name, uid };
  const { status } = await client.request<{ status: { token: string } }>(
    "POST",
    `${accounts}/token`,
    {
      body: {
        apiVersion: "authentication.k8s.io/v1",
        kind: "TokenRequest",
        spec: { expirationSeconds: TOKEN_SECONDS, boundObjectRef },
      },
    },
  );
  const { server, certificateAuthority } = client;
  const file = path.join(directory, "kubeconfig");
  const named = <T>(field: string, value: T) => [{ name: "pod", [field]: value }];
  await writePrivate(
    file,
    JSON.stringify({
      apiVersion: "v1",
      kind: "Config",
      clusters: named("cluster", { server, "certificate-authority-data": certificateAuthority }),
      users: named("user", { token: status.token }),
      contexts: named("context", { cluster: "pod", user: "pod", namespace }),
      "current-context": "pod",
    }),
  );
  return file;
}
