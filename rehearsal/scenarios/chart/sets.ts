import type { ReleaseArgs } from "../../../components/inferencePoolChart/release";

/** Choices that a stack can make, each of which the chart has values for. */
export interface OptionSet {
  /** For the report. */
  name: string;
  release: ReleaseArgs;
}

const plain: ReleaseArgs = {
  name: "vllm-llama3-8b-instruct",
  namespace: "inference",
  podLabels: { app: "vllm-llama3-8b-instruct" },
  ports: [8000],
};

const plugins = {
  plugins: [
    { type: "queue-scorer" },
    { name: "adapters", type: "lora-affinity-scorer" },
    { type: "prefix-cache-scorer", parameters: { lruCapacityPerServer: 31250 } },
    { type: "max-score-picker" },
  ],
  schedulingProfiles: [
    {
      name: "default",
      plugins: [
        { pluginRef: "queue-scorer" },
        { pluginRef: "adapters", weight: 0.5 },
        { pluginRef: "prefix-cache-scorer", weight: 3 },
        { pluginRef: "max-score-picker" },
      ],
    },
  ],
};

const flags = {
  v: "3",
  "zap-time-encoding": "iso8601",
  "enable-pprof": "true",
  "refresh-metrics-interval": "100ms",
};

/** Every option on its own, and the longest names that the chart can render. */
export const OPTION_SETS: readonly OptionSet[] = [
  { name: "defaults", release: plain },
  { name: "without flow control", release: { ...plain, endpointPicker: { flowControl: false } } },
  { name: "three replicas", release: { ...plain, endpointPicker: { replicas: 3 } } },
  { name: "own plugins", release: { ...plain, endpointPicker: { plugins } } },
  {
    name: "own plugins without flow control",
    release: { ...plain, endpointPicker: { plugins, flowControl: false } },
  },
  { name: "flags", release: { ...plain, endpointPicker: { flags } } },
  {
    name: "two ports",
    release: { ...plain, ports: [8000, 8001], podLabels: { app: "llm", tier: "1" } },
  },
  {
    name: "longest names",
    release: {
      ...plain,
      name: "a-release-whose-name-the-chart-cuts-at-40-characters",
      namespace: "a-namespace-of-thirty-seven-letters-x",
    },
  },
];
