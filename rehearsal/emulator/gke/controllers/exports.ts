import { ExportedPool } from "../gke";
import { InferencePool } from "../world/kinds";
import { configClusterOf, ClusterState, keyOf, Member, membersOf, World } from "../world/world";
import { hasGatewayApi } from "./gatewayClasses";

/** GKE takes this value and no other: `true` exports nothing. */
export const EXPORT_ANNOTATION = "networking.gke.io/export";
export const EXPORT_VALUE = "True";

/** A pool, and the member of the fleet that exports it. */
export interface Export {
  member: Member;
  pool: InferencePool;
}

export function exportValue(pool: InferencePool): string | undefined {
  return pool.metadata.annotations?.[EXPORT_ANNOTATION];
}

/** Those of a cluster's pools that are exported, whether it is in a fleet or not. */
export function exportedAmong(cluster: string, pools: InferencePool[]): ExportedPool[] {
  return pools
    .filter((pool) => exportValue(pool) === EXPORT_VALUE)
    .map((pool) => ({
      cluster,
      pool: keyOf(pool),
      ports: pool.spec.targetPorts.map(({ number }) => number),
    }));
}

/** Exported pools of a fleet by `namespace/name`: pools of one name are one backend. */
export function exportsOf(world: World, project: string): Map<string, Export[]> {
  const found = new Map<string, Export[]>();
  for (const member of membersOf(world, project)) {
    for (const pool of member.cluster.list("InferencePool")) {
      if (exportValue(pool) !== EXPORT_VALUE) continue;
      found.set(keyOf(pool), [...(found.get(keyOf(pool)) ?? []), { member, pool }]);
    }
  }
  return found;
}

/** Service agent in whose name GKE reads member clusters and writes to the config cluster. */
export function ingressAgent(world: World, project: string): string {
  const number = world.view.projectNumber(project);
  return `serviceAccount:service-${number}@gcp-sa-multiclusteringress.iam.gserviceaccount.com`;
}

const AGENT_ROLE = "roles/container.admin";

/** Why nothing at all is imported in a project; undefined where imports work. */
export function importsBlocked(world: World, project: string): string | undefined {
  const config = configClusterOf(world, project);
  if (!config) return `the multiclusteringress feature of project ${project} is off`;
  if (!hasGatewayApi(config)) {
    return `the Gateway API is disabled on the config cluster ${config.spec.name}`;
  }
  const agent = ingressAgent(world, project);
  if (!world.view.hasRole(project, AGENT_ROLE, agent)) {
    return `${agent} lacks ${AGENT_ROLE} in project ${project}`;
  }
  return undefined;
}

/** Why there is no GCPInferencePoolImport of this name on a cluster, in words for its user. */
export function whyNoImport(world: World, cluster: ClusterState, key: string): string {
  const { project } = cluster.spec;
  const config = configClusterOf(world, project);
  if (config && config !== cluster) {
    return `GCPInferencePoolImports are on the config cluster ${config.spec.name} only`;
  }
  const blocked = importsBlocked(world, project);
  if (blocked !== undefined) return blocked;
  const [namespace = "", name = ""] = key.split("/");
  const members = membersOf(world, project);
  const pools = members.flatMap((member) => {
    const pool = member.cluster.get("InferencePool", namespace, name);
    return pool ? [{ cluster: member.cluster.spec.name, value: exportValue(pool) }] : [];
  });
  if (pools.length === 0) {
    const names = members.map((m) => m.cluster.spec.name).join(", ") || "none";
    return `no member of the fleet (${names}) has an InferencePool ${key}`;
  }
  if (pools.every(({ value }) => value !== EXPORT_VALUE)) {
    const found = pools.map(
      (p) => `${p.value === undefined ? "none" : `"${p.value}"`} on ${p.cluster}`,
    );
    const needed = `${EXPORT_ANNOTATION}: "${EXPORT_VALUE}"`;
    return `no InferencePool ${key} has the annotation ${needed} (found ${found.join(", ")})`;
  }
  if (!cluster.get("Namespace", undefined, namespace)) {
    return `the config cluster ${cluster.spec.name} has no namespace ${namespace}`;
  }
  return "it is exported; GKE imports it some minutes later";
}
