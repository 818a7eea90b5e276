import { hasGke, POD_METRICS_GKE_VERSION } from "../../catalog/gkeVersion";
import { gkeVersionProblem } from "../../checks/gkeVersion";

import type { Gauge, KvCacheMetricsArgs } from "./args";
import { METRIC_PREFIX } from "./names";

/** Metrics that a cluster may declare, over all its AutoscalingMetrics, by their shape. Source: GKE documentation. */
const MAX_METRICS = { endpoints: 10, pods: 20 };
/** Longest name that the load balancer takes, prefix included. Source: the field `name` of GCPBackendPolicy's custom metrics. */
const MAX_NAME = 63;
/** Lower-case, as horizontal autoscaling finds no other. */
const NAME = /^[a-z](?:[-_.a-z0-9]*[a-z0-9])?$/;
/** GKE's agent takes no label key with a domain, such as `app.kubernetes.io/name`, before 1.37. */
const LABEL_KEY = /^[A-Za-z0-9_-]+$/;

/** Every reason for which GKE would silently drop these metrics, one line each. */
export function problemsOf(args: KvCacheMetricsArgs, gauges: Gauge[]): string[] {
  const { gkeVersion, releaseChannel, podLabels, autoscaling = false } = args;
  const noVersion = gkeVersion === undefined ? undefined : gkeVersionProblem(gkeVersion);
  if (noVersion) return [`gkeVersion: got "${gkeVersion}"; allowed: ${noVersion}`];
  const shape = hasGke(args, POD_METRICS_GKE_VERSION) ? "pods" : "endpoints";
  const gke = gkeVersion ?? `of channel ${releaseChannel}`;
  return [
    ...countProblems(gauges, MAX_METRICS[shape], gke),
    ...nameProblems(gauges),
    ...labelProblems(podLabels),
    ...(autoscaling && shape === "endpoints"
      ? [
          `autoscaling: got true with GKE ${gke}; allowed from ${POD_METRICS_GKE_VERSION} on: ` +
            "older versions export metrics to the load balancer only",
        ]
      : []),
  ];
}

function countProblems(gauges: Gauge[], most: number, gke: string): string[] {
  if (gauges.length <= most) return [];
  return [
    `moreGauges: got ${gauges.length} metrics with the KV cache's own; allowed: at most ${most} ` +
      `with GKE ${gke}`,
  ];
}

function nameProblems(gauges: Gauge[]): string[] {
  const names = gauges.map(({ exportedName }) => exportedName);
  const most = MAX_NAME - METRIC_PREFIX.length;
  return [...new Set(names)].flatMap((name) => {
    const got = `exported name: got "${name}"`;
    return [
      ...(NAME.test(name)
        ? []
        : [`${got}; allowed: lower-case letters, digits, -, _ and ., starting with a letter`]),
      ...(name.length <= most
        ? []
        : [
            `${got}, ${name.length} characters; allowed: at most ${most}, as ${METRIC_PREFIX} counts`,
          ]),
      ...(names.indexOf(name) === names.lastIndexOf(name)
        ? []
        : [`${got} more than once; allowed: a different name for each gauge`]),
    ];
  });
}

function labelProblems(podLabels: Record<string, string>): string[] {
  const keys = Object.keys(podLabels);
  if (keys.length === 0) return ["podLabels: got none; allowed: one or more"];
  return keys.flatMap((key) =>
    LABEL_KEY.test(key)
      ? []
      : [`podLabels: got key "${key}"; allowed: letters, digits, - and _ only`],
  );
}
