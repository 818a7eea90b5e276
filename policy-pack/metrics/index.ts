import type { Policies } from "@pulumi/policy";

import { autoscalerScales } from "./autoscaler-scales";
import { autoscalingMetricFitsGke } from "./autoscaling-metric-fits-gke";
import { balancedMetricExported } from "./balanced-metric-exported";
import { metricFitsServer } from "./metric-fits-server";

/** Metrics that show the load balancer how full a region is. */
export const metrics: Policies = [
  autoscalerScales,
  autoscalingMetricFitsGke,
  balancedMetricExported,
  metricFitsServer,
];
