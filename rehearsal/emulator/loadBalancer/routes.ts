import {
  Forwarding,
  ForwardingListener,
  ForwardingPool,
  ForwardingRule,
  RequestMatch,
} from "../gke/forwarding";
import { HeaderChanges, PathChange, RouteFilter } from "../gke/world/kinds";
import { pairName, pickerName } from "./names";

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
type JsonObject = Record<string, Json>;

/** Part of the requests, 0 to 1, by the name of the pair. */
export type Shares = Record<string, number>;

/** Weights are whole numbers; together this, as fine as a hundredth of a percent. */
const WHOLE = 10_000;

const EXT_PROC = "envoy.filters.http.ext_proc";
const PER_ROUTE = "type.googleapis.com/envoy.extensions.filters.http.ext_proc.v3.ExtProcPerRoute";

/** What a listener does with each request. What no rule takes is answered with 404. */
export function routeConfig(
  name: string,
  forwarding: Forwarding,
  listener: ForwardingListener,
  shares: Shares,
): Json {
  const hostnames = [...new Set(listener.rules.map(({ hostname }) => hostname))];
  return {
    name,
    // A member that is new may be in the routes before Envoy has its cluster.
    validate_clusters: false,
    ignore_port_in_host_matching: true,
    virtual_hosts: hostnames.map((hostname) => ({
      name: hostname,
      domains: [hostname],
      routes: listener.rules
        .filter((rule) => rule.hostname === hostname)
        .flatMap((rule) => routesOf(forwarding, listener, rule, shares)),
    })),
  };
}

/**
 * "Without a retry policy, unsuccessful requests that have no HTTP body (for example, GET requests) that result in HTTP
 * 502, 503, or 504 responses are retried once. HTTP POST requests aren't retried."
 * https://cloud.google.com/load-balancing/docs/l7-internal#retries
 */
const RETRIES = { retry_on: "gateway-error", num_retries: 1 };
const WITHOUT_BODY = "GET|HEAD|OPTIONS";

function routesOf(
  forwarding: Forwarding,
  listener: ForwardingListener,
  rule: ForwardingRule,
  shares: Shares,
): Json[] {
  const route = (retries: boolean): JsonObject => ({
    match: matchOf(rule.match, retries),
    ...headerChanges(rule.filters),
    ...actionOf(forwarding, listener, rule, shares, retries),
  });
  const isRedirect = rule.filters.some(({ type }) => type === "RequestRedirect");
  return isRedirect ? [route(false)] : [route(true), route(false)];
}

function matchOf({ path, headers }: RequestMatch, onlyWithoutBody: boolean): Json {
  const all: Json[] = headers.map(({ name, value, isRegex }) => ({
    name,
    string_match: isRegex ? regex(value) : { exact: value },
  }));
  const method = { name: ":method", string_match: regex(WITHOUT_BODY) };
  const wanted = onlyWithoutBody ? [...all, method] : all;
  return { ...pathMatch(path), ...(wanted.length > 0 && { headers: wanted }) };
}

/** A prefix ends at a slash: `/v1` takes `/v1/models`, and not `/v10`. */
function pathMatch({ type, value }: RequestMatch["path"]): JsonObject {
  if (type === "Exact") return { path: value };
  const prefix = value.replace(/\/+$/, "");
  return prefix === "" ? { prefix: "/" } : { path_separated_prefix: prefix };
}

function regex(value: string): Json {
  return { safe_regex: { regex: value } };
}

function actionOf(
  forwarding: Forwarding,
  listener: ForwardingListener,
  rule: ForwardingRule,
  shares: Shares,
  retries: boolean,
): JsonObject {
  const redirect = rule.filters.find(({ type }) => type === "RequestRedirect")?.requestRedirect;
  if (redirect) return { redirect: redirectOf(rule.match, redirect) };
  const clusters = weighted(forwarding, listener, rule, shares);
  if (clusters.length === 0) return NO_CAPACITY;
  const pools = rule.backends.map(({ pool }) => poolOf(forwarding, pool));
  const timeout = Math.max(...pools.map(({ timeoutSec }) => timeoutSec));
  const rewrite = rule.filters.find(({ type }) => type === "URLRewrite")?.urlRewrite;
  return {
    route: {
      weighted_clusters: { clusters },
      timeout: `${timeout}s`,
      ...(rewrite?.hostname !== undefined && { host_rewrite_literal: rewrite.hostname }),
      ...(rewrite?.path && rewriteOf(rule.match, rewrite.path)),
      ...(retries && { retry_policy: RETRIES }),
    },
  };
}

