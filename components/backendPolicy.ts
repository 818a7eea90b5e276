import type { BackendScope, Balancing, GCPBackendPolicy } from "../kubernetes/gcpBackendPolicy";
import { importOf } from "../kubernetes/gcpInferencePoolImport";

/** How the gateway spreads requests. One mode, so that a mix which the API refuses cannot be written down. */
export type LoadBalancing =
  | { mode: "kv-cache"; /** Percent. */ maxUtilization: number; dryRun?: boolean }
  | { mode: "in-flight"; maxInFlightRequestsPerEndpoint: number; trafficDuration: "LONG" }
  | { mode: "rate"; maxRatePerEndpoint: number };

/** A region that is treated otherwise than the rest. */
export interface RegionScope {
  region: string;
  /** Fill this region before any other. */
  preferred: boolean;
  /** 0..100; 0 drains the region. */
  capacityPercent: number;
}

export interface BackendPolicyArgs {
  name: string;
  namespace: string;
  poolName: string;
  loadBalancing: LoadBalancing;
  /** The metric of mode `kv-cache`, `gke.named_metrics.<name>`. */
  metricName: string;
  /** The gateway gives up on a request after this many seconds. */
  timeoutSeconds: number;
  p99LatencySeconds: number;
  scopes: RegionScope[];
}

/** Carries the P99 latency, in seconds, beside the timeout that has to cover it twice. */
export const P99_ANNOTATION = "inference-gateway.dev/p99-latency-seconds";

/**
 * The one backend policy of the pool. Timeout and balancing share it, because a second policy on the same target is
 * ignored, and one that replaces the first drops the first one's timeout.
 */
export function backendPolicy(args: BackendPolicyArgs): GCPBackendPolicy {
  return {
    apiVersion: "networking.gke.io/v1",
    kind: "GCPBackendPolicy",
    metadata: {
      name: args.name,
      namespace: args.namespace,
      annotations: { [P99_ANNOTATION]: String(args.p99LatencySeconds) },
    },
    spec: {
      targetRef: importOf(args.poolName),
      default: {
        timeoutSec: args.timeoutSeconds,
        ...balancing(args.loadBalancing, args.metricName),
        logging: { enabled: true },
        connectionDraining: { drainingTimeoutSec: Math.min(args.timeoutSeconds, 3600) },
        ...(args.scopes.length > 0 && { scopes: args.scopes.map(backendScope) }),
      },
    },
  };
}

function balancing(loadBalancing: LoadBalancing, metricName: string): Balancing {
  switch (loadBalancing.mode) {
    case "kv-cache": {
      const { maxUtilization, dryRun = false } = loadBalancing;
      return {
        balancingMode: "CUSTOM_METRICS",
        trafficDuration: "LONG",
        customMetrics: [{ name: metricName, dryRun, maxUtilizationPercent: maxUtilization }],
      };
    }
    case "in-flight": {
      const { maxInFlightRequestsPerEndpoint, trafficDuration } = loadBalancing;
      return { balancingMode: "IN_FLIGHT", trafficDuration, maxInFlightRequestsPerEndpoint };
    }
    case "rate":
      return { balancingMode: "RATE", maxRatePerEndpoint: loadBalancing.maxRatePerEndpoint };
  }
}

function backendScope({ region, preferred, capacityPercent }: RegionScope): BackendScope {
  return {
    selector: { "gke.io/region": region },
    backendPreference: preferred ? "PREFERRED" : "DEFAULT",
    capacityScalerPercent: capacityPercent,
  };
}
