import type { KubeObject } from "../../../emulator/kube/objects";

import { importRef } from "./gateway";

const METRIC = { name: "gke.named_metrics.kv-cache", dryRun: false };
const ON_METRICS = { balancingMode: "CUSTOM_METRICS", trafficDuration: "LONG" };

/** The how-to's three samples share this name. */
const NAME = "my-backend-policy";

/** For long requests: `timeoutSec`, and no target of utilization. */
export const withTimeout = backendPolicy({
  timeoutSec: 100,
  ...ON_METRICS,
  customMetrics: [METRIC],
});

/** For balancing on the KV cache: a target of utilization, and no `timeoutSec`. */
export const onMetrics = backendPolicy({
  ...ON_METRICS,
  customMetrics: [{ ...METRIC, maxUtilization: 60 }],
});

/** Like `onMetrics`, with the target's field as the CRD has it. */
export const onMetricsCorrected = backendPolicy({
  ...ON_METRICS,
  customMetrics: [{ ...METRIC, maxUtilizationPercent: 60 }],
});

const IN_FLIGHT = {
  balancingMode: "IN_FLIGHT",
  trafficDuration: "LONG",
  maxInFlightRequestsPerEndpoint: 1000,
};

/** For balancing on requests in flight. */
export const inFlight = backendPolicy({ ...IN_FLIGHT, dryRun: false });

/** Like `inFlight`, without the field that the CRD does not have there. */
export const inFlightCorrected = backendPolicy(IN_FLIGHT);

/** A policy on the imported pool, without namespace as in the how-to. */
export function backendPolicy(settings: object, name = NAME): KubeObject {
  return {
    apiVersion: "networking.gke.io/v1",
    kind: "GCPBackendPolicy",
    metadata: { name },
    spec: { targetRef: importRef, default: settings },
  };
}
