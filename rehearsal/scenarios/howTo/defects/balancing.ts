import type { Defect } from "./defect";
import { KUBERNETES } from "./proofs";

const GATEWAY = "test/components/crossRegionGateway/crossRegionGateway.test.ts";
const FIELDS = "policy-pack/test/balancing/backend-policy-fields.test.ts";

/** The load-balancing policy and the metric it stands on. */
export const balancingDefects: Defect[] = [
  {
    number: 2,
    title: "`maxUtilization` does not exist",
    howTo: "sets `customMetrics[].maxUtilization: 60`.",
    happens:
      "The API server refuses it from kubectl. From a client without validation it accepts a policy without a target: the load balancer " +
      "spills over at its default of 80 %, not at 60 %.",
    instead:
      "`maxUtilizationPercent`, from a typed interface; a policy of the pack refuses unknown fields and missing targets.",
    tests: [
      {
        file: GATEWAY,
        title: "mode kv-cache: the percentage of the stack file becomes maxUtilizationPercent",
      },
      { file: FIELDS, title: "fails %s", row: "the field that does not exist" },
    ],
    shown: {
      by: "run",
      judge: "API server",
      seen: [
        'kubectl: GCPBackendPolicy in version "v1" cannot be handled as a GCPBackendPolicy: strict decoding error: unknown field "spec.default.customMetrics[0].maxUtilization"',
        'a client without validation: accepted, and kept is {"balancingMode":"CUSTOM_METRICS","customMetrics":[{"dryRun":false,"name":"gke.named_metrics.kv-cache"}],"trafficDuration":"LONG"}',
      ],
    },
  },
  {
    number: 3,
    title: "`dryRun` beside the balancing mode",
    howTo: "sets `default.dryRun: false` in the sample for requests in flight.",
    happens:
      "The field exists only in `customMetrics[]`: the API server refuses it from kubectl and drops it from other clients.",
    instead:
      "The three balancing modes are one union, each with the fields that it has and no others.",
    tests: [
      { file: GATEWAY, title: "mode in-flight" },
      { file: FIELDS, title: "fails %s", row: "dryRun for the whole policy" },
    ],
    shown: {
      by: "run",
      judge: "API server",
      seen: [
        'kubectl: GCPBackendPolicy in version "v1" cannot be handled as a GCPBackendPolicy: strict decoding error: unknown field "spec.default.dryRun"',
        'a client without validation: accepted, and kept is {"balancingMode":"IN_FLIGHT","maxInFlightRequestsPerEndpoint":1000,"trafficDuration":"LONG"}',
      ],
    },
  },
  {
    number: 4,
    title: "The timeout of the first sample is lost",
    howTo:
      "sets `timeoutSec: 100` in a first sample; the two samples after it have the same name and no timeout. The first " +
      "has no target of utilization in turn.",
    happens: "At the end of the how-to, every answer that takes more than 30 s is cut off.",
    instead:
      "One policy holds timeout, mode and target. The timeout is twice the P99 latency, 600 s at least.",
    tests: [
      {
        file: "test/program/configTaken.test.ts",
        title: "the timeout defaults to twice the P99 latency, but no less than 600 seconds",
      },
      { file: KUBERNETES, title: "one policy has timeout, mode and target" },
    ],
    shown: {
      by: "run",
      judge: "emulated cloud",
      seen: [
        "after the first sample, default/my-backend-policy: timeout 100",
        "after the second, default/my-backend-policy: timeout unset",
      ],
    },
  },
  {
    number: 8,
    title: "A metric that the server does not have",
    howTo:
      "balances on `kv-cache`, which is fed by `vllm:kv_cache_usage_perc`, from a Deployment with vLLM v0.8.5.",
    happens:
      "That version calls the gauge `vllm:gpu_cache_usage_perc`: the load balancer has no signal and no error. With a " +
      "newer image alone the endpoint picker of v1.1.0 has no signal either, because it reads the older name.",
    instead:
      "Server version, exported metric and the picker's flag come from one table of which gauge a version has.",
    tests: [{ file: KUBERNETES, title: "the balanced metric is one that the server exposes" }],
    shown: {
      by: "run",
      judge: "emulated cloud",
      seen: [
        "the load balancer has no gke.named_metrics.kv-cache of gke-west: vLLM v0.8.5 has no vllm:kv_cache_usage_perc: it came with v0.10.2 (vllm/vllm-openai:v0.8.5)",
      ],
    },
  },
  {
    number: 9,
    title: "One shape of AutoscalingMetric",
    howTo: "has `spec.selector` and `spec.endpoints`, and clusters in the channel `rapid`.",
    happens:
      "From GKE 1.35.1-gke.1396000 on the documented shape is another one, and the file cannot be applied to an " +
      "upgraded cluster. (Whether GKE goes on taking the older shape is not documented; the emulated one does not.)",
    instead:
      "The shape follows what the stack asks GKE for: a minor, or what its channel installs.",
    tests: [{ file: KUBERNETES, title: "the metric has the shape of GKE %s" }],
    shown: {
      by: "run",
      judge: "API server, emulated cloud",
      seen: [
        "after the upgrade to 1.35.8-gke.1796000 the load balancer has no gke.named_metrics.kv-cache of gke-east: no AutoscalingMetric exports kv-cache (exported: none)",
        'applied anew: AutoscalingMetric in version "v1beta1" cannot be handled as a AutoscalingMetric: strict decoding error: unknown field "spec.endpoints", unknown field "spec.selector"',
      ],
    },
  },
];
