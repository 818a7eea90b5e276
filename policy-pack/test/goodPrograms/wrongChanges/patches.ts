import type { Registered } from "../../support/policies";
import { importOf } from "../parts/gateway";
import { object, SITE } from "../parts/site";
import { program } from "../program";
import type { WrongChange } from "./change";

function patchOf(type: string, name: string, spec: object, metadata: object = {}): Registered {
  const named = { name, namespace: SITE.namespace, ...metadata };
  const resource = object("ams", type, named, { spec });
  return { ...resource, type: `${resource.type}Patch`, name: "patch" };
}

const POLICY = "networking.gke.io/v1:GCPBackendPolicy";

export const patches: readonly WrongChange[] = [
  [
    "a patch with too little time",
    [...program(), patchOf(POLICY, "llama-balancing", { default: { timeoutSec: 5 } })],
    [
      [
        "timeout-covers-p99",
        "patch",
        "spec.default.timeoutSec: 5 s is less than 2 x P99 (90 s); set it to 90 or more",
      ],
    ],
  ],
  [
    "the same, registered before its object",
    [patchOf(POLICY, "llama-balancing", { default: { timeoutSec: 5 } }), ...program()],
    [
      [
        "timeout-covers-p99",
        "ams-gcpbackendpolicy-llama-balancing",
        "spec.default.timeoutSec: 5 s is less than 2 x P99 (90 s); set it to 90 or more",
      ],
    ],
  ],
  [
    "the same with the target",
    [
      ...program(),
      patchOf(POLICY, "llama-balancing", {
        targetRef: importOf("llama"),
        default: { timeoutSec: 5 },
      }),
    ],
    [
      [
        "timeout-covers-p99",
        "patch",
        "spec.default.timeoutSec: 5 s is less than 2 x P99 (90 s); set it to 90 or more",
      ],
    ],
  ],
  [
    "a patch that spills over too late",
    [
      ...program(),
      patchOf(POLICY, "llama-balancing", {
        default: {
          customMetrics: [
            { name: "gke.named_metrics.cache", dryRun: false, maxUtilizationPercent: 99 },
          ],
        },
      }),
    ],
    [
      [
        "max-utilization-in-range",
        "patch",
        "spec.default.customMetrics[0].maxUtilizationPercent: 99 is not in 30..85; set it to a whole number in 30..85",
      ],
    ],
  ],
  [
    "a patch that drains all",
    [...program(), patchOf(POLICY, "llama-balancing", { default: { capacityScalerPercent: 0 } })],
    [
      [
        "capacity-left",
        "patch",
        "spec.default.capacityScalerPercent: 0 leaves no backend any capacity; set it above 0, or drain single regions in spec.default.scopes",
      ],
    ],
  ],
  [
    "a patch to a metric that nothing exports",
    [
      ...program(),
      patchOf(POLICY, "llama-balancing", {
        default: {
          customMetrics: [
            { name: "gke.named_metrics.nope", dryRun: false, maxUtilizationPercent: 60 },
          ],
        },
      }),
    ],
    [
      [
        "balanced-metric-exported",
        "patch",
        "spec.default.customMetrics[0].name: no AutoscalingMetric in namespace chat of cluster ams exports nope; export it there, as it does cache",
      ],
      [
        "balanced-metric-exported",
        "patch",
        "spec.default.customMetrics[0].name: no AutoscalingMetric in namespace chat of cluster ord exports nope; export it there, as it does cache",
      ],
    ],
  ],
  [
    "a patch that exports no more",
    [
      ...program(),
      patchOf(
        "inference.networking.k8s.io/v1:InferencePool",
        "llama",
        {},
        { annotations: { "networking.gke.io/export": "False" } },
      ),
    ],
    [
      [
        "pool-exported",
        "patch",
        'metadata.annotations["networking.gke.io/export"]: GKE does not take "False" for an export; set it to "True", a text with a capital T',
      ],
    ],
  ],
  [
    "a patch that renames a metric",
    [
      ...program(),
      patchOf("autoscaling.gke.io/v1beta1:AutoscalingMetric", "cache", {
        metrics: [
          {
            pod: {
              selector: { matchLabels: { model: "llama" } },
              containers: [
                {
                  endpoint: { port: 8000, path: "/metrics" },
                  metrics: [
                    {
                      gauge: {
                        name: "cach",
                        prometheusMetricName: "vllm:kv_cache_usage_perc",
                        loadBalancing: { enabled: true },
                      },
                    },
                  ],
                },
              ],
            },
          },
        ],
      }),
    ],
    [
      [
        "balanced-metric-exported",
        "ams-gcpbackendpolicy-llama-balancing",
        "spec.default.customMetrics[0].name: no AutoscalingMetric in namespace chat of cluster ams exports cache; did you mean gke.named_metrics.cach?",
      ],
    ],
  ],
  [
    "a patch to a port that no pool has",
    [
      ...program(),
      patchOf("networking.gke.io/v1:HealthCheckPolicy", "llama-health", {
        default: { config: { httpHealthCheck: { port: 9999 } } },
      }),
    ],
    [
      [
        "health-check-matches-pool",
        "patch",
        'spec.default.config.httpHealthCheck.port: 9999 is not a port of InferencePool ams-inferencepool-llama, which has 8000; use one that the pool has, or portSpecification "USE_SERVING_PORT" and no port',
      ],
      [
        "health-check-matches-pool",
        "patch",
        'spec.default.config.httpHealthCheck.port: 9999 is not a port of InferencePool ord-inferencepool-llama, which has 8000; use one that the pool has, or portSpecification "USE_SERVING_PORT" and no port',
      ],
    ],
  ],
  [
    "a patch of an object of another stack",
    [patchOf(POLICY, "x", { default: { capacityScalerPercent: 0 } })],
    [
      [
        "capacity-left",
        "patch",
        "spec.default.capacityScalerPercent: 0 leaves no backend any capacity; set it above 0, or drain single regions in spec.default.scopes",
      ],
    ],
  ],
];
