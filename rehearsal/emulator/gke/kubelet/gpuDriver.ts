import { isBefore, splitImage, versionOf } from "../images";
import { Container } from "../world/kinds";

/** Where GKE mounts the driver of a GPU node into containers. */
const DRIVER = "/usr/local/nvidia/lib64";

/**
 * Images of vLLM that do not look there: NVIDIA's base images stopped to at CUDA 12.8, which vLLM took at v0.9.0
 * (vllm-project/vllm#18859), and v0.11.1 says it again (#25766, in that release's docker/Dockerfile).
 */
const BLIND = { image: /(^|\/)vllm-openai$/, since: "0.9.0", until: "0.11.1" };

/** What vLLM prints before it ends. Source: vllm-project/vllm#18859, #21979, #23935. */
const LAST_WORDS =
  "No platform detected, vLLM is running on UnspecifiedPlatform; " +
  "RuntimeError: Failed to infer device type";

const GPU = "nvidia.com/gpu";

export function usesGpu({ resources }: Container): boolean {
  return Number(resources?.limits?.[GPU] ?? resources?.requests?.[GPU] ?? 0) > 0;
}

/** The last words of a container that cannot find its GPU's driver; undefined for one that can. */
export function lastWordsWithoutDriver(container: Container): string | undefined {
  const { name, tag } = splitImage(container.image ?? "");
  const version = versionOf(tag);
  if (!usesGpu(container) || !BLIND.image.test(name) || !version) return undefined;
  if (isBefore(version, BLIND.since) || !isBefore(version, BLIND.until)) return undefined;
  return isTold(container) ? undefined : LAST_WORDS;
}

/** Looks at the variable and at scripts that set it, not at a ConfigMap or Secret. */
function isTold({ env = [], command = [], args = [] }: Container): boolean {
  const paths = env.find((variable) => variable.name === "LD_LIBRARY_PATH")?.value ?? "";
  const script = [...command, ...args].join(" ");
  const directories = paths.split(":").map((directory) => directory.replace(/\/+$/, ""));
  return directories.includes(DRIVER) || script.includes(DRIVER);
}
