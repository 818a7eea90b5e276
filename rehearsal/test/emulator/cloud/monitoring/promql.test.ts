import { metricsIn } from "../../../../emulator/cloud/services/monitoring/promql";

describe("metrics of a query", () => {
  it.each([
    ["up", ["up"]],
    ['absent(up{job="a", text="sum(x)"}) or up offset 5m', ["up"]],
    ["100 * avg by (location) (vllm:kv_cache_usage_perc) > 60", ["vllm:kv_cache_usage_perc"]],
    ["a > 0 unless on (location, cluster) count by (location) (b)", ["a", "b"]],
    ['sum(label_replace(rate(a[5m]), "r", "$1", "s", "(.+)-[a-z]")) / sum(b)', ["a", "b"]],
    ["vector(1)", []],
  ])("%s", (query, metrics) => {
    expect(metricsIn(query)).toEqual(metrics);
  });

  it.each(["", " ", "sum(up", "up)", 'up{a="b', "up ; down", "a[5m"])(
    "are none of: %s",
    (query) => {
      expect(metricsIn(query)).toBeUndefined();
    },
  );
});
