import { METRICS } from "../../catalog/metrics";
import { DEFAULT_VLLM_VERSION, kvCacheGauge, VLLM_FLOOR } from "../../catalog/modelServers";
import { synthesize } from "../support/program";
import { metricsIn } from "../../rehearsal/emulator/cloud/services/monitoring/promql";

const NAMES = Object.keys(METRICS);
const MODES = {
  "kv-cache": { mode: "kv-cache", maxUtilization: 60 },
  "in-flight": { mode: "in-flight", maxInFlightRequestsPerEndpoint: 100 },
  rate: { mode: "rate", maxRatePerEndpoint: 5 },
};

/** Every query of dashboard and alerts, wherever it stands. */
async function queriesOf(config: object): Promise<string[]> {
  const { registrations } = await synthesize("dev", { config: { monitoring: {}, ...config } });
  const texts = registrations.flatMap(({ type, inputs }) => {
    if (type === "gcp:monitoring/dashboard:Dashboard") return [String(inputs.dashboardJson)];
    return type === "gcp:monitoring/alertPolicy:AlertPolicy" ? [JSON.stringify(inputs)] : [];
  });
  expect(texts.length).toBe(7);
  return texts.flatMap((text) => queriesIn(JSON.parse(text)));
}

function queriesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    ["query", "prometheusQuery"].includes(key) && typeof item === "string"
      ? [item]
      : queriesIn(item),
  );
}

test.each(Object.entries(MODES))(
  "balanced by %s, dashboard and alerts read only metrics of the catalog",
  async (_, loadBalancing) => {
    const queries = await queriesOf({ loadBalancing });
    expect(queries.length).toBeGreaterThan(15);
    const read = queries.map((query) => metricsIn(query) ?? [`not PromQL: ${query}`]);
    expect(read.flat().filter((name) => !NAMES.includes(name))).toEqual([]);
    expect(read.filter((names) => names.length === 0)).toEqual([]);
  },
);

test("a misspelt metric would be noticed", () => {
  const names = metricsIn("sum(vllm:kv_cache_usage_percent)") ?? [];
  expect(names.filter((name) => !NAMES.includes(name))).toEqual(["vllm:kv_cache_usage_percent"]);
});

test("every metric of the catalog is read", async () => {
  const read = new Set<string>();
  for (const loadBalancing of Object.values(MODES)) {
    const queries = await queriesOf({ loadBalancing });
    queries.flatMap((query) => metricsIn(query) ?? []).forEach((name) => read.add(name));
  }
  expect(NAMES.filter((name) => !read.has(name))).toEqual([]);
});

test.each([VLLM_FLOOR, DEFAULT_VLLM_VERSION])(
  "vLLM %s, which a stack may run, has the catalog's gauge of the KV cache",
  (version) => {
    expect(NAMES).toContain(kvCacheGauge("vllm", version));
  },
);

/** Suffixes that PromQL adds to what an exporter declares. */
const SUFFIX = { gauge: "", counter: "_total", histogram: "_bucket" };

test.each(Object.entries(METRICS))("%s follows from what its exporter declares", (name, metric) => {
  const { exporter, kind, declared } = metric;
  if (exporter === "loadBalancer") {
    const mapped = declared.replace("/", ":").replace(/[./]/g, "_");
    expect(name).toBe(mapped + (kind === "histogram" ? "_bucket" : ""));
  } else {
    expect(name).toBe(declared + SUFFIX[kind]);
  }
});
