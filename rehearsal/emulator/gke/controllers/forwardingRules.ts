import { ForwardingRule, RequestMatch } from "../forwarding";
import { Gateway, HTTPRoute, Listener, RouteMatch, RouteRule } from "../world/kinds";
import { ClusterState } from "../world/world";
import { isPoolImport, namespaceOf } from "./backendRefs";
import { attachedRoutes } from "./listeners";

const ANY = "*";

/** What a listener does with requests, in the order in which the Gateway API has rules tried. */
export function rulesOf(
  cluster: ClusterState,
  gateway: Gateway,
  listener: Listener,
): ForwardingRule[] {
  return attachedRoutes(cluster, gateway, listener)
    .sort(byAge)
    .flatMap((route) =>
      hostnamesOf(listener, route).flatMap((hostname) =>
        (route.spec.rules ?? []).flatMap((rule) =>
          matchesOf(rule).map((match) => ({
            hostname,
            match,
            filters: rule.filters ?? [],
            backends: backendsOf(cluster, route, rule),
          })),
        ),
      ),
    )
    .sort(byPrecedence);
}

/** Names that both take. If only one of them has names, these; a wildcard gives way to the names below it. */
function hostnamesOf({ hostname: own }: Listener, { spec }: HTTPRoute): string[] {
  const all = spec.hostnames ?? [];
  if (own === undefined) return all.length === 0 ? [ANY] : all;
  if (all.length === 0) return [own];
  return all.flatMap((hostname) => {
    if (covers(own, hostname)) return [hostname];
    return covers(hostname, own) ? [own] : [];
  });
}

function covers(pattern: string, name: string): boolean {
  return pattern === name || (pattern.startsWith("*.") && name.endsWith(pattern.slice(1)));
}

/** A rule without matches takes every path. */
function matchesOf({ matches = [{}] }: RouteRule): RequestMatch[] {
  return (matches.length === 0 ? [{}] : matches).map(({ path, headers = [] }: RouteMatch) => ({
    path: {
      type: path?.type === "Exact" ? "Exact" : "PathPrefix",
      value: path?.value ?? "/",
    },
    headers: headers.map(({ name, value, type }) => ({
      name,
      value,
      isRegex: type === "RegularExpression",
    })),
  }));
}

/** Imported pools that exist: without one of them, GKE reconciles the route no further, and the others share its part. */
function backendsOf(
  cluster: ClusterState,
  route: HTTPRoute,
  { backendRefs = [] }: RouteRule,
): ForwardingRule["backends"] {
  return backendRefs
    .filter(isPoolImport)
    .filter((ref) => cluster.get("GCPInferencePoolImport", namespaceOf(ref, route), ref.name))
    .map((ref) => ({ pool: `${namespaceOf(ref, route)}/${ref.name}`, weight: ref.weight ?? 1 }))
    .filter(({ weight }) => weight > 0);
}

function byAge(left: HTTPRoute, right: HTTPRoute): number {
  const [a, b] = [left, right].map(
    ({ metadata }) => `${metadata.creationTimestamp ?? ""} ${metadata.namespace}/${metadata.name}`,
  );
  return String(a) < String(b) ? -1 : 1;
}

/**
 * An exact path before a prefix, the longer before the shorter, more headers before fewer; then the older route, whose
 * rules stand first already. Source: HTTPRouteRule of the Gateway API, `matches`.
 */
function byPrecedence(left: ForwardingRule, right: ForwardingRule): number {
  const exact = Number(isExact(right)) - Number(isExact(left));
  if (exact !== 0) return exact;
  const longer = right.match.path.value.length - left.match.path.value.length;
  return longer !== 0 ? longer : right.match.headers.length - left.match.headers.length;
}

function isExact({ match }: ForwardingRule): boolean {
  return match.path.type === "Exact";
}
