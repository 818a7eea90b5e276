import { KubeClient } from "../kube/client";
import { describe, KubeObject } from "../kube/objects";

/** Kinds without a namespace that a program makes; what is in a namespace goes with it. */
const KINDS = [
  ["v1", "Namespace"],
  ["rbac.authorization.k8s.io/v1", "ClusterRole"],
  ["rbac.authorization.k8s.io/v1", "ClusterRoleBinding"],
  ["apiextensions.k8s.io/v1", "CustomResourceDefinition"],
] as const;

/** Prefix of the field managers under which Pulumi's kubernetes provider writes. */
const MANAGER = "pulumi-kubernetes";

/**
 * Objects that Pulumi has made in a cluster and not removed, one line each. To be asked just before the cluster goes:
 * it would take with it what a forgotten deletion has left.
 */
export async function abandonedIn(client: KubeClient): Promise<string[]> {
  const lists = await Promise.all(KINDS.map(([apiVersion, kind]) => client.list(apiVersion, kind)));
  return lists.flat().filter(isPulumis).map(describe);
}

function isPulumis({ metadata }: KubeObject): boolean {
  return (metadata.managedFields ?? []).some(({ manager }) => manager?.startsWith(MANAGER));
}
