import { clusters, nodePools } from "../fleet/cloudTypes";
import { fleetOf } from "../fleet/fleet";
import {
  advice,
  askedOf,
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { gpuZonesOf, soldAs } from "./gpuZones";
import { type NodeGroup, nodeGroupsOf } from "./nodeGroup";
import { isMissing, regionOfZone, zonesIn } from "./regionZones";
import { ZONES_OF_REGION } from "./zones";

export const gpuPoolZones = stackPolicy({
  name: "gpu-pool-zones",
  description: "GPU node pools name their zones, and these have the GPU.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "A pool without nodeLocations gets every zone of its cluster, and GKE refuses it for a " +
    "single zone that does not have its GPU. Set nodeLocations of the pool to zones that have " +
    "it, as `gcloud compute machine-types list` shows.",
  url: "https://cloud.google.com/compute/docs/gpus/gpu-regions-zones",
  settings: {},

  *judge(stack) {
    for (const cluster of stack.select(clusters)) {
      for (const group of nodeGroupsOf(cluster, fleetOf(stack)).filter(({ hasGpus }) => hasGpus)) {
        for (const finding of groupFindings(group, cluster)) {
          yield finding.urn === undefined ? on(group.resource, finding) : finding;
        }
      }
    }
  },
});

function* groupFindings(group: NodeGroup, cluster: Resource): Generator<Finding> {
  const isPool = nodePools.matches(group.resource);
  const place = placeOf(group, isPool ? [group.resource, cluster] : [cluster]);
  // The outputs of an existing pool list all of its zones.
  const own = (isPool ? askedOf(group.resource) : group.at).at("nodeLocations");
  const named = own.items ?? [];
  if (own.unknown) {
    yield pending(own);
  } else if (named.length > 0) {
    yield* named.flatMap((zone) => namedFinding(zone, place) ?? []);
  } else {
    yield* inheritedFindings(own, place, cluster);
  }
}

/** Name under which a group's GPUs are sold, and their zones; undefined if not known. */
interface Place {
  readonly name: string | undefined;
  readonly region: string | undefined;
}

function placeOf(group: NodeGroup, located: readonly Resource[]): Place {
  const location = located.flatMap(({ props }) => props.at("location").text ?? [])[0];
  const region = location === undefined ? undefined : (regionOfZone(location) ?? location);
  return { name: soldAs(group), region };
}

function namedFinding(zone: Value, place: Place): Finding | undefined {
  const { text } = zone;
  if (text === undefined) {
    return undefined;
  }
  const region = regionOfZone(text);
  const home = place.region ?? region ?? "";
  const known = place.name === undefined ? undefined : gpuZonesOf(place.name, home);
  const good = (known ?? zonesIn(home) ?? [`${home || "us-east4"}-a`]).join(", ");
  if (region === undefined) {
    return violation(zone, `${zone} is not a zone`, `write zones such as ${good}`);
  }
  if (region !== home) {
    return violation(zone, `${zone} is not in ${home}, where the cluster is`, `take ${good}`);
  }
  if (isMissing(text, region)) {
    return violation(zone, `${region} has no zone ${zone}`, `take ${good}`);
  }
  if (known === undefined || known.includes(text)) {
    return undefined;
  }
  // The author of a zone may know more than a list, so the policy only warns.
  const problem = `${zone} is not among the zones that are known to have ${place.name}`;
  return advice(zone, problem, `make sure that it has, or take ${good}`);
}

/** A pool that names no zone gets those of its cluster, whether they have the GPU or not. */
function* inheritedFindings(
  own: Value,
  { name, region }: Place,
  cluster: Resource,
): Generator<Finding> {
  const given = cluster.props.at("nodeLocations");
  const known = name === undefined || region === undefined ? undefined : gpuZonesOf(name, region);
  if (known === undefined || region === undefined) {
    return;
  }
  if (given.unknown) {
    yield on(cluster, pending(given));
    return;
  }
  const location = cluster.props.at("location").text ?? "";
  const named = (given.items ?? []).flatMap(({ text }) => text ?? []);
  // A zonal cluster's list does not contain its own zone.
  const zones = location === region ? named : [location, ...named];
  const lacking = zones.filter((zone) => !known.includes(zone));
  const some = zones.length === 0 && known.length < (zonesIn(region)?.length ?? ZONES_OF_REGION);
  if (lacking.length === 0 && !some) {
    return;
  }
  const which = some ? `some of ${region}` : lacking.join(" and ");
  const problem =
    `is not set, so the pool gets the zones of ${cluster.name}, and GKE may refuse it: ` +
    `${which} ${which.includes(" ") ? "are" : "is"} not known to have ${name}`;
  yield violation(own, problem, `set it to ${known.join(", ")}, or some of them`);
}
