import { BackendRef, Gateway, HTTPRoute } from "../world/kinds";
import { ClusterState, isConfigCluster, World } from "../world/world";
import { no, Wanted, yes } from "./conditions";
import { Export, exportsOf, whyNoImport } from "./exports";
import { isMultiCluster } from "./gateways";

const POOL_GROUP = "inference.networking.k8s.io";
const IMPORT_GROUP = "networking.gke.io";

export function backendRefsOf(route: HTTPRoute): BackendRef[] {
  return (route.spec.rules ?? []).flatMap((rule) => rule.backendRefs ?? []);
}

export function namespaceOf(ref: BackendRef, route: HTTPRoute): string {
  return ref.namespace ?? route.metadata.namespace ?? "default";
}

export function isPoolImport(ref: BackendRef): boolean {
  return ref.group === IMPORT_GROUP && ref.kind === "GCPInferencePoolImport";
}

/** Whether every backend of a route exists and may stand behind this Gateway: `ResolvedRefs`. */
export function resolvedRefs(
  world: World,
  cluster: ClusterState,
  gateway: Gateway,
  route: HTTPRoute,
): Wanted {
  for (const ref of backendRefsOf(route)) {
    const wrong =
      wrongGrant(cluster, ref, route) ??
      wrongKind(world, cluster, gateway, ref) ??
      missing(world, cluster, ref, namespaceOf(ref, route));
    if (wrong) return wrong;
  }
  return yes("ResolvedRefs");
}

/** A backend service cannot have more network endpoint groups. */
const MAX_NEGS = 50;

/**
 * GKE makes a network endpoint group for each port and zone of each cluster that exports the pool.
 */
export function negProblem(
  world: World,
  cluster: ClusterState,
  route: HTTPRoute,
): string | undefined {
  const exported = exportsOf(world, cluster.spec.project);
  for (const ref of backendRefsOf(route).filter(isPoolImport)) {
    const key = `${namespaceOf(ref, route)}/${ref.name}`;
    const negs = negCount(exported.get(key) ?? []);
    if (negs > MAX_NEGS) {
      return (
        `backend service of ${key} needs ${negs} network endpoint groups ` +
        `(ports x zones, over all clusters); ${MAX_NEGS} are allowed`
      );
    }
  }
  return undefined;
}

function negCount(exports: Export[]): number {
  return exports
    .map(({ member, pool }) => {
      const zones = new Set(member.cluster.pools.flatMap((nodePool) => nodePool.zones));
      return pool.spec.targetPorts.length * zones.size;
    })
    .reduce((sum, negs) => sum + negs, 0);
}

function wrongGrant(cluster: ClusterState, ref: BackendRef, route: HTTPRoute): Wanted | undefined {
  const from = route.metadata.namespace;
  const to = namespaceOf(ref, route);
  if (from === to) return undefined;
  const granted = cluster
    .list("ReferenceGrant")
    .some(
      ({ metadata, spec }) =>
        metadata.namespace === to &&
        spec.from.some((f) => f.kind === "HTTPRoute" && f.namespace === from) &&
        spec.to.some(
          (t) =>
            t.group === (ref.group ?? "") &&
            t.kind === (ref.kind ?? "Service") &&
            (t.name === undefined || t.name === ref.name),
        ),
    );
  if (granted) return undefined;
  const wanted = `HTTPRoutes of ${from} use ${ref.kind} ${ref.name}`;
  const message = `no ReferenceGrant in namespace ${to} lets ${wanted}`;
  return no("ResolvedRefs", "RefNotPermitted", message);
}

function wrongKind(
  world: World,
  cluster: ClusterState,
  gateway: Gateway,
  ref: BackendRef,
): Wanted | undefined {
  const { group = "", kind = "Service" } = ref;
  const invalid = (message: string) => no("ResolvedRefs", "InvalidKind", message);
  if (group === IMPORT_GROUP && !isConfigCluster(world, cluster)) {
    return invalid(`group ${IMPORT_GROUP} is not supported`);
  }
  if (isPoolImport(ref)) {
    const { gatewayClassName } = gateway.spec;
    return isMultiCluster(gateway)
      ? undefined
      : invalid(`${kind} needs a multi-cluster Gateway, not one of class ${gatewayClassName}`);
  }
  if (isMultiCluster(gateway)) {
    return invalid(`${kind} ${ref.name} cannot stand behind a multi-cluster Gateway`);
  }
  const known =
    (group === "" && kind === "Service") || (group === POOL_GROUP && kind === "InferencePool");
  return known ? undefined : invalid(`kind ${group}/${kind} is not supported`);
}

function missing(
  world: World,
  cluster: ClusterState,
  ref: BackendRef,
  namespace: string,
): Wanted | undefined {
  const key = `${namespace}/${ref.name}`;
  const notFound = (message: string) => no("ResolvedRefs", "BackendNotFound", message);
  if (isPoolImport(ref)) {
    if (cluster.get("GCPInferencePoolImport", namespace, ref.name)) return undefined;
    const why = whyNoImport(world, cluster, key);
    return notFound(`GCPInferencePoolImport ${key} not found: ${why}`);
  }
  const kind = ref.kind === "InferencePool" ? "InferencePool" : "Service";
  if (cluster.get(kind, namespace, ref.name)) return undefined;
  return notFound(`${kind} ${key} not found`);
}
