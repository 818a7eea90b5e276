import { isAtLeast } from "../fleet/version";
import type { Dated } from "../frame";
import { METRIC_FLAGS } from "../pods/kvGauge";

import type { EndpointPicker } from "./endpointPicker";
import { MOVED } from "./pickerReleases";

export const KNOWN_FLAGS_DATED: Dated = {
  title: "Flags of the endpoint picker",
  source:
    "https://github.com/kubernetes-sigs/gateway-api-inference-extension, tags v1.4.0 and v1.5.0",
  asOf: "2026-08-10",
  goodForMonths: 6,
};

/** The first version with these flags; llm-d's endpoint pickers have others. */
const FROM = "1.4.0";

/** Flags of the endpoint picker v1.4.0 and v1.5.0, without dashes; a test compares them. */
export const KNOWN_FLAGS: readonly string[] = [
  ...["pool-name", "pool-namespace", "pool-group", "endpoint-selector", "endpoint-target-ports"],
  ...["config-file", "config-text", "ha-enable-leader-election", "tracing", "health-checking"],
  ...["grpc-port", "grpc-health-port", "metrics-port", "metrics-endpoint-auth", "enable-pprof"],
  ...["secure-serving", "cert-path", "enable-cert-reload", "disable-endpoint-subset-filter"],
  ...["metrics-staleness-threshold", "refresh-metrics-interval"],
  ...["refresh-prometheus-metrics-interval", "model-server-metrics-scheme"],
  ...["model-server-metrics-path", "model-server-metrics-port"],
  ...["model-server-metrics-https-insecure-skip-verify", ...METRIC_FLAGS],
  ...["v", "zap-devel", "zap-encoder", "zap-log-level", "zap-stacktrace-level"],
  ...["zap-time-encoding"],
];

/**
 * Whether all flags of an endpoint picker are known: it exits at once at any other. False if a
 * script starts it, because the command line then also has flags of the script.
 */
export function knowsFlags({ maker, version, container }: EndpointPicker): boolean {
  const command = container.at("command").items ?? [];
  return (
    command.length <= 1 &&
    maker === "gateway-api-inference-extension" &&
    version !== undefined &&
    isAtLeast(version, FROM) === true &&
    isAtLeast(version, MOVED) === false
  );
}
