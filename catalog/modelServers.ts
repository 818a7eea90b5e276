import { isReleaseAtLeast } from "./releases";

/** Model servers that report the use of their KV cache. */
export type Engine = "vllm" | "sglang";

/** What is the same for all versions of a model server. */
export interface ModelServerDefaults {
  /** As its makers spell it. */
  title: string;
  /** Port on which it serves, and reports metrics, unless told otherwise. */
  port: number;
  metricsPath: string;
}

export const modelServers: Readonly<Record<Engine, ModelServerDefaults>> = {
  vllm: { title: "vLLM", port: 8000, metricsPath: "/metrics" },
  sglang: { title: "SGLang", port: 30000, metricsPath: "/metrics" },
};

/** First vLLM whose gauge has today's name. Source: vllm-project/vllm#18354. */
const VLLM_RENAMED = "v0.10.2";
/** First vLLM that can let requests end after SIGTERM (`--shutdown-timeout`). Source: vllm-project/vllm#36666. */
const VLLM_DRAINS = "v0.18.0";

const VLLM_GAUGE = "vllm:kv_cache_usage_perc";
const VLLM_OLD_GAUGE = "vllm:gpu_cache_usage_perc";
const SGLANG_GAUGE = "sglang:token_usage";

/**
 * The gauge, 0 to 1, in which a model server reports how full its KV cache is.
 * @param version release of the model server: `v0.18.1`
 * @throws Error where the version is not one
 */
export function kvCacheGauge(engine: Engine, version: string): string {
  const { title } = modelServers[engine];
  const isRenamed = isReleaseAtLeast(title, version, VLLM_RENAMED);
  if (engine === "sglang") return SGLANG_GAUGE;
  return isRenamed ? VLLM_GAUGE : VLLM_OLD_GAUGE;
}

/**
 * What is allowed in place of a vLLM that the endpoint picker cannot read; undefined for one that it can. Pickers that
 * this program runs look for today's name of the gauge, and end at once when a flag gives them another.
 * @param version release of vLLM: `v0.18.1`
 */
export function vllmProblem(version: string): string | undefined {
  if (isReleaseAtLeast(modelServers.vllm.title, version, VLLM_RENAMED)) return undefined;
  return `${VLLM_RENAMED} or newer: the endpoint picker reads ${VLLM_GAUGE}, which older ones call otherwise`;
}

/** Whether a vLLM can let its requests end after SIGTERM; an older one breaks them off. */
export function drainsItself(vllmVersion: string): boolean {
  return isReleaseAtLeast(modelServers.vllm.title, vllmVersion, VLLM_DRAINS);
}
