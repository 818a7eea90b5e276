import { createHash } from "node:crypto";

import { baseName, MAX_COMPUTE_NAME } from "../names";

/** Unique names, as GKE makes them: from the cluster, or from the purpose. */
export function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 8);
}

/** `gke-<cluster>-<hash>`: what the names of a cluster's own rules begin with. */
export function clusterPrefix(cluster: string): string {
  return `gke-${baseName(cluster).slice(0, 20)}-${hash(cluster)}`;
}

/** `gkemcg1-<namespace>-<name>-<hash>`: of what the controller of multi-cluster Gateways makes. */
export function gatewayName(owner: string): string {
  const readable = owner.replace("/", "-").slice(0, MAX_COMPUTE_NAME - "gkemcg1--".length - 8);
  return `gkemcg1-${readable}-${hash(owner)}`;
}

/** `k8s1-<cluster's hash>-<namespace>-<pool>-<port>-<hash>`, its parts cut as GKE cuts them. */
export function endpointGroupName(cluster: string, pool: string, port: number): string {
  const readable = pool.replace("/", "-").slice(0, 30);
  return `k8s1-${hash(cluster)}-${readable}-${port}-${hash(`${cluster}/${pool}/${port}`)}`;
}
