import { CHART_VERSIONS } from "../../catalog/chartVersions";
import { chartVersionProblem } from "../../checks/chartVersion";

describe("chart versions", () => {
  test.each(CHART_VERSIONS)("%s can be used", (version) => {
    expect(chartVersionProblem(version)).toBeUndefined();
  });

  const oldGauge =
    "its endpoint picker reads the KV cache as vllm:gpu_cache_usage_perc, the name before vLLM v0.10.2";
  const failsClosed =
    "its pool gives no answer while the endpoint picker restarts (FailClose), and its endpoint picker requests no CPU or memory";
  test.each([
    ["v1.1.0", `${oldGauge}, and takes the arguments "--tracing" "false" for tracing on`],
    ["v1.2.0", oldGauge],
    ["v1.2.1", oldGauge],
    ["v1.3.0", failsClosed],
    ["v1.3.1", failsClosed],
    ["v1.6.0", "it has no chart and no endpoint picker, which went to llm-d/llm-d-router"],
    ["v1.5.1", "this program was not tested with it"],
    ["1.5.0", "this program was not tested with it"],
    ["constructor", "this program was not tested with it"],
  ])("%s is refused, with what is allowed and why", (version, why) => {
    expect(chartVersionProblem(version)).toBe(`v1.4.0, v1.5.0; not ${version}: ${why}`);
  });
});
