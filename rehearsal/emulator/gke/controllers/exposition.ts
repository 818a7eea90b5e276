import { isBefore, splitImage, versionOf } from "../images";
import { Container } from "../world/kinds";

/** Which servers expose which gauges, by what their image is called and tagged. */
interface Exposition {
  server: string;
  /** Matches the image's name without its tag. */
  image: RegExp;
  /** Every gauge of the server begins with one of these. */
  prefixes: string[];
  /** Gauges that only some versions have: from `since` on, and before `until`. */
  versioned: { metric: string; since?: string; until?: string }[];
}

/** Where all of them serve their metrics. */
const METRICS_PATH = "/metrics";

const EXPOSITIONS: Exposition[] = [
  {
    server: "vLLM",
    image: /(^|\/)[^/]*vllm[^/]*$/,
    prefixes: ["vllm:"],
    // Renamed in vllm-project/vllm#18354.
    versioned: [
      { metric: "vllm:kv_cache_usage_perc", since: "0.10.2" },
      { metric: "vllm:gpu_cache_usage_perc", until: "0.10.2" },
    ],
  },
  {
    server: "the endpoint picker",
    image: /\/(epp|llm-d-router-endpoint-picker)$/,
    prefixes: ["inference_pool_", "inference_objective_", "inference_extension_"],
    versioned: [],
  },
  { server: "SGLang", image: /(^|\/)sglang$/, prefixes: ["sglang:"], versioned: [] },
];

/**
 * Why none of these containers exposes a metric; undefined where one does. An
 * unknown image, or a tag that is not a version, passes: only running it would show.
 */
export function whyNotExposed(
  containers: Container[],
  metric: string,
  path: string,
): string | undefined {
  const reasons = containers.map((container) => reason(container.image ?? "", metric, path));
  return reasons.includes(undefined) ? undefined : reasons[0];
}

function reason(image: string, metric: string, path: string): string | undefined {
  const { name, tag } = splitImage(image);
  const exposition = EXPOSITIONS.find((e) => e.image.test(name));
  if (!exposition) return undefined;
  const { server, prefixes } = exposition;
  if (path !== METRICS_PATH) return `${server} serves metrics at ${METRICS_PATH}, not at ${path}`;
  if (!prefixes.some((prefix) => metric.startsWith(prefix))) {
    return `${server} has no ${metric}: its metrics begin with ${prefixes.join(" or ")}`;
  }
  const renamed = exposition.versioned.find((v) => v.metric === metric);
  const version = versionOf(tag);
  if (!renamed || !version) return undefined;
  const { since, until } = renamed;
  if (since !== undefined && isBefore(version, since)) {
    return `${server} ${tag} has no ${metric}: it came with v${since} (${image})`;
  }
  if (until !== undefined && !isBefore(version, until)) {
    return `${server} ${tag} has no ${metric}: it went with v${until} (${image})`;
  }
  return undefined;
}
