import { Gateway, HTTPRoute, Listener, ListenerStatus, ParentRef } from "../world/kinds";
import { ClusterState } from "../world/world";
import { certificateProblem } from "./certificates";
import { no, Wanted, withConditions, yes } from "./conditions";

const GATEWAY_GROUP = "gateway.networking.k8s.io";
const ROUTE_KIND = { group: GATEWAY_GROUP, kind: "HTTPRoute" };

/** Whether a reference of a route means this Gateway. */
export function refersTo(route: HTTPRoute, ref: ParentRef, gateway: Gateway): boolean {
  const namespace = ref.namespace ?? route.metadata.namespace;
  return (
    (ref.group ?? GATEWAY_GROUP) === GATEWAY_GROUP &&
    (ref.kind ?? "Gateway") === "Gateway" &&
    ref.name === gateway.metadata.name &&
    namespace === gateway.metadata.namespace
  );
}

/** Whether some listener of the Gateway takes the route, and if not why. */
export function accepts(
  cluster: ClusterState,
  gateway: Gateway,
  route: HTTPRoute,
  ref: ParentRef,
): Wanted {
  const meant = gateway.spec.listeners.filter(
    (listener) =>
      (ref.sectionName === undefined || ref.sectionName === listener.name) &&
      (ref.port === undefined || ref.port === listener.port),
  );
  if (meant.length === 0) {
    const names = gateway.spec.listeners.map((l) => `${l.name} (port ${l.port})`).join(", ");
    const section = ref.sectionName ?? `port ${ref.port}`;
    const message = `no listener ${section}; the Gateway has ${names}`;
    return no("Accepted", "NoMatchingParent", message);
  }
  if (meant.some((listener) => allows(cluster, gateway, listener, route))) return yes("Accepted");
  const { namespace } = route.metadata;
  const message = `no listener allows HTTPRoutes of namespace ${namespace} (allowedRoutes)`;
  return no("Accepted", "NotAllowedByListeners", message);
}

/** Routes that a listener has taken. */
export function attachedRoutes(
  cluster: ClusterState,
  gateway: Gateway,
  listener: Listener,
): HTTPRoute[] {
  return cluster
    .list("HTTPRoute")
    .filter((route) =>
      route.spec.parentRefs?.some(
        (ref) =>
          refersTo(route, ref, gateway) &&
          (ref.sectionName === undefined || ref.sectionName === listener.name) &&
          (ref.port === undefined || ref.port === listener.port) &&
          allows(cluster, gateway, listener, route),
      ),
    );
}

/**
 * Status of one listener; `programmed` is the Gateway's own condition, which every listener shares.
 */
export function listenerStatus(
  cluster: ClusterState,
  gateway: Gateway,
  listener: Listener,
  programmed: Wanted,
): ListenerStatus {
  const before = gateway.status?.listeners?.find((l) => l.name === listener.name);
  const strange = protocolProblem(listener);
  const accepted =
    strange === undefined ? yes("Accepted") : no("Accepted", "UnsupportedProtocol", strange);
  const problem = certificateProblem(cluster, gateway, listener);
  const resolved =
    problem === undefined
      ? yes("ResolvedRefs")
      : no("ResolvedRefs", "InvalidCertificateRef", problem);
  const wanted = [accepted, resolved, programmed];
  return {
    name: listener.name,
    attachedRoutes: attachedRoutes(cluster, gateway, listener).length,
    supportedKinds: [ROUTE_KIND],
    conditions: withConditions(before?.conditions, wanted, gateway.metadata.generation),
  };
}

/** A listener's own fault, which keeps the whole Gateway from being programmed. */
export function listenerProblem(cluster: ClusterState, gateway: Gateway): Wanted | undefined {
  for (const listener of gateway.spec.listeners) {
    const strange = protocolProblem(listener);
    if (strange !== undefined) {
      return no("Programmed", "Invalid", `listener ${listener.name}: ${strange}`);
    }
    const problem = certificateProblem(cluster, gateway, listener);
    if (problem !== undefined) return no("Programmed", "Invalid", problem);
  }
  return undefined;
}

/**
 * TLS is passed on undecrypted, or not at all. Source: "Deploy a TLS passthrough Gateway" of GKE's documentation, 2026-11.
 * Its TLSRoutes are not rehearsed.
 */
function protocolProblem({ protocol, tls }: Listener): string | undefined {
  const served = ["HTTP", "HTTPS"].includes(protocol);
  const passedOn = protocol === "TLS" && tls?.mode === "Passthrough";
  return served || passedOn
    ? undefined
    : `protocol ${protocol} is not HTTP, HTTPS, or TLS in mode Passthrough`;
}

function allows(
  cluster: ClusterState,
  gateway: Gateway,
  listener: Listener,
  route: HTTPRoute,
): boolean {
  const { kinds, namespaces } = listener.allowedRoutes ?? {};
  const kindAllowed = !kinds || kinds.some((k) => k.kind === ROUTE_KIND.kind);
  return kindAllowed && namespaceAllowed(cluster, gateway, namespaces, route);
}

function namespaceAllowed(
  cluster: ClusterState,
  gateway: Gateway,
  allowed: NonNullable<Listener["allowedRoutes"]>["namespaces"],
  route: HTTPRoute,
): boolean {
  const { namespace } = route.metadata;
  switch (allowed?.from ?? "Same") {
    case "All":
      return true;
    case "Selector": {
      const wanted = Object.entries(allowed?.selector?.matchLabels ?? {});
      const labels = cluster.get("Namespace", undefined, namespace ?? "")?.metadata.labels ?? {};
      return wanted.every(([key, value]) => labels[key] === value);
    }
    default:
      return namespace === gateway.metadata.namespace;
  }
}
