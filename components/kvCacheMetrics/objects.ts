import { hasGke, POD_METRICS_GKE_VERSION } from "../../catalog/gkeVersion";
import { SERVER_MONITORING } from "../../checks/objectNames";
import type {
  AutoscalingMetric,
  EndpointsAutoscalingMetric,
  PodAutoscalingMetric,
  PodSelector,
} from "../../customResources/autoscalingMetric";
import type { PodMonitoring } from "../../customResources/podMonitoring";
import type { Gauge, KvCacheMetricsArgs } from "./args";

import { EXPORTED_NAME } from "./names";

/** Where the pods report. */
export interface Endpoint {
  port: number;
  path: string;
}

/** Takes the shape that fits the cluster's version: it is unknown whether a newer one still takes the older shape. */
export function autoscalingMetric(
  { namespace, podLabels, gkeVersion, releaseChannel }: KvCacheMetricsArgs,
  endpoint: Endpoint,
  gauges: Gauge[],
): AutoscalingMetric {
  const header = {
    apiVersion: "autoscaling.gke.io/v1beta1",
    kind: "AutoscalingMetric",
    metadata: { name: EXPORTED_NAME, namespace },
  } as const;
  const selector = { matchLabels: podLabels };
  return hasGke({ gkeVersion, releaseChannel }, POD_METRICS_GKE_VERSION)
    ? { ...header, spec: ofPods(selector, endpoint, gauges) }
    : { ...header, spec: ofEndpoints(selector, endpoint, gauges) };
}

/** This shape exports to the load balancer only. */
function ofEndpoints(
  selector: PodSelector,
  endpoint: Endpoint,
  gauges: Gauge[],
): EndpointsAutoscalingMetric["spec"] {
  const metrics = gauges.map(({ gauge, exportedName }) => ({
    name: gauge,
    exportName: exportedName,
  }));
  return { selector, endpoints: [{ port: endpoint.port, path: endpoint.path, metrics }] };
}

/** Horizontal autoscaling may read every gauge of this shape; the load balancer reads only those that say so. */
function ofPods(
  selector: PodSelector,
  endpoint: Endpoint,
  gauges: Gauge[],
): PodAutoscalingMetric["spec"] {
  const metrics = gauges.map(({ gauge, exportedName }) => ({
    gauge: {
      name: exportedName,
      prometheusMetricName: gauge,
      loadBalancing: { enabled: true },
    },
  }));
  return { metrics: [{ pod: { selector, containers: [{ endpoint, metrics }] } }] };
}

/** All metrics of the model servers, for managed Prometheus. */
export function podMonitoring(
  { namespace, podLabels }: KvCacheMetricsArgs,
  endpoint: Endpoint,
): PodMonitoring {
  return {
    apiVersion: "monitoring.googleapis.com/v1",
    kind: "PodMonitoring",
    metadata: { name: SERVER_MONITORING, namespace },
    spec: {
      selector: { matchLabels: podLabels },
      endpoints: [{ port: endpoint.port, path: endpoint.path, interval: "15s" }],
    },
  };
}
