import { createHash } from "node:crypto";

import { at } from "../../json";
import { Cluster, SecondaryRange, Subnetwork, SUBNETWORK } from "../../kinds";
import { baseName, projectOf } from "../../names";
import { Store } from "../../store";

/**
 * What GKE does with the range that it has chosen for the pods of a cluster which names none: it
 * becomes a secondary range of the cluster's subnet, and cannot be used for anything else. Source:
 * "VPC-native clusters", secondary ranges managed by GKE; names as seen in projects.
 */
export function addPodRange(store: Store, name: string, cluster: Cluster): void {
  if (!isManaged(cluster)) return;
  const rangeName = podRangeName(name);
  changeRanges(store, cluster, (ranges) => [
    ...ranges,
    { rangeName, ipCidrRange: cluster.clusterIpv4Cidr },
  ]);
}

/** The range is deleted with its cluster. */
export function removePodRange(store: Store, name: string, cluster: Cluster): void {
  if (!isManaged(cluster)) return;
  const rangeName = podRangeName(name);
  changeRanges(store, cluster, (ranges) => ranges.filter((range) => range.rangeName !== rangeName));
}

/**
 * Once a cluster has nodes, GKE links the named range of their pods to a range of Network
 * Connectivity. Source: RESERVED_RANGE.
 */
export function reservePodRange(store: Store, name: string, cluster: Cluster): void {
  if (isManaged(cluster)) return;
  const internalRange = `projects/${projectOf(name)}/locations/global/internalRanges/${podRangeName(name)}`;
  const reservedInternalRange = `networkconnectivity.googleapis.com/${internalRange}`;
  changePodRange(store, cluster, (range) => ({ ...range, reservedInternalRange }));
}

export function releasePodRange(store: Store, cluster: Cluster): void {
  if (isManaged(cluster)) return;
  changePodRange(store, cluster, ({ rangeName, ipCidrRange }) => ({ rangeName, ipCidrRange }));
}

function changePodRange(
  store: Store,
  cluster: Cluster,
  change: (range: SecondaryRange) => SecondaryRange,
): void {
  const own = at(cluster, "ipAllocationPolicy.clusterSecondaryRangeName");
  changeRanges(store, cluster, (ranges) =>
    ranges.map((range) => (range.rangeName === own ? change(range) : range)),
  );
}

function isManaged(cluster: Cluster): boolean {
  return at(cluster, "ipAllocationPolicy.clusterSecondaryRangeName") === undefined;
}

/** `gke-eu-pods-1a2b3c4d` for a cluster `eu`. */
export function podRangeName(cluster: string): string {
  const hash = createHash("sha256").update(cluster).digest("hex").slice(0, 8);
  return `gke-${baseName(cluster)}-pods-${hash}`;
}

type Ranges = NonNullable<Subnetwork["secondaryIpRanges"]>;

function changeRanges(store: Store, { subnetwork }: Cluster, change: (r: Ranges) => Ranges): void {
  const subnet = store.get(SUBNETWORK, subnetwork);
  if (!subnet) return;
  const secondaryIpRanges = change(subnet.body.secondaryIpRanges ?? []);
  store.put(SUBNETWORK, subnetwork, { ...subnet.body, secondaryIpRanges });
}
