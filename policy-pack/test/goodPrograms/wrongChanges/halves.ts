import { without } from "../alter";
import { objectHalf } from "../program";
import { good, type WrongChange } from "./change";

export const halves: readonly WrongChange[] = [
  [
    "objects alone, without a backend policy",
    without(objectHalf(), /GCPBackendPolicy::/),
    [
      [
        "routed-pool-balanced",
        "ams-httproute-to-pool",
        'spec.rules[0].backendRefs[0]: GCPInferencePoolImport "llama" has no GCPBackendPolicy in this namespace; add one: without it an answer may take 30 seconds, and KV caches do not matter for balancing',
      ],
    ],
  ],
  [
    "a release in another namespace, and a metric that is missing",
    without(good("an add-on by a release"), "ams-autoscalingmetric-cache"),
    [
      [
        "balanced-metric-exported",
        "ams-gcpbackendpolicy-llama-balancing",
        "spec.default.customMetrics[0].name: no AutoscalingMetric in namespace chat of cluster ams exports cache; export it there",
      ],
    ],
  ],
];
