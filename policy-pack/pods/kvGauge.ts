import { isAtLeast } from "../fleet/version";
import type { Dated } from "../frame";
import type { EndpointPicker } from "../picker/endpointPicker";
import type { PickerConfig } from "../picker/pickerConfig";

import type { ModelServer } from "./modelServer";

export const KV_GAUGE_DATED: Dated = {
  title: "Gauge of the KV cache that each vLLM has, and that each endpoint picker reads",
  source:
    "vllm-project/vllm#24245 and #29330; " +
    "https://github.com/kubernetes-sigs/gateway-api-inference-extension/releases",
  asOf: "2026-08-10",
  goodForMonths: 6,
};

/** Gauges, 0 to 1, of how full a model server's KV cache is. */
export const VLLM_GAUGE = "vllm:kv_cache_usage_perc";
const VLLM_OLD_GAUGE = "vllm:gpu_cache_usage_perc";
const SGLANG_GAUGE = "sglang:token_usage";

export const KV_GAUGES = [VLLM_GAUGE, VLLM_OLD_GAUGE, SGLANG_GAUGE];

/**
 * First vLLM with the present name, in addition to the old one. Source: vllm-project/vllm#24245.
 */
const VLLM_HAS_GAUGE = "0.9.2";
/** First vLLM that hides the old name. Source: vllm-project/vllm#24245. */
export const VLLM_HIDES_OLD_GAUGE = "0.10.2";
/** First vLLM that cannot show the old name any more. Source: vllm-project/vllm#29330. */
const VLLM_DROPS_OLD_GAUGE = "0.12.0";
const SHOW_HIDDEN = "show-hidden-metrics-for-version";

/** Gauges that a model server reports; undefined if its version is not known. */
export function gaugesOf(server: ModelServer): readonly string[] | undefined {
  const { engine, version } = server;
  if (engine === "sglang") {
    return [SGLANG_GAUGE];
  }
  if (engine === undefined || version === undefined) {
    return undefined;
  }
  const since = (release: string) => isAtLeast(version, release) === true;
  const showsHidden = server.hasFlag(SHOW_HIDDEN) && !since(VLLM_DROPS_OLD_GAUGE);
  return [
    ...(since(VLLM_HAS_GAUGE) ? [VLLM_GAUGE] : []),
    ...(!since(VLLM_HIDES_OLD_GAUGE) || showsHidden ? [VLLM_OLD_GAUGE] : []),
  ];
}

/** Whether a model server has a gauge; undefined if that is not known. */
export function hasGauge(server: ModelServer, gauge: string): boolean | undefined {
  const isOfEngine = server.engine !== undefined && gauge.startsWith(`${server.engine}:`);
  return server.engine !== undefined && !isOfEngine ? false : gaugesOf(server)?.includes(gauge);
}

/** The flag of endpoint pickers that names the gauge. */
export const GAUGE_FLAG = "kv-cache-usage-percentage-metric";

/** Flags that make endpoint pickers from this version on exit at once. */
export const METRIC_FLAGS = [
  "total-queued-requests-metric",
  "total-running-requests-metric",
  GAUGE_FLAG,
  "lora-info-metric",
  "cache-info-metric",
];
export const METRIC_FLAGS_REFUSED = "1.4.0";

/** First endpoint picker that reads the present name of vLLM's gauge. */
const PICKER_READS_GAUGE = "1.3.0";
/** First endpoint picker that by default selects the gauge by the label of each pod. */
export const PICKER_READS_BY_LABEL = "1.5.0";

/** The label by which an endpoint picker recognizes the engine of a pod. */
export const ENGINE_LABEL = "inference.networking.k8s.io/engine-type";

/** llm-d's first releases had another name, and what they read is not known here. */
const LLM_D_ROUTER = "llm-d-router-endpoint-picker";

/** Gauges that the picker reads, by engine. */
const GAUGE_OF_ENGINE: ReadonlyMap<string, string> = new Map([
  ["vllm", VLLM_GAUGE],
  ["sglang", SGLANG_GAUGE],
]);

/** Whether a picker's version is `release` or newer; llm-d's router is newer than any. */
export function pickerIsAtLeast(picker: EndpointPicker, release: string): boolean | undefined {
  const { maker, version, image } = picker;
  if (maker === "llm-d") {
    return image.text?.includes(LLM_D_ROUTER) === true ? true : undefined;
  }
  return maker === undefined || version === undefined ? undefined : isAtLeast(version, release);
}

/**
 * Gauges, one of which an endpoint picker reads from a model server's pods; undefined if not known.
 * @param config the picker's; undefined if this stack does not show it
 */
export function gaugesRead(
  picker: EndpointPicker,
  server: ModelServer,
  config: PickerConfig | undefined,
): readonly string[] | undefined {
  const flag = picker.flag(GAUGE_FLAG);
  const configured = config?.valuesOf("kvUsageSpec") ?? [];
  const refusesFlag = pickerIsAtLeast(picker, METRIC_FLAGS_REFUSED);
  if (refusesFlag !== true) {
    const standard = standardGauge(picker);
    const read = flag === undefined ? standard : flag.value.text;
    return read === undefined ? undefined : [read, ...configured];
  }
  if (config === undefined) {
    return undefined;
  }
  const engine = readsByLabel(picker, config) ? labelledEngine(server, config) : "vllm";
  const builtIn = GAUGE_OF_ENGINE.get(engine ?? "");
  return builtIn === undefined ? undefined : [builtIn, ...configured];
}

/** The gauge that a picker reads without a flag; up to v1.2.1 that of old vLLMs. */
function standardGauge(picker: EndpointPicker): string | undefined {
  const isNew = pickerIsAtLeast(picker, PICKER_READS_GAUGE);
  if (isNew === undefined || picker.hidesFlags) {
    return undefined;
  }
  return isNew ? VLLM_GAUGE : VLLM_OLD_GAUGE;
}

function readsByLabel(picker: EndpointPicker, { featureGates }: PickerConfig): boolean {
  return pickerIsAtLeast(picker, PICKER_READS_BY_LABEL) === true
    ? !featureGates.includes("enableLegacyMetrics")
    : featureGates.includes("dataLayer");
}

/**
 * Engine by the label of its pods, otherwise by the picker's configuration; undefined if not known.
 */
function labelledEngine(server: ModelServer, config: PickerConfig): string | undefined {
  const label = server.labels.at(config.valuesOf("engineLabelKey")[0] ?? ENGINE_LABEL);
  const standard = config.valuesOf("defaultEngine")[0] ?? "vllm";
  return label.absent ? standard : label.text;
}
