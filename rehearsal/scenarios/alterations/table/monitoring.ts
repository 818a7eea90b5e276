import type { Alteration } from "../alteration";
import { alertOfFullRegions, alertOfLatency, dashboard } from "./resources";

/** The dev stack has no dashboard and no alerts by itself. */
const settings = { "inference-gateway:monitoring": {} };

export const monitoringAlterations: readonly Alteration[] = [
  {
    name: "unknownChannel",
    edits: [
      {
        at: alertOfLatency,
        set: "notificationChannels",
        to: ["projects/my-project-dev/notificationChannels/1"],
      },
    ],
    cloud: {
      settings,
      fails: "up",
      says: /Error creating AlertPolicy: googleapi: Error 404: Notification channel not found/,
    },
  },

  // Nobody has reported a metric of vLLM or of the picker before the first `up` has ended.
  {
    name: "metricsValidated",
    edits: [
      {
        at: alertOfFullRegions,
        unset: "conditions[0].conditionPrometheusQueryLanguage.disableMetricValidation",
      },
    ],
    cloud: {
      settings,
      fails: "up",
      says: /conditions\[0\]\.condition_prometheus_query_language\.query had an invalid value of "vllm:kv_cache_usage_perc": The metric was not found/,
    },
  },

  // The first `up` passes: Google keeps 32 bits of a threshold.
  {
    name: "thresholdOf64Bits",
    edits: [{ at: dashboard, set: "dashboardJson", to: withThreshold(0.6) }],
    cloud: {
      settings,
      fails: "again",
      says: /~ gcp:monitoring\/dashboard:Dashboard: \(update\)[^~]*Dashboard::monitoring\]/,
    },
  },
];

/** A dashboard of one chart with a line. */
function withThreshold(value: number): string {
  const dataSets = [{ timeSeriesQuery: { prometheusQuery: "vllm:kv_cache_usage_perc" } }];
  const widget = { title: "KV cache", xyChart: { dataSets, thresholds: [{ value }] } };
  return JSON.stringify({
    displayName: "Inference gateway",
    mosaicLayout: { columns: 48, tiles: [{ width: 24, height: 16, widget }] },
  });
}
