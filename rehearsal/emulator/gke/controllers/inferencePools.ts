import { InferencePool, PoolParentStatus } from "../world/kinds";
import { ClusterState, configClusterOf, keyOf, membersOf, projectsOf, World } from "../world/world";
import { equal, no, Wanted, withConditions, yes } from "./conditions";
import {
  EXPORT_ANNOTATION,
  EXPORT_VALUE,
  exportValue,
  importsBlocked,
  whyNoImport,
} from "./exports";
import { CONTROLLER } from "./gatewayClasses";
import { Write } from "./writes";

/**
 * Tells each pool that asks to be exported what became of it, in `status.parents`. The conditions
 * are those of the Gateway API Inference Extension; that GKE sets `Exported` is not verified.
 */
export function inferencePools(world: World): Write[] {
  return projectsOf(world).flatMap((project) =>
    membersOf(world, project).flatMap(({ cluster, membership }) =>
      cluster.list("InferencePool").flatMap((pool): Write[] => {
        const status = { parents: parentsOf(world, cluster, membership, pool) };
        const before = pool.status?.parents ?? [];
        if (equal(status.parents, before)) return [];
        return [{ do: "status", cluster: cluster.spec.id, object: pool, status }];
      }),
    ),
  );
}

function parentsOf(
  world: World,
  cluster: ClusterState,
  membership: string,
  pool: InferencePool,
): PoolParentStatus[] {
  const parents = pool.status?.parents ?? [];
  const before = parents.find(isImport);
  const others = parents.filter((parent) => !isImport(parent));
  if (exportValue(pool) === undefined) return others;
  const { name, namespace, generation } = pool.metadata;
  const wanted = [exported(world, cluster, membership, pool), resolvedRefs(cluster, pool)];
  const parentRef = {
    group: "networking.gke.io",
    kind: "GCPInferencePoolImport",
    name,
    ...(namespace !== undefined && { namespace }),
  };
  const conditions = withConditions(before?.conditions, wanted, generation);
  return [...others, { parentRef, controllerName: CONTROLLER, conditions }];
}

function isImport(parent: PoolParentStatus): boolean {
  return parent.parentRef.kind === "GCPInferencePoolImport";
}

function exported(
  world: World,
  cluster: ClusterState,
  membership: string,
  pool: InferencePool,
): Wanted {
  const value = exportValue(pool);
  if (value !== EXPORT_VALUE) {
    const message = `${EXPORT_ANNOTATION} is "${value}"; only "${EXPORT_VALUE}" exports a pool`;
    return no("Exported", "NotRequested", message);
  }
  const { project } = cluster.spec;
  const blocked = importsBlocked(world, project);
  if (blocked !== undefined) return no("Exported", "NotSupported", blocked);
  const config = configClusterOf(world, project);
  const { namespace, name } = pool.metadata;
  const found = config?.get("GCPInferencePoolImport", namespace, name);
  const names = found?.status?.controllers?.flatMap((c) => c.exportingClusters ?? []) ?? [];
  if (names.some((exporting) => exporting.name === membership)) return yes("Exported");
  const why = config ? whyNoImport(world, config, keyOf(pool)) : "";
  return { type: "Exported", status: "Unknown", reason: "Pending", message: why };
}

function resolvedRefs(cluster: ClusterState, pool: InferencePool): Wanted {
  const picker = pool.spec.endpointPickerRef;
  if (!picker || (picker.kind ?? "Service") !== "Service") return yes("ResolvedRefs");
  if (cluster.get("Service", pool.metadata.namespace, picker.name)) return yes("ResolvedRefs");
  const message = `endpointPickerRef: no Service ${pool.metadata.namespace}/${picker.name}`;
  return no("ResolvedRefs", "InvalidExtensionRef", message);
}
