import { KubeClient } from "../kube/client";
import { KubeError } from "../kube/errors";
import { KubeObject } from "../kube/objects";
import { ClusterSpec } from "./gke";

/**
 * Namespaces that GKE makes and into which users' objects reach, such as RoleBindings for metrics.
 */
export async function installNamespaces(
  client: KubeClient,
  cluster: Pick<ClusterSpec, "managedPrometheus">,
): Promise<void> {
  if (!cluster.managedPrometheus) return;
  for (const object of MANAGED_PROMETHEUS) {
    await client.create(object).catch((error: unknown) => {
      if (!(error instanceof KubeError) || error.reason !== "AlreadyExists") throw error;
    });
  }
}

const MANAGED_PROMETHEUS: KubeObject[] = [
  namespace("gmp-system"),
  namespace("gmp-public"),
  {
    apiVersion: "v1",
    kind: "ServiceAccount",
    metadata: { namespace: "gmp-system", name: "collector" },
  },
];

function namespace(name: string): KubeObject {
  return { apiVersion: "v1", kind: "Namespace", metadata: { name } };
}
