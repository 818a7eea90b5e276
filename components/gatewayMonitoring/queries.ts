import type { LoadBalancing } from "../crossRegionGateway";

import { quantile, type Scope, select } from "./promql";

/** The load balancer samples every minute, so a shorter window has one sample at most. */
const WINDOW = "5m";
/** For P99, so that a gateway with few requests has some in it. */
const LONG_WINDOW = "10m";

const REQUESTS = "loadbalancing_googleapis_com:https_internal_request_count";
const LATENCIES = "loadbalancing_googleapis_com:https_internal_total_latencies_bucket";

/** Percent of the KV cache in use, by region. */
export function utilization(scope: Scope, ...matchers: string[]): string {
  return `100 * avg by (location) (${select("vllm:kv_cache_usage_perc", scope, ...matchers)})`;
}

/** What the gateway balances by, in each region, and where requests begin to spill over. */
export interface Balanced {
  title: string;
  unit: string;
  query(scope: Scope, ...matchers: string[]): string;
  target: number;
}

/** In the model servers' own figures; the load balancer's are not exported. */
export function balanced(loadBalancing: LoadBalancing): Balanced {
  switch (loadBalancing.mode) {
    case "kv-cache":
      return {
        title: "KV cache in use, by region",
        unit: "percent",
        query: utilization,
        target: loadBalancing.maxUtilization,
      };
    case "in-flight":
      return {
        title: "Requests in a model server, by region",
        unit: "requests",
        query: inFlight,
        target: loadBalancing.maxInFlightRequestsPerEndpoint,
      };
    case "rate":
      return {
        title: "Requests per second of a model server, by region",
        unit: "requests per second",
        query: answeredPerSecond,
        target: loadBalancing.maxRatePerEndpoint,
      };
  }
}

function inFlight(scope: Scope, ...matchers: string[]): string {
  const running = select("vllm:num_requests_running", scope, ...matchers);
  const waiting = select("vllm:num_requests_waiting", scope, ...matchers);
  return `avg by (location) (${running} + ${waiting})`;
}

function answeredPerSecond(scope: Scope, ...matchers: string[]): string {
  const answered = select("vllm:request_success_total", scope, ...matchers);
  const servers = select("vllm:kv_cache_usage_perc", scope, ...matchers);
  return `sum by (location) (rate(${answered}[${WINDOW}])) / count by (location) (${servers})`;
}

/** Requests per second, by the region whose model servers answer. */
export function requestsByRegion(scope: Scope): string {
  return byBackendRegion("backend_region", scope);
}

/**
 * Percent of the requests that their own region does not answer.
 *
 * The load balancer's metrics have no label for the client's region. Each region's address is a forwarding rule of its
 * own, so a rule's own region is the one that answers most of its requests: while more than half leave, this shows less.
 */
export function spilled(scope: Scope): string {
  const requests = byBackendRegion("forwarding_rule_name, backend_region", scope);
  return `100 * (1 - sum(max by (forwarding_rule_name) (${requests})) / sum(${requests}))`;
}

/** `backend_scope` is the zone of the endpoint group that has answered. */
function byBackendRegion(labels: string, scope: Scope): string {
  const rate = `rate(${select(REQUESTS, scope, 'backend_scope_type="ZONE"')}[${WINDOW}])`;
  return `sum by (${labels}) (label_replace(${rate}, "backend_region", "$1", "backend_scope", "(.+)-[a-z]"))`;
}

/** Percent of the requests that are answered with 5xx. */
export function errors(scope: Scope): string {
  const failed = select(REQUESTS, scope, 'response_code_class="500"');
  const all = select(REQUESTS, scope);
  return `100 * sum(rate(${failed}[${WINDOW}])) / sum(rate(${all}[${WINDOW}]))`;
}

/** P99 of the whole answer, in seconds. What the gateway gave up on counts with its timeout. */
export function p99Latency(scope: Scope): string {
  const buckets = `sum by (le) (rate(${select(LATENCIES, scope)}[${LONG_WINDOW}]))`;
  return `${quantile(0.99, buckets)} / 1000`;
}

/** Seconds from a request's arrival at a model server to its first token, by region. */
export function timeToFirstToken(share: number, scope: Scope): string {
  const buckets = select("vllm:time_to_first_token_seconds_bucket", scope);
  return quantile(share, `sum by (le, location) (rate(${buckets}[${WINDOW}]))`);
}

/** Requests that wait in the model servers, by region. */
export function waitingInServers(scope: Scope): string {
  return `sum by (location) (${select("vllm:num_requests_waiting", scope)})`;
}

/** Requests that wait in the endpoint pickers, by region. */
export function waitingInPickers(scope: Scope): string {
  return `sum by (location) (${select("inference_extension_flow_control_queue_size", scope)})`;
}

/** Model servers that the endpoint picker of a cluster may choose; its leader knows them. */
export function readyServers(scope: Scope, ...matchers: string[]): string {
  const ready = select("inference_pool_ready_pods", scope, ...matchers);
  return `max by (location, cluster) (${ready})`;
}
