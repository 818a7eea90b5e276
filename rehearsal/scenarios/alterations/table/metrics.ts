import type { Alteration } from "../alteration";
import { budget, cluster, metric, monitoring } from "./resources";

export const metricsAlterations: readonly Alteration[] = [
  {
    name: "autoscalerWithoutMetric",
    edits: [
      {
        at: budget,
        duplicate: "gke-east-autoscaler",
        as: "kubernetes:autoscaling/v2:HorizontalPodAutoscaler",
        with: {
          apiVersion: "autoscaling/v2",
          kind: "HorizontalPodAutoscaler",
          spec: {
            scaleTargetRef: {
              apiVersion: "apps/v1",
              kind: "Deployment",
              name: "vllm-llama3-8b-instruct",
            },
            minReplicas: 1,
            maxReplicas: 2,
            metrics: [
              {
                type: "Pods",
                pods: {
                  metric: { name: "autoscaling.gke.io|kv-cache|kv-cash" },
                  target: { type: "AverageValue", averageValue: "600m" },
                },
              },
            ],
          },
        },
      },
    ],
    policy: {
      name: "autoscaler-scales",
      says: [
        {
          resource: "gke-east-autoscaler",
          message:
            'spec.metrics[0].pods.metric.name: AutoscalingMetric "kv-cache" has no metric "kv-cash"; did you mean "kv-cache"?',
        },
      ],
    },
  },
  {
    name: "metricExportedTwice",
    edits: [
      {
        at: metric,
        duplicate: "gke-east-metric-again",
        with: { "metadata.name": "kv-cache-again" },
      },
    ],
    policy: {
      name: "autoscaling-metric-fits-gke",
      says: [
        {
          resource: "gke-east-metric-again",
          message:
            'spec.metrics[0].pod.containers[0].metrics[0].gauge.name: "kv-cache" is exported from these pods by ' +
            "gke-east-metric already; export it once, or by another name",
        },
      ],
    },
  },
  {
    name: "metricOfOtherName",
    edits: [
      {
        at: metric,
        set: "spec.metrics[0].pod.containers[0].metrics[0].gauge.name",
        to: "kv-cache-use",
      },
    ],
    policy: {
      name: "balanced-metric-exported",
      says: [
        {
          resource: "cross-region-gateway-backend-policy",
          message:
            "spec.default.customMetrics[0].name: no AutoscalingMetric in namespace inference of cluster gke-east exports " +
            "kv-cache; did you mean gke.named_metrics.kv-cache-use?",
        },
      ],
    },
  },
  {
    name: "hpaProfileUnset",
    edits: [{ at: cluster, unset: "podAutoscaling" }],
    policy: {
      name: "hpa-profile",
      says: [
        {
          resource: "gke-east",
          message:
            "podAutoscaling.hpaProfile: is not set, so GKE may send no metric of the pods to the load balancer; set it to " +
            '"PERFORMANCE"',
        },
      ],
    },
  },
  {
    name: "metricOfOldServer",
    edits: [
      {
        at: metric,
        set: "spec.metrics[0].pod.containers[0].metrics[0].gauge.prometheusMetricName",
        to: "vllm:gpu_cache_usage_perc",
      },
    ],
    policy: {
      name: "metric-fits-server",
      says: [
        {
          resource: "gke-east-metric",
          message:
            "spec.metrics[0].pod.containers[0].metrics[0].gauge.prometheusMetricName: vLLM v0.18.1 of gke-east does not report " +
            '"vllm:gpu_cache_usage_perc"; write "vllm:kv_cache_usage_perc"',
        },
      ],
    },
  },
  {
    name: "metricOfAnotherPort",
    edits: [{ at: metric, set: "spec.metrics[0].pod.containers[0].endpoint.port", to: 8080 }],
    policy: {
      name: "metric-fits-server",
      says: [
        {
          resource: "gke-east-metric",
          message:
            "spec.metrics[0].pod.containers[0].endpoint.port: 8080 is not a port of gke-east; " +
            "use one of its ports: 8000",
        },
      ],
    },
  },
  {
    name: "metricOfAnotherPath",
    edits: [{ at: metric, set: "spec.metrics[0].pod.containers[0].endpoint.path", to: "/stats" }],
    policy: {
      name: "metric-fits-server",
      says: [
        {
          resource: "gke-east-metric",
          message:
            'spec.metrics[0].pod.containers[0].endpoint.path: vLLM v0.18.1 of gke-east has no metrics at "/stats"; write "/metrics"',
        },
      ],
    },
  },
  {
    name: "monitoringAtOtherPort",
    edits: [{ at: monitoring, set: "spec.endpoints[0].port", to: 8001 }],
    policy: {
      name: "monitoring-selects-pods",
      says: [
        {
          resource: "gke-east-monitoring",
          message:
            "spec.endpoints[0].port: 8001 is not a port of the pods of gke-east; use one of " +
            "theirs: 8000 (http)",
        },
      ],
    },
  },

  // Left out, GKE would switch it on by itself, from 1.35 on.
  {
    name: "hpaProfileOff",
    edits: [{ at: cluster, set: "podAutoscaling", to: { hpaProfile: "NONE" } }],
    policy: {
      name: "hpa-profile",
      says: [
        {
          resource: "gke-east",
          message:
            'podAutoscaling.hpaProfile: is "NONE", so GKE may send no metric of the pods to the load balancer; set it to ' +
            '"PERFORMANCE"',
        },
      ],
    },
    cloud: {
      fails: "verify",
      says: /gke-east does not report gke\.named_metrics\.kv-cache: custom metrics need the HPA profile PERFORMANCE/,
    },
  },
  {
    name: "wrongMetricShape",
    edits: [
      { at: metric, unset: "spec.metrics" },
      {
        at: metric,
        set: "spec.selector",
        to: { matchLabels: { app: "vllm-llama3-8b-instruct" } },
      },
      {
        at: metric,
        set: "spec.endpoints",
        to: [
          {
            port: 8000,
            path: "/metrics",
            metrics: [{ name: "vllm:kv_cache_usage_perc", exportName: "kv-cache" }],
          },
        ],
      },
    ],
    policy: {
      name: "autoscaling-metric-fits-gke",
      says: [
        {
          resource: "gke-east-metric",
          level: "advisory",
          message:
            "spec.endpoints: the documentation has this shape for GKE before 1.35.1-gke.1396000, and cluster gke-east runs " +
            "1.36.4-gke.1391002; write spec.metrics with a pod and its gauges",
        },
      ],
    },
    cloud: {
      fails: "up",
      says: /AutoscalingMetric\) ?.*\.spec\.endpoints: field not declared in schema/,
    },
  },
];
