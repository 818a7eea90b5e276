import type { Region } from "../../catalog/regions";

import type { GatewayMonitoringArgs } from "./args";
import { equals, oneOf, type Scope, select } from "./promql";
import { balanced, errors, p99Latency, readyServers, spilled } from "./queries";

/** What is worth to wake somebody up, or to look at on the next day. */
export interface Alert {
  /** Ends its resource's name. */
  name: string;
  title: string;
  severity: "CRITICAL" | "ERROR" | "WARNING";
  /** One is enough. At most 6. */
  conditions: Condition[];
  /** What it means and what to do, in Markdown. */
  advice: string;
}

interface Condition {
  title: string;
  /** Known with the name of the VPC. */
  query(scope: Scope): string;
  /** It must hold so long. */
  seconds: number;
  /** Seconds from one evaluation to the next, each of which costs: the load balancer samples every 60. */
  interval: 60 | 300;
}

const MINUTE = 60;
/** As in the alerts that the inference extension publishes: tools/alerts/alert.yaml. */
const MOST_ERRORS_PERCENT = 5;
/** What leaves its region pays for the way, in time and in traffic between regions. */
const MOST_SPILLED_PERCENT = 20;

export function alertsOf(args: GatewayMonitoringArgs): Alert[] {
  const regions = Object.keys(args.clusters) as Region[];
  return [
    slowAnswers(args),
    fullEverywhere(args, regions),
    failedRequests,
    noModelServer(args, regions),
    noSignal(regions),
    // With one region there is no other to spill over to.
    ...(regions.length > 1 ? [longSpillover] : []),
  ];
}

function slowAnswers({ timeoutSeconds }: GatewayMonitoringArgs): Alert {
  return {
    name: "latency",
    title: "timeout is too short",
    severity: "ERROR",
    conditions: [
      {
        title: `Twice the P99 latency is above the timeout of ${timeoutSeconds} s`,
        query: (scope) => `2 * ${p99Latency(scope)} > ${timeoutSeconds}`,
        seconds: 10 * MINUTE,
        interval: 60,
      },
    ],
    advice:
      `P99 of the answers takes more than half of the timeout of ${timeoutSeconds} s, so the slowest requests will be ` +
      "broken off. If the latency is as it should be, raise `p99LatencySeconds` (the timeout follows) or " +
      "`timeoutSeconds`, and `pulumi up`. If not, look at the KV cache and at the requests that wait: more model servers " +
      "(`model.replicas`, `autoscaling`), or a smaller `model.maxLength`.",
  };
}

function fullEverywhere({ loadBalancing }: GatewayMonitoringArgs, regions: Region[]): Alert {
  const { target, unit, query } = balanced(loadBalancing);
  const there = oneOf("location", regions);
  return {
    name: "full",
    title: "all regions are full",
    severity: "ERROR",
    conditions: [
      {
        title: `Every region is above ${target} ${unit}`,
        query: (scope) => `min(${query(scope, there)}) > ${target}`,
        seconds: 10 * MINUTE,
        interval: 60,
      },
    ],
    advice:
      "Requests have no region left to spill over to, so they wait. Add model servers (`model.replicas`, " +
      "`autoscaling.maxReplicas`, nodes in `accelerator.maxNodes`), add a region, or end the draining of one.",
  };
}

const failedRequests: Alert = {
  name: "errors",
  title: "requests fail",
  severity: "CRITICAL",
  conditions: [
    {
      title: `More than ${MOST_ERRORS_PERCENT} % of the answers are 5xx`,
      query: (scope) => `${errors(scope)} > ${MOST_ERRORS_PERCENT}`,
      seconds: 5 * MINUTE,
      interval: 60,
    },
  ],
  advice:
    "503 with no healthy upstream: no model server is ready. 504: the timeout. Other 503: the endpoint picker sheds " +
    "requests of negative priority, or is down. The gateway's log has `proxyStatus` and `statusDetails` of each request.",
};

/** A picker that is gone reports nothing, so its silence is a condition of its own. */
function noModelServer({ clusters }: GatewayMonitoringArgs, regions: Region[]): Alert {
  const there = oneOf("location", regions);
  const silent = (scope: Scope) =>
    regions.map((region) => silentIn(region, clusters[region] ?? 1, scope));
  return {
    name: "servers",
    title: "a cluster serves nothing",
    severity: "CRITICAL",
    conditions: [
      {
        title: "An endpoint picker has no model server to choose",
        query: (scope) => `${readyServers(scope, there)} < 1`,
        seconds: 5 * MINUTE,
        interval: 60,
      },
      {
        title: "An endpoint picker is silent",
        query: (scope) => silent(scope).join(" or "),
        seconds: 10 * MINUTE,
        interval: 60,
      },
    ],
    advice:
      "`kubectl get pods` in the cluster: model servers that are Pending wait for GPU nodes (Spot nodes may have been " +
      "taken back, or the quota is used up); ones that restart say why in their log. The picker's pod ends in `-epp`. " +
      "Until it is mended, drain the region: `drained`.",
  };
}

function silentIn(region: Region, clusters: number, scope: Scope): string {
  const matcher = equals("location", region);
  const none = `absent(${select("inference_pool_ready_pods", scope, matcher)})`;
  if (clusters === 1) return none;
  return `${none} or count by (location) (${readyServers(scope, matcher)}) < ${clusters}`;
}

function noSignal(regions: Region[]): Alert {
  const there = oneOf("location", regions);
  const reporting = (scope: Scope) =>
    `count by (location, cluster) (${select("vllm:kv_cache_usage_perc", scope, there)})`;
  return {
    name: "signal",
    title: "a cluster reports no KV cache",
    severity: "ERROR",
    conditions: [
      {
        title: "Model servers are ready, and their KV cache is not reported",
        query: (scope) =>
          `${readyServers(scope, there)} > 0 unless on (location, cluster) ${reporting(scope)}`,
        seconds: 10 * MINUTE,
        interval: 60,
      },
    ],
    advice:
      "The load balancer takes a cluster that reports nothing for idle, and sends it every request. Does the model server " +
      "still export its gauge (`curl <pod>:<port>/metrics`), and do AutoscalingMetric and PodMonitoring select its pods?",
  };
}

const longSpillover: Alert = {
  name: "spill",
  title: "requests leave their region for long",
  severity: "WARNING",
  conditions: [
    {
      title: `More than ${MOST_SPILLED_PERCENT} % of the requests leave their region`,
      query: (scope) => `${spilled(scope)} > ${MOST_SPILLED_PERCENT}`,
      seconds: 60 * MINUTE,
      interval: 300,
    },
  ],
  advice:
    "Spilling over is for peaks: an hour of it means that a region has too few model servers for its clients. They wait " +
    "for the way to another region, whose traffic costs money. Add model servers there, or raise the target.",
};
