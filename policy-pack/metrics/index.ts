import type { Policies } from "@pulumi/policy";

import { autoscalingMetricFitsGke } from "./autoscaling-metric-fits-gke";
import { balancedMetricExported } from "./balanced-metric-exported";
import { metricFitsServer } from "./metric-fits-server";

/** Metrics by which the load balancer tells a full region from an empty one. */
export const metrics: Policies = [
  autoscalingMetricFitsGke,
  balancedMetricExported,
  metricFitsServer,
];
