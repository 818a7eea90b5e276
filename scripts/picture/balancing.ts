import type { BackendDefaults } from "../../customResources/gcpBackendPolicy";

import type { Balancing, RegionView } from "./topology";

/** When requests spill over, in the words of the configuration. */
export function balancingOf(policy: BackendDefaults): Balancing {
  const { balancingMode, maxInFlightRequestsPerEndpoint, maxRatePerEndpoint } = policy;
  switch (balancingMode) {
    case "IN_FLIGHT":
      return {
        target: `${maxInFlightRequestsPerEndpoint} requests in flight`,
        of: "in each model server",
        dryRun: false,
      };
    case "RATE":
      return {
        target: `${maxRatePerEndpoint} requests/s`,
        of: "in each model server",
        dryRun: false,
      };
    default: {
      const [metric] = policy.customMetrics ?? [];
      const target = `maxUtilization ${metric?.maxUtilizationPercent} %`;
      return { target, of: "of the KV cache", dryRun: metric?.dryRun ?? false };
    }
  }
}

/** What the policy says of a region; if it says nothing, all of its capacity is used. */
export function scopeOf(
  { scopes = [] }: BackendDefaults,
  region: string,
): Pick<RegionView, "preferred" | "capacityPercent"> {
  const scope = scopes.find(({ selector }) => selector["gke.io/region"] === region);
  return {
    preferred: scope?.backendPreference === "PREFERRED",
    capacityPercent: scope?.capacityScalerPercent ?? 100,
  };
}
