import { pickerFlagProblem } from "../../checks/pickerFlags";

describe("flags of the endpoint picker", () => {
  test.each([
    ["v", "0"],
    ["v", "4"],
    ["refresh-metrics-interval", "50ms"],
    ["metrics-staleness-threshold", "1m2.5s"],
    ["enable-pprof", "true"],
    ["zap-log-level", "debug"],
    ["zap-log-level", "5"],
    ["zap-time-encoding", "rfc3339"],
  ])("--%s %s is taken", (flag, value) => {
    expect(pickerFlagProblem(flag, value)).toBeUndefined();
  });

  const switchOn =
    '"true", or leave the flag out: the chart cannot switch it off, because the picker would read true';
  const own = "nothing: the program sets it";
  const metric =
    "nothing: the endpoint picker ends at once when it is set; give `plugins` with engineConfigs of core-metrics-extractor";
  test.each([
    ["v", "-1", "a whole number"],
    ["v", '1", "--tracing', "a whole number"],
    ["refresh-metrics-interval", "50", "a duration such as 50ms or 2s"],
    ["enable-pprof", "false", switchOn],
    ["secure-serving", "0", switchOn],
    ["zap-log-level", "0", "debug, info, error, panic or a whole number from 1 on"],
    ["zap-stacktrace-level", "debug", "one of info, error, panic"],
    ["--v", "1", "the flag without dashes: v"],
    ["-v", "1", "the flag without dashes: v"],
    ["pool-name", "llm", own],
    ["config-file", "/config/mine.yaml", own],
    ["tracing", "false", own],
    [
      "ha-enable-leader-election",
      "true",
      "nothing: the program sets it where `replicas` is more than 1",
    ],
    [
      "metrics-port",
      "9091",
      "nothing: the chart's probes, Service and monitoring ask at the default port",
    ],
    ["endpoint-selector", "app=llm", "nothing: it is for a picker without an InferencePool"],
    ["kv-cache-usage-percentage-metric", "vllm:kv_cache_usage_perc", metric],
  ])("--%s %s is refused", (flag, value, allowed) => {
    expect(pickerFlagProblem(flag, value)).toBe(allowed);
  });

  test.each(["verbosity", "constructor", ""])(
    "%j is no flag; those that there are are named",
    (flag) => {
      expect(pickerFlagProblem(flag, "1")).toBe(
        "one of these flags: v, disable-endpoint-subset-filter, enable-pprof, health-checking, " +
          "metrics-staleness-threshold, refresh-metrics-interval, refresh-prometheus-metrics-interval, " +
          "secure-serving, zap-devel, zap-log-level, zap-stacktrace-level, zap-time-encoding",
      );
    },
  );
});
