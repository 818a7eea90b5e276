import type { Region } from "../../catalog/regions";
import type { BackendScope } from "../../customResources/gcpBackendPolicy";

/** A region with a preference or a capacity of its own. */
export interface RegionScope {
  region: Region;
  /** Fill this region before any other. */
  preferred: boolean;
  /** Part of its capacity to use, 0 to 100; 0 drains the region. */
  capacityPercent: number;
}

/**
 * Scopes of a backend policy. A drained region has one with no capacity and keeps its preference: requests in flight
 * run to their end, and new ones go elsewhere.
 *
 * Each region has one scope at most, because Google Cloud takes the first that matches and never looks at a second.
 */
export function backendScopes(scopes: RegionScope[], drained: readonly Region[]): BackendScope[] {
  const regions = [...new Set([...scopes.map(({ region }) => region), ...drained])];
  return regions.map((region) => {
    const { preferred, capacityPercent } =
      scopes.find((scope) => scope.region === region) ?? UNTOUCHED;
    return {
      selector: { "gke.io/region": region },
      backendPreference: preferred ? "PREFERRED" : "DEFAULT",
      capacityScalerPercent: drained.includes(region) ? 0 : capacityPercent,
    };
  });
}

const UNTOUCHED = { preferred: false, capacityPercent: 100 };
