import { KubeClient } from "../kube/client";
import { describe, KubeObject } from "../kube/objects";

/** Cluster-wide kinds that a program creates; other objects are deleted with their namespace. */
const KINDS = [
  ["v1", "Namespace"],
  ["rbac.authorization.k8s.io/v1", "ClusterRole"],
  ["rbac.authorization.k8s.io/v1", "ClusterRoleBinding"],
  ["apiextensions.k8s.io/v1", "CustomResourceDefinition"],
] as const;

/** Prefix of the field managers under which Pulumi's kubernetes provider writes. */
const MANAGER = "pulumi-kubernetes";

/**
 * Objects that Pulumi has created in a cluster and not deleted, one line each. Call it just before the deletion of the
 * cluster, which would hide a forgotten deletion.
 */
export async function abandonedIn(client: KubeClient): Promise<string[]> {
  const lists = await Promise.all(KINDS.map(([apiVersion, kind]) => client.list(apiVersion, kind)));
  return lists.flat().filter(isPulumis).map(describe);
}

function isPulumis({ metadata }: KubeObject): boolean {
  return (metadata.managedFields ?? []).some(({ manager }) => manager?.startsWith(MANAGER));
}
