import { edited, without } from "../alter";
import { importOf } from "../parts/gateway";
import { SGLANG } from "../parts/serving";
import { program } from "../program";
import { good, type WrongChange } from "./change";

export const serving: readonly WrongChange[] = [
  [
    "a route to another pool, where everything is renamed",
    edited(good("everything renamed"), /HTTPRoute::/, "spec.rules", [
      { backendRefs: [importOf("qwen")] },
    ]),
    [
      [
        "health-check-matches-pool",
        "tokyo-httproute-to-pool",
        'spec.rules[0].backendRefs[0]: GCPInferencePoolImport "qwen" has no HealthCheckPolicy in this namespace; add one: without it Google Cloud asks for /, which model servers do not answer',
      ],
      [
        "import-has-pool",
        "tokyo-httproute-to-pool",
        'spec.rules[0].backendRefs[0].name: "qwen" is not the name of an InferencePool in namespace models; did you mean qwen-pool?',
      ],
      [
        "routed-pool-balanced",
        "tokyo-httproute-to-pool",
        'spec.rules[0].backendRefs[0]: GCPInferencePoolImport "qwen" has no GCPBackendPolicy in this namespace; add one: without it an answer may take 30 seconds, and KV caches do not matter for balancing',
      ],
    ],
  ],
  [
    "SGLang, read by the gauge of vLLM",
    program({ engine: { ...SGLANG, gauge: "vllm:kv_cache_usage_perc" } }),
    [
      [
        "metric-fits-server",
        "ams-autoscalingmetric-cache",
        'spec.metrics[0].pod.containers[0].metrics[0].gauge.prometheusMetricName: SGLang v0.5.4 of ams-deployment-llama-servers does not report "vllm:kv_cache_usage_perc"; write "sglang:token_usage"',
      ],
      [
        "metric-fits-server",
        "ord-autoscalingmetric-cache",
        'spec.metrics[0].pod.containers[0].metrics[0].gauge.prometheusMetricName: SGLang v0.5.4 of ord-deployment-llama-servers does not report "vllm:kv_cache_usage_perc"; write "sglang:token_usage"',
      ],
    ],
  ],
  [
    "three clusters, one without the metric",
    without(good("three clusters"), "nrt-autoscalingmetric-cache"),
    [
      [
        "balanced-metric-exported",
        "ams-gcpbackendpolicy-llama-balancing",
        "spec.default.customMetrics[0].name: no AutoscalingMetric in namespace chat of cluster nrt exports cache; export it there",
      ],
    ],
  ],
];
