/** The values of a flag: a pattern, and the same in words. */
export interface FlagType {
  pattern: RegExp;
  allowed: string;
}

const integer: FlagType = { pattern: /^\d{1,9}$/, allowed: "a whole number" };
const duration: FlagType = {
  pattern: /^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/,
  allowed: "a duration such as 50ms or 2s",
};
/**
 * The chart writes a flag and its value as two arguments (fixed after v1.5.0,
 * kubernetes-sigs/gateway-api-inference-extension#2871), and the endpoint picker takes a boolean flag that stands alone
 * for true: `false` would switch it on.
 */
const switchOn: FlagType = {
  pattern: /^true$/,
  allowed:
    '"true", or leave the flag out: the chart cannot switch it off, because the picker would read true',
};
const oneOf = (...values: string[]): FlagType => ({
  pattern: new RegExp(`^(${values.join("|")})$`),
  allowed: `one of ${values.join(", ")}`,
});

/** Flags of the endpoint picker v1.4.0 and v1.5.0 that a stack may set, by name without dashes. */
export const PICKER_FLAGS: ReadonlyMap<string, FlagType> = new Map<string, FlagType>(
  Object.entries({
    v: integer,
    "disable-endpoint-subset-filter": switchOn,
    "enable-pprof": switchOn,
    "health-checking": switchOn,
    "metrics-staleness-threshold": duration,
    "refresh-metrics-interval": duration,
    "refresh-prometheus-metrics-interval": duration,
    "secure-serving": switchOn,
    "zap-devel": switchOn,
    "zap-log-level": {
      pattern: /^(debug|info|error|panic|[1-9]\d?)$/,
      allowed: "debug, info, error, panic or a whole number from 1 on",
    },
    "zap-stacktrace-level": oneOf("info", "error", "panic"),
    "zap-time-encoding": oneOf("epoch", "millis", "nano", "iso8601", "rfc3339", "rfc3339nano"),
  }),
);

const OWN = "nothing: the program sets it";
const PORT = "nothing: the chart's probes, Service and monitoring ask at the default port";
const ENDPOINTS = "nothing: it is for a picker without an InferencePool";
const CERTIFICATE = "nothing: the picker makes a certificate of its own, and no other is mounted";
const METRIC =
  "nothing: the endpoint picker ends at once when it is set; give `plugins` with engineConfigs of core-metrics-extractor";
const SCRAPE = "nothing: it has no effect any more; give `plugins` with a metrics-data-source";

/** Flags that the endpoint picker has and a stack must not set, each with words that follow "allowed: ". */
export const REFUSED_PICKER_FLAGS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "pool-name": OWN,
    "pool-namespace": OWN,
    "pool-group": OWN,
    "zap-encoder": OWN,
    "config-file": OWN,
    "config-text": "nothing: the program sets config-file; give `plugins`",
    "ha-enable-leader-election": "nothing: the program sets it where `replicas` is more than 1",
    tracing: OWN,
    "metrics-endpoint-auth": "nothing: managed Prometheus shows a token, and the picker checks it",
    "grpc-port": PORT,
    "grpc-health-port": PORT,
    "metrics-port": PORT,
    "endpoint-selector": ENDPOINTS,
    "endpoint-target-ports": ENDPOINTS,
    "cert-path": CERTIFICATE,
    "enable-cert-reload": CERTIFICATE,
    "kv-cache-usage-percentage-metric": METRIC,
    "total-queued-requests-metric": METRIC,
    "total-running-requests-metric": METRIC,
    "lora-info-metric": METRIC,
    "cache-info-metric": METRIC,
    "model-server-metrics-scheme": SCRAPE,
    "model-server-metrics-path": SCRAPE,
    "model-server-metrics-port": "nothing: metrics are read at the pool's first port",
    "model-server-metrics-https-insecure-skip-verify": SCRAPE,
  }),
);
