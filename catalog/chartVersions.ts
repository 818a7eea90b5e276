import type { Dated } from "./dated";

export const CHARTS_DATED: Dated = {
  title: "Releases of the chart inferencepool and of its endpoint picker",
  source: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/releases",
  asOf: "2026-08-10",
  goodForMonths: 6,
};

/** Versions of the chart `inferencepool` whose objects this program registers; the endpoint picker has the same. */
export const CHART_VERSIONS = ["v1.4.0", "v1.5.0"] as const;

export type ChartVersion = (typeof CHART_VERSIONS)[number];

/** The newest version that has a chart and an endpoint picker. */
export const NEWEST_CHART: ChartVersion = "v1.5.0";

/** How one version's rendering differs from the other's (provider gke, monitoring on). */
export interface ChartTraits {
  /** The default plugins say where the pods' metrics come from. */
  metricsPlugins: boolean;
}

export const chartTraits: Record<ChartVersion, ChartTraits> = {
  "v1.4.0": { metricsPlugins: false },
  "v1.5.0": { metricsPlugins: true },
};

const OLD_GAUGE =
  "its endpoint picker reads the KV cache as vllm:gpu_cache_usage_perc, the name before vLLM v0.10.2";
const FAILS_CLOSED =
  "its pool gives no answer while the endpoint picker restarts (FailClose), and its endpoint picker requests no CPU or memory";

/** Why a version that was published cannot be used. */
export const UNUSABLE_CHARTS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "v1.1.0": `${OLD_GAUGE}, and takes the arguments "--tracing" "false" for tracing on`,
    "v1.2.0": OLD_GAUGE,
    "v1.2.1": OLD_GAUGE,
    "v1.3.0": FAILS_CLOSED,
    "v1.3.1": FAILS_CLOSED,
    "v1.6.0": "it has no chart and no endpoint picker, which went to llm-d/llm-d-router",
  }),
);

export function isChartVersion(version: string): version is ChartVersion {
  return CHART_VERSIONS.some((known) => known === version);
}
