import type { Region } from "../../catalog/regions";
import type {
  BackendDefaults,
  Balancing,
  GCPBackendPolicy,
} from "../../customResources/gcpBackendPolicy";

import { importOf } from "./importReference";
import { backendScopes, type RegionScope } from "./scopes";

/** How the gateway spreads requests. It is one mode, so that a mix that the API refuses does not compile. */
export type LoadBalancing =
  /** Balances by free KV cache. */
  | {
      mode: "kv-cache";
      /** Percent of the KV cache, 1 to 100, at which requests spill over to another region. */
      maxUtilization: number;
      /** Report the metric without balancing on it. @default false */
      dryRun?: boolean;
    }
  /** Balances by requests in flight. */
  | {
      mode: "in-flight";
      /** Most requests in flight in one model server, 1 to 1e9. */
      maxInFlightRequestsPerEndpoint: number;
      /** The only one that Google Cloud takes in this mode. */
      trafficDuration: "LONG";
    }
  /** Balances by requests per second. */
  | {
      mode: "rate";
      /** Most requests per second of one model server, 1 to 1e9. */
      maxRatePerEndpoint: number;
    };

/** How requests are spread over the regions, and how long each may take. */
export interface BackendPolicyArgs {
  /** Name of the policy: the gateway's own. */
  name: string;
  /** The same as the pool's: route and policies find its import in their own namespace only. */
  namespace: string;
  /** Name of the InferencePool in every cluster. */
  poolName: string;
  /** When requests spill over to another region. */
  loadBalancing: LoadBalancing;
  /** The metric of mode `kv-cache`, `gke.named_metrics.<name>`, at most 63 characters. */
  metricName: string;
  /** The gateway gives up on a request after this many seconds, 1 to 3600. At least twice the P99 latency. */
  timeoutSeconds: number;
  /** 99 % of the answers come within this many seconds. */
  p99LatencySeconds: number;
  /** Regions with a preference or a capacity of their own, each once. With `drained`, at most 16 regions. */
  scopes: RegionScope[];
  /**
   * Regions that get no request. They keep their address: it leads to the pods of other regions. Not all of them: a
   * backend without capacity answers with 503.
   */
  drained: readonly Region[];
  /**
   * Percent of the requests that the gateway logs, 0 to 100. A proxy passes 1400 requests a second while it logs none,
   * and half of that while it logs all of them (Google's documentation of proxy-only subnets).
   */
  requestLogPercent: number;
}

/** Carries the P99 latency, in seconds, beside the timeout that has to cover it twice. */
export const P99_ANNOTATION = "inference-gateway.dev/p99-latency-seconds";

/** Longest time that a leaving backend gets to finish its requests. Source: `drainingTimeoutSec` in the CRD. */
const LONGEST_DRAINING_SECONDS = 3600;
/** Number of requests to which `sampleRate` refers. */
const SAMPLE = 1_000_000;

/**
 * The one backend policy of the pool. Timeout and balancing share it, because a second policy on the same target is
 * ignored, and one that replaces the first drops the first one's timeout.
 */
export function backendPolicy(args: BackendPolicyArgs): GCPBackendPolicy {
  const { timeoutSeconds, loadBalancing, metricName } = args;
  const scopes = backendScopes(args.scopes, args.drained);
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
        timeoutSec: timeoutSeconds,
        ...balancing(loadBalancing, metricName),
        logging: logging(args.requestLogPercent),
        // A request that is in flight when its pod stops may take as long as every other one.
        connectionDraining: {
          drainingTimeoutSec: Math.min(timeoutSeconds, LONGEST_DRAINING_SECONDS),
        },
        ...(scopes.length > 0 && { scopes }),
      },
    },
  };
}

/** Has no field that a scope has: the API refuses a field in both places. */
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
      // The API refuses it with `trafficDuration: LONG`, although answers of a model do take long.
      return { balancingMode: "RATE", maxRatePerEndpoint: loadBalancing.maxRatePerEndpoint };
  }
}

function logging(percent: number): BackendDefaults["logging"] {
  const sampleRate = Math.round((percent / 100) * SAMPLE);
  return sampleRate > 0 ? { enabled: true, sampleRate } : { enabled: false };
}
