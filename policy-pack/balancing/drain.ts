import { regionOf } from "../fleet/fleet";
import type { Resource, Value } from "../frame";

/**
 * Whether the scopes of a backend policy leave a cluster's backends no capacity. False also if that
 * is not certain; a capacity if it decides and is not known yet.
 *
 * @param cluster the GKE cluster, if this stack makes it
 */
export function drains(scopes: readonly Value[], cluster: Resource | undefined): boolean | Value {
  for (const scope of scopes) {
    const picked = picks(scope.at("selector"), cluster);
    const capacity = scope.at("capacityScalerPercent");
    if (picked === "all" && (capacity.unknown || capacity.raw === 0)) {
      // GKE applies only the first scope that matches.
      return capacity.unknown ? capacity : true;
    }
    if (picked !== "none" && capacity.raw !== 0) {
      return false;
    }
  }
  return false;
}

/** Which of a cluster's backends a scope's selector picks; `some` also if that is not known. */
type Picked = "all" | "some" | "none";

function picks(selector: Value, cluster: Resource | undefined): Picked {
  if (!selector.absent && selector.fields === undefined) {
    return "some";
  }
  const picked = (selector.fields ?? []).map(([key, wanted]) => pickedBy(key, wanted, cluster));
  if (picked.includes("none")) {
    return "none";
  }
  return picked.includes("some") ? "some" : "all";
}

function pickedBy(key: string, wanted: Value, cluster: Resource | undefined): Picked {
  const region = cluster && regionOf(cluster);
  switch (key) {
    case "gke.io/region":
      return compared(wanted, region);
    case "gke.io/cluster-name":
      return compared(wanted, cluster?.props.at("name").text);
    case "gke.io/zone": {
      // A cluster has backends in each zone that its nodes are in.
      const elsewhere = compared(wanted, region, (zone) => zone.replace(/-[a-z]$/, "")) === "none";
      return elsewhere ? "none" : "some";
    }
    default:
      return "some";
  }
}

function compared(wanted: Value, given: string | undefined, read = (text: string) => text): Picked {
  if (wanted.text === undefined || given === undefined) {
    return "some";
  }
  return read(wanted.text) === given ? "all" : "none";
}
