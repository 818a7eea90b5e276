/**
 * GPU node pools name their zones, and these have the GPU.
 *
 * @name gpu-pool-zones
 * @severity high
 * @level mandatory
 * @framework Reliability
 * @remediation A pool without nodeLocations gets every zone of its cluster, and GKE refuses it for a
 * single zone that does not have its GPU. Set nodeLocations of the pool to zones that have it, as
 * `gcloud compute machine-types list` tells.
 * @link https://cloud.google.com/compute/docs/gpus/gpu-regions-zones
 */
import { clusters, nodePools } from "../support/fleet/cloudTypes";
import { regionOf } from "../support/fleet/fleet";
import { advice, type Finding, on, pending, violation } from "../support/frame/finding";
import { reliability } from "../support/frame/framework";
import { askedOf } from "../support/frame/inputs";
import { stackPolicy } from "../support/frame/policy";
import type { Resource } from "../support/frame/resource";
import type { Value } from "../support/frame/value";
import { gpuZonesOf, zoneCountOf } from "../support/nodes/gpuZones";
import { type NodeGroup, nodeGroupsOf } from "../support/nodes/nodeGroup";

export const gpuPoolZones = stackPolicy({
  name: "gpu-pool-zones",
  description: "GPU node pools name their zones, and these have the GPU.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "A pool without nodeLocations gets every zone of its cluster, and GKE refuses it for a single " +
    "zone that does not have its GPU. Set nodeLocations of the pool to zones that have it, as " +
    "`gcloud compute machine-types list` tells.",
  url: "https://cloud.google.com/compute/docs/gpus/gpu-regions-zones",
  settings: {},

  *judge(stack) {
    for (const cluster of stack.select(clusters)) {
      for (const group of nodeGroupsOf(cluster, stack.fleet).filter(({ hasGpus }) => hasGpus)) {
        for (const finding of groupFindings(group, cluster)) {
          yield finding.urn === undefined ? on(group.resource, finding) : finding;
        }
      }
    }
  },
});

function* groupFindings(group: NodeGroup, cluster: Resource): Generator<Finding> {
  const region = regionOf(cluster);
  const { machineType } = group;
  const known = region === undefined ? undefined : gpuZonesOf(machineType, region);
  // Once a pool is there, all of its zones are shown.
  const asked = nodePools.matches(group.resource) ? askedOf(group.resource) : group.at;
  const own = asked.at("nodeLocations");
  const named = own.items ?? [];
  if (own.unknown) {
    yield pending(own);
  } else if (named.length > 0) {
    yield* named.flatMap((zone) => namedFindings(zone, machineType));
  } else if (known !== undefined && region !== undefined) {
    yield* inheritedFindings(own, { machineType, known, region, cluster });
  }
}

/** Somebody who names a zone may know more than a list. */
function namedFindings(zone: Value, machineType: Value): readonly Finding[] {
  const known = gpuZonesOf(machineType, zone.text?.replace(/-[^-]*$/, "") ?? "");
  if (zone.text === undefined || known === undefined || known.includes(zone.text)) {
    return [];
  }
  const problem = `${zone} is not among the zones that are known to have ${machineType.text}`;
  return [advice(zone, problem, `make sure that it has, or take ${known.join(", ")}`)];
}

interface Place {
  readonly machineType: Value;
  readonly known: readonly string[];
  readonly region: string;
  readonly cluster: Resource;
}

/** Of a pool that names no zone: it gets those of its cluster. */
function* inheritedFindings(
  own: Value,
  { machineType, known, region, cluster }: Place,
): Generator<Finding> {
  const given = cluster.props.at("nodeLocations");
  if (given.unknown) {
    yield on(cluster, pending(given));
    return;
  }
  const location = cluster.props.at("location").text ?? "";
  const named = (given.items ?? []).flatMap(({ text }) => text ?? []);
  // A zonal cluster's list holds the zones beside its own.
  const zones = location === region ? named : [location, ...named];
  const lacking = zones.filter((zone) => !known.includes(zone));
  const some = zones.length === 0 && known.length < zoneCountOf(region);
  if (lacking.length === 0 && !some) {
    return;
  }
  const which = some ? `some of ${region}` : lacking.join(" and ");
  const problem =
    `is not set, so the pool gets the zones of ${cluster.name}, and GKE refuses it: ` +
    `${which} ${which.includes(" ") ? "do" : "does"} not have ${machineType.text}`;
  yield violation(own, problem, `set it to ${known.join(", ")}, or some of them`);
}
