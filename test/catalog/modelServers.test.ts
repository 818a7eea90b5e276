import * as fc from "fast-check";

import { drainsItself, kvCacheGauge, modelServers } from "../../catalog/modelServers";
import { isRelease, isReleaseAtLeast } from "../../catalog/releases";

test.each([
  ["vllm", "v0.8.5", "vllm:gpu_cache_usage_perc"],
  ["vllm", "v0.10.1", "vllm:gpu_cache_usage_perc"],
  ["vllm", "v0.10.2", "vllm:kv_cache_usage_perc"],
  ["vllm", "v0.18.1-cu130", "vllm:kv_cache_usage_perc"],
  ["vllm", "v1.0.0", "vllm:kv_cache_usage_perc"],
  ["sglang", "v0.5.6.post2", "sglang:token_usage"],
] as const)("the gauge of %s %s is %s", (engine, version, gauge) => {
  expect(kvCacheGauge(engine, version)).toBe(gauge);
});

test.each(["latest", "0.18.1", "v0.18", "v0.18.1 ", "v0.18.1:x", "v0.x.1", ""])(
  'a version "%s" is none',
  (version) => {
    expect(isRelease(version)).toBe(false);
    expect(() => kvCacheGauge("vllm", version)).toThrow(
      new Error(`"${version}" is not a version of vLLM; expected the form v0.18.1`),
    );
    expect(() => kvCacheGauge("sglang", version)).toThrow(
      new Error(`"${version}" is not a version of SGLang; expected the form v0.18.1`),
    );
  },
);

test.each(["v0.18.1", "v0.18.1-cu130", "v0.5.6.post2", "v0.5.6.post2-cu129", "v0.19.0rc1"])(
  "%s is a version",
  (version) => expect(isRelease(version)).toBe(true),
);

test("versions compare by number, part by part", () => {
  const parts = fc.tuple(fc.nat(20), fc.nat(20), fc.nat(20));
  fc.assert(
    fc.property(parts, parts, (ours, floor) => {
      const weigh = ([a, b, c]: number[]) => (a ?? 0) * 10_000 + (b ?? 0) * 100 + (c ?? 0);
      const isNewer = isReleaseAtLeast("x", `v${ours.join(".")}`, `v${floor.join(".")}`);
      expect(isNewer).toBe(weigh(ours) >= weigh(floor));
    }),
  );
});

test("vLLM drains from v0.18.0 on", () => {
  expect([drainsItself("v0.17.1"), drainsItself("v0.18.0")]).toEqual([false, true]);
});

test("ports and paths", () => {
  expect(modelServers).toEqual({
    vllm: { title: "vLLM", port: 8000, metricsPath: "/metrics" },
    sglang: { title: "SGLang", port: 30000, metricsPath: "/metrics" },
  });
});
