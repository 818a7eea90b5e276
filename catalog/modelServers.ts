import type { Dated } from "./dated";
import { PORTS } from "./ports";
import { isReleaseAtLeast } from "./releases";

export const MODEL_SERVERS_DATED: Dated = {
  title: "Release of vLLM that is installed, and what came with which",
  source:
    "config/manifests/vllm/gpu-deployment.yaml of kubernetes-sigs/gateway-api-inference-extension v1.5.0; the pull " +
    "requests that each floor names",
  asOf: "2026-04-18",
  goodForMonths: 6,
};

/** The release that a stack runs by default: the one that the newest chart's endpoint picker was published with. */
export const DEFAULT_VLLM_VERSION = "v0.18.1";

/** Model servers that report the use of their KV cache. */
export type Engine = "vllm" | "sglang";

/** Defaults that all versions of a model server share. */
export interface ModelServerDefaults {
  /** As its makers spell it. */
  title: string;
  /** Port on which it serves, and reports metrics, by default. */
  port: number;
  metricsPath: string;
}

export const modelServers: Readonly<Record<Engine, ModelServerDefaults>> = {
  vllm: { title: "vLLM", port: PORTS.modelServer, metricsPath: "/metrics" },
  sglang: { title: "SGLang", port: 30000, metricsPath: "/metrics" },
};

/** First vLLM whose gauge has today's name. Source: vllm-project/vllm#18354. */
const VLLM_RENAMED = "v0.10.2";
/**
 * First vLLM whose image looks for the GPU's driver where GKE mounts it, since NVIDIA's base images stopped to. Source:
 * vllm-project/vllm#25766, which the Dockerfile in this release's source archive (PyPI) has and v0.11.0's has not. An
 * older one would run with `LD_LIBRARY_PATH` set, and has nothing that a newer one lacks: so it is a floor, and no
 * variable for some versions.
 */
export const VLLM_FLOOR = "v0.11.1";
/** First vLLM that can let requests end after SIGTERM (`--shutdown-timeout`). Source: vllm-project/vllm#36666. */
const VLLM_DRAINS = "v0.18.0";

const VLLM_GAUGE = "vllm:kv_cache_usage_perc";
const VLLM_OLD_GAUGE = "vllm:gpu_cache_usage_perc";
const SGLANG_GAUGE = "sglang:token_usage";

/**
 * The gauge, 0 to 1, in which a model server reports how full its KV cache is.
 * @param version release of the model server: `v0.18.1`
 * @throws Error if the version is not one
 */
export function kvCacheGauge(engine: Engine, version: string): string {
  const { title } = modelServers[engine];
  const isRenamed = isReleaseAtLeast(title, version, VLLM_RENAMED);
  if (engine === "sglang") return SGLANG_GAUGE;
  return isRenamed ? VLLM_GAUGE : VLLM_OLD_GAUGE;
}

/** Whether a vLLM can let its requests end after SIGTERM; an older one breaks them off. */
export function drainsItself(vllmVersion: string): boolean {
  return isReleaseAtLeast(modelServers.vllm.title, vllmVersion, VLLM_DRAINS);
}
