import type { ChartVersion } from "./chartVersions";
import type { Dated } from "./dated";

export const PICKER_PLUGINS_DATED: Dated = {
  title: "Plugins and keys that each endpoint picker has",
  source:
    "https://github.com/kubernetes-sigs/gateway-api-inference-extension, tags v1.4.0 and v1.5.0",
  asOf: "2026-08-10",
  goodForMonths: 6,
};

/** Gate behind which requests wait in queues by priority; without it an objective's priority has no effect. */
export const FLOW_CONTROL_GATE = "flowControl";

/** Keys of an EndpointPickerConfig and what may stand there. */
export interface PickerSchema {
  /** The picker decodes strictly and ends at a key that it does not know. */
  keys: string[];
  gates: string[];
  /** Plugins that are compiled into the image. */
  types: string[];
}

const COMMON_TYPES = [
  ...["queue-scorer", "kv-cache-utilization-scorer", "prefix-cache-scorer", "lora-affinity-scorer"],
  ...["running-requests-size-scorer", "predicted-latency-scorer"],
  ...["max-score-picker", "random-picker", "weighted-random-picker", "single-profile-handler"],
  ...["fcfs-ordering-policy", "edf-ordering-policy"],
  ...["global-strict-fairness-policy", "round-robin-fairness-policy"],
  ...["metrics-data-source", "k8s-notification-source", "request-attribute-reporter"],
];

export const PICKER_SCHEMAS: Readonly<Record<ChartVersion, PickerSchema>> = {
  "v1.4.0": {
    keys: [
      ...["featureGates", "plugins", "schedulingProfiles"],
      ...["saturationDetector", "data", "flowControl"],
    ],
    gates: [FLOW_CONTROL_GATE, "dataLayer", "prepareDataPlugins"],
    types: [...COMMON_TYPES, "model-server-protocol-metrics"],
  },
  "v1.5.0": {
    keys: [
      ...["featureGates", "plugins", "schedulingProfiles"],
      ...["saturationDetector", "dataLayer", "flowControl", "parser"],
    ],
    gates: [FLOW_CONTROL_GATE, "dataLayer", "enableLegacyMetrics"],
    types: [
      ...COMMON_TYPES,
      ...["token-load-scorer", "latency-scorer", "core-metrics-extractor"],
      ...["prefix-cache-affinity-filter", "slo-headroom-tier-filter"],
      ...["slo-deadline-ordering-policy", "static-usage-limit-policy", "latency-slo-admitter"],
      ...["utilization-detector", "concurrency-detector", "endpoint-notification-source"],
      ...["approx-prefix-cache-producer", "predicted-latency-producer", "inflight-load-producer"],
      ...["openai-parser", "vllmgrpc-parser", "passthrough-parser"],
    ],
  },
};

/** The picker adds it if no profile names a picker, so a profile may refer to it without a definition. */
export const ADDED_PICKER = "max-score-picker";
