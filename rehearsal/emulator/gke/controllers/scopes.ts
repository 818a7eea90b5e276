import { Exporter } from "../gke";
import { BackendPolicy, PolicyScope } from "../world/kinds";
import { ClusterState, regionOf } from "../world/world";

/** What a backend policy leaves a cluster: by the first scope that matches it, else for all. */
export function share(
  policy: BackendPolicy | undefined,
  cluster: ClusterState,
): Pick<Exporter, "capacityPercent" | "preferred"> {
  const { capacityScalerPercent = 100, backendPreference } = settings(policy, cluster);
  return {
    capacityPercent: capacityScalerPercent,
    preferred: backendPreference === "PREFERRED",
  };
}

/** A backend policy as it holds for one cluster: no field may stand in the default and in a scope. */
export function settings(policy: BackendPolicy | undefined, cluster: ClusterState): PolicyScope {
  const { scopes = [], ...all } = policy?.spec.default ?? {};
  return { ...all, ...scopes.find((candidate) => matches(candidate, cluster)) };
}

/** A scope of a zone is of a part of a cluster only, and is not looked at. */
function matches({ selector = {} }: PolicyScope, { spec }: ClusterState): boolean {
  const labels: Record<string, string> = {
    "gke.io/region": regionOf(spec.location),
    "gke.io/cluster-name": spec.name,
  };
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}
