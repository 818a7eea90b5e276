/** Kinds of Kubernetes that have a permission of their own in IAM, by group and plural. */
const OWN: Record<string, string> = {
  "/configmaps": "configMaps",
  "/endpoints": "endpoints",
  "/events": "events",
  "/limitranges": "limitRanges",
  "/namespaces": "namespaces",
  "/nodes": "nodes",
  "/persistentvolumeclaims": "persistentVolumeClaims",
  "/persistentvolumes": "persistentVolumes",
  "/pods": "pods",
  "/resourcequotas": "resourceQuotas",
  "/secrets": "secrets",
  "/serviceaccounts": "serviceAccounts",
  "/services": "services",
  "apiextensions.k8s.io/customresourcedefinitions": "customResourceDefinitions",
  "apps/daemonsets": "daemonSets",
  "apps/deployments": "deployments",
  "apps/replicasets": "replicaSets",
  "apps/statefulsets": "statefulSets",
  "autoscaling/horizontalpodautoscalers": "horizontalPodAutoscalers",
  "batch/cronjobs": "cronJobs",
  "batch/jobs": "jobs",
  "coordination.k8s.io/leases": "leases",
  "discovery.k8s.io/endpointslices": "endpointSlices",
  "networking.k8s.io/networkpolicies": "networkPolicies",
  "policy/poddisruptionbudgets": "podDisruptionBudgets",
  "rbac.authorization.k8s.io/clusterrolebindings": "clusterRoleBindings",
  "rbac.authorization.k8s.io/clusterroles": "clusterRoles",
  "rbac.authorization.k8s.io/rolebindings": "roleBindings",
  "rbac.authorization.k8s.io/roles": "roles",
  "scheduling.k8s.io/priorityclasses": "priorityClasses",
  "storage.k8s.io/storageclasses": "storageClasses",
};

const VERBS: Record<string, string> = {
  watch: "list",
  patch: "update",
  deletecollection: "delete",
};

/**
 * What the DNS endpoint asks for before the API server is asked anything.
 * Source: gravitational/teleport#54923, 2025-05-19.
 */
export const CONNECT = "container.clusters.connect";

/** What a caller does to objects of a cluster, as its API server tells it. */
export interface ObjectAccess {
  group: string;
  /** In the plural. */
  resource: string;
  subresource?: string;
  verb: string;
}

/**
 * The permission that IAM asks for: `container.deployments.create`. Kinds of CRDs have one in
 * common.
 * Source: the permissions of roles/container.admin in darkbitio/gcp-iam-role-permissions at
 * 8ab2a6f, 2026-08-22. Which one a watch, a patch and the deletion of a collection ask for is not
 * told there, and a choice of this table.
 */
export function permissionFor({ group, resource, subresource, verb }: ObjectAccess): string {
  const kind = OWN[`${group}/${resource}`] ?? "thirdPartyObjects";
  const action = VERBS[verb] ?? verb;
  const suffix = subresource === "status" || subresource === "scale" ? capital(subresource) : "";
  return `container.${kind}.${action}${suffix}`;
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
