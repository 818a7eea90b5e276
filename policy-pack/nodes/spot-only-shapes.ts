import { clustersAndNodePools } from "../fleet/cloudTypes";
import { computeClasses } from "../fleet/kinds";
import {
  type Finding,
  listSetting,
  pending,
  reliability,
  type Resource,
  resourcePolicy,
  set,
  type Value,
  violation,
} from "../frame";

import { prioritiesOf } from "./computeClass";
import { nodeGroupsIn } from "./nodeGroup";
import { SPOT_ONLY } from "./spotOnly";

export const spotOnlyShapes = resourcePolicy({
  name: "spot-only-shapes",
  description:
    "Nodes of machine types that Google sells only as Spot or flex-start are one of the two.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Set nodeConfig.spot (in a ComputeClass the priority's spot) to true, or make the pool " +
    "flex-start, or take a machine type that is sold on demand: a3-highgpu-8g is.",
  url: "https://cloud.google.com/compute/docs/gpus",
  settings: {
    machineTypes: listSetting({
      default: SPOT_ONLY,
      description: "Machine types that are sold as Spot or flex-start only.",
    }),
  },
  judges: {
    label: `GKE clusters and node pools, ${computeClasses.label}`,
    matches: (resource) => {
      return clustersAndNodePools.matches(resource) || computeClasses.matches(resource);
    },
  },

  *judge(resource, { machineTypes }) {
    for (const demand of demandsOf(resource)) {
      yield* demandFindings(demand, machineTypes);
    }
  },

  *remedy(resource, { machineTypes }) {
    for (const { machineType, spotSwitch, sold, reservation } of demandsOf(resource)) {
      const limited = machineTypes.includes(machineType.text ?? "");
      // A pool with a reservation cannot be Spot, so its author has to choose.
      if (limited && sold === false && reservation.absent) {
        yield set(spotSwitch, true);
      }
    }
  },
});

/** Nodes that a resource requests. */
interface Demand {
  readonly machineType: Value;
  /** The switch that makes them Spot. */
  readonly spotSwitch: Value;
  /** Whether they are Spot or flex-start; the value that decides if not known yet. */
  readonly sold: boolean | Value;
  readonly reservation: Value;
}

function demandsOf(resource: Resource): readonly Demand[] {
  const pools = nodeGroupsIn(resource).map((group) => ({
    machineType: group.machineType,
    spotSwitch: group.spotSwitch,
    sold: either(group.spot, group.flexStart),
    reservation: group.config.at("reservationAffinity"),
  }));
  const priorities = prioritiesOf(resource).map((priority) => ({
    machineType: priority.machineType,
    spotSwitch: priority.spotSwitch,
    sold: either(priority.spot, priority.flexStart),
    reservation: priority.at.at("reservations"),
  }));
  return [...pools, ...priorities];
}

function* demandFindings(demand: Demand, machineTypes: readonly string[]): Generator<Finding> {
  const { machineType, spotSwitch, sold } = demand;
  const type = machineType.text ?? "";
  if (sold === true) {
    return;
  }
  if (machineType.unknown) {
    yield pending(machineType);
  } else if (machineTypes.includes(type)) {
    yield sold === false
      ? violation(
          spotSwitch,
          `${spotSwitch.absent ? "is not set" : `is ${spotSwitch}`}, but ${type} is sold as Spot ` +
            "or flex-start only",
          "set it to true, or make the nodes flex-start",
        )
      : pending(sold);
  }
}

function either(one: boolean | Value, other: boolean | Value): boolean | Value {
  return one === true || other === true || (one === false ? other : one);
}