/** What Envoy says itself where a cluster has no healthy endpoint; Google's internal load balancers are Envoy proxies. */
const NO_CAPACITY: JsonObject = {
  direct_response: { status: 503, body: { inline_string: "no healthy upstream" } },
};

/** Members, each with its picker. Those without a share are left out. */
function weighted(
  forwarding: Forwarding,
  { region }: ForwardingListener,
  { backends }: ForwardingRule,
  shares: Shares,
): Json[] {
  const { gateway } = forwarding;
  const total = backends.reduce((sum, { weight }) => sum + weight, 0);
  const parts = backends.flatMap(({ pool: key, weight }) => {
    const pool = poolOf(forwarding, key);
    return pool.members.map((member) => {
      const name = pairName({ gateway, listener: region, pool: key, member: member.name });
      return { name, pool, member, share: ((shares[name] ?? 0) * weight) / total };
    });
  });
  const weights = wholeParts(parts.map(({ share }) => share));
  return parts.flatMap(({ name, pool, member }, i) => {
    const weight = weights[i] ?? 0;
    if (weight === 0) return [];
    const picker = pickerName(gateway, pool.pool, member);
    const overrides = {
      // The default is the cluster's name, which servers refuse as the name of a host.
      grpc_service: { envoy_grpc: { cluster_name: picker, authority: "picker" } },
      failure_mode_allow: member.picker.failOpen,
    };
    const perFilter = { [EXT_PROC]: { "@type": PER_ROUTE, overrides } };
    return [{ name, weight, typed_per_filter_config: perFilter }];
  });
}

/** Whole numbers in proportion to the shares, together as much as these are of 1: what is left goes to the largest remainders. */
export function wholeParts(shares: number[]): number[] {
  const exact = shares.map((share) => share * WHOLE);
  const parts = exact.map(Math.floor);
  const total = Math.round(exact.reduce((sum, each) => sum + each, 0));
  const left = total - parts.reduce((sum, each) => sum + each, 0);
  const byRemainder = exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest);
  for (const { i } of byRemainder.slice(0, left)) parts[i] = (parts[i] ?? 0) + 1;
  return parts;
}

function poolOf({ pools }: Forwarding, key: string): ForwardingPool {
  const found = pools.find(({ pool }) => pool === key);
  if (!found) throw new Error(`a route leads to ${key}, which is no pool of its Gateway`);
  return found;
}

/** Paths keep what stands behind the prefix that is replaced; the root replaces it by nothing. */
function rewriteOf({ path }: RequestMatch, { replacePrefixMatch = "/" }: PathChange): JsonObject {
  if (path.value === "/") return { prefix_rewrite: replacePrefixMatch };
  const prefix = path.value.replace(/\/+$/, "");
  const by = replacePrefixMatch.replace(/\/+$/, "");
  const pattern = { regex: `^${escaped(prefix)}(/|$)` };
  return { regex_rewrite: { pattern, substitution: by === "" ? "/" : `${by}\\1` } };
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

function redirectOf(
  match: RequestMatch,
  redirect: NonNullable<RouteFilter["requestRedirect"]>,
): Json {
  const { scheme, hostname, path, statusCode = 302 } = redirect;
  return {
    response_code: statusCode === 301 ? "MOVED_PERMANENTLY" : "FOUND",
    ...(scheme !== undefined && { scheme_redirect: scheme }),
    ...(hostname !== undefined && { host_redirect: hostname }),
    ...(path?.type === "ReplaceFullPath" && { path_redirect: path.replaceFullPath ?? "/" }),
    ...(path?.type === "ReplacePrefixMatch" && rewriteOf(match, path)),
  };
}

function headerChanges(filters: RouteFilter[]): JsonObject {
  const of = (kind: "request" | "response") => {
    const found = filters.flatMap((filter) => filter[`${kind}HeaderModifier`] ?? []);
    const add = found.flatMap(added);
    const remove = found.flatMap((changes) => changes.remove ?? []);
    return {
      ...(add.length > 0 && { [`${kind}_headers_to_add`]: add }),
      ...(remove.length > 0 && { [`${kind}_headers_to_remove`]: remove }),
    };
  };
  return { ...of("request"), ...of("response") };
}

function added({ set = [], add = [] }: HeaderChanges): Json[] {
  const option = (append_action: string) => (header: { name: string; value: string }) => ({
    header: { key: header.name, value: header.value },
    append_action,
  });
  return [
    ...set.map(option("OVERWRITE_IF_EXISTS_OR_ADD")),
    ...add.map(option("APPEND_IF_EXISTS_OR_ADD")),
  ];
}
