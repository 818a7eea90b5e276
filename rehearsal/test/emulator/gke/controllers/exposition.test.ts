import { whyNotExposed } from "../../../../emulator/gke/controllers/exposition";

const NEW = "vllm:kv_cache_usage_perc";
const OLD = "vllm:gpu_cache_usage_perc";

test.each([
  ["vllm/vllm-openai:v0.8.5", NEW, `vLLM v0.8.5 has no ${NEW}: it came with v0.10.2`],
  ["vllm/vllm-openai:v0.10.1", NEW, `vLLM v0.10.1 has no ${NEW}: it came with v0.10.2`],
  ["vllm/vllm-openai:v0.10.2", NEW, undefined],
  ["vllm/vllm-openai:v0.18.1-cu128", NEW, undefined],
  ["vllm/vllm-openai:v0.8.5", OLD, undefined],
  ["vllm/vllm-openai:v0.10.2", OLD, `vLLM v0.10.2 has no ${OLD}: it went with v0.10.2`],
  [
    "europe-docker.pkg.dev:443/p/r/vllm-openai:v1.0.0@sha256:00",
    OLD,
    `vLLM v1.0.0 has no ${OLD}: it went with v0.10.2`,
  ],
])("%s and %s: %s", (image, metric, expected) => {
  const reason = whyNotExposed([{ name: "vllm", image }], metric, "/metrics");
  expect(reason).toBe(expected === undefined ? undefined : `${expected} (${image})`);
});

test.each(["vllm/vllm-openai:latest", "vllm/vllm-openai@sha256:00", "example.net/server:v1"])(
  "of %s nothing can be told",
  (image) => {
    expect(whyNotExposed([{ name: "server", image }], NEW, "/metrics")).toBeUndefined();
  },
);

test("the endpoint picker has the pool's averages, and none of vLLM's gauges", () => {
  const image = "registry.k8s.io/gateway-api-inference-extension/epp:v1.5.0";
  const at = (metric: string) => whyNotExposed([{ name: "epp", image }], metric, "/metrics");
  expect(at("inference_pool_average_kv_cache_utilization")).toBeUndefined();
  expect(at(NEW)).toBe(
    `the endpoint picker has no ${NEW}: its metrics begin with inference_pool_ or inference_objective_ or inference_extension_`,
  );
});

test("another path has no metrics", () => {
  const containers = [{ name: "vllm", image: "vllm/vllm-openai:v0.18.1" }];
  expect(whyNotExposed(containers, NEW, "/prometheus")).toBe(
    "vLLM serves metrics at /metrics, not at /prometheus",
  );
});

test("one container that exposes it is enough", () => {
  const containers = ["v0.8.5", "v0.18.1"].map((tag) => ({
    name: tag,
    image: `vllm/vllm-openai:${tag}`,
  }));
  expect(whyNotExposed(containers, NEW, "/metrics")).toBeUndefined();
});
