import { clustersAndNodePools } from "../fleet/cloudTypes";
import {
  type Finding,
  pending,
  reliability,
  resourcePolicy,
  type Value,
  violation,
} from "../frame";

import { gpusOfMachine } from "./gpuMachine";
import { type NodeGroup, nodeGroupsIn } from "./nodeGroup";

/** The label of a reservation's name, by which a pool names it. */
const RESERVATION_KEY = "compute.googleapis.com/reservation-name";

export const nodePoolValues = resourcePolicy({
  name: "node-pool-values",
  description:
    "A node pool asks for the GPUs of its machine type, and for a size that it can have.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Write the type and the number of GPUs that the machine type has, a minimum of nodes that is " +
    "not above the maximum, and the name of a reservation that is to be used. GKE refuses the " +
    "pool otherwise, minutes after the cluster is made.",
  url: "https://cloud.google.com/compute/docs/gpus",
  settings: {},
  judges: clustersAndNodePools,

  *judge(resource) {
    for (const group of nodeGroupsIn(resource)) {
      yield* gpuFindings(group);
      yield* sizeFindings(group.at.at("autoscaling"));
      yield* reservationFindings(group.config.at("reservationAffinity"));
    }
  },
});

function* gpuFindings({ config, machineType }: NodeGroup): Generator<Finding> {
  const machine = gpusOfMachine(machineType.text ?? "");
  const [gpu, ...more] = config.at("guestAccelerators").items ?? [];
  if (machine === undefined || gpu === undefined || more.length > 0) {
    return;
  }
  const [type, count] = [gpu.at("type"), gpu.at("count")];
  if (machine === "none") {
    if (count.raw !== 0) {
      const problem = `${machineType} takes no GPUs`;
      yield violation(gpu, problem, "use a machine type with GPUs, or one of N1");
    }
    return;
  }
  const has = `${machineType} has ${machine.count} x ${machine.type}`;
  if (type.text !== undefined && type.text !== machine.type) {
    yield violation(type, `is ${type}, but ${has}`, `write "${machine.type}"`);
  }
  if (count.number !== undefined && count.number !== machine.count) {
    yield violation(count, `is ${count}, but ${has}`, `write ${machine.count}`);
  }
}

function* sizeFindings(autoscaling: Value): Generator<Finding> {
  const pairs = [
    ["minNodeCount", "maxNodeCount"],
    ["totalMinNodeCount", "totalMaxNodeCount"],
  ] as const;
  for (const [low, high] of pairs) {
    const [least, most] = [autoscaling.at(low), autoscaling.at(high)];
    if (least.number !== undefined && most.number !== undefined && least.number > most.number) {
      const problem = `is ${least}, which is more than ${high} (${most})`;
      yield violation(least, problem, `set it to ${most} or less`);
    }
  }
}

function* reservationFindings(affinity: Value): Generator<Finding> {
  if (affinity.at("consumeReservationType").text !== "SPECIFIC_RESERVATION") {
    return;
  }
  const [key, values] = [affinity.at("key"), affinity.at("values")];
  if (values.unknown || key.unknown) {
    yield pending(values.unknown ? values : key);
  } else if (key.text !== RESERVATION_KEY) {
    const given = key.absent ? "is not set" : `is ${key}`;
    yield violation(key, `${given}, so no reservation is named`, `set it to "${RESERVATION_KEY}"`);
  } else if ((values.items ?? []).length === 0) {
    const given = values.absent ? "is not set" : `is ${values}`;
    yield violation(values, `${given}, so no reservation is named`, "name the reservation");
  }
}
