import { fleetOf } from "../fleet/fleet";
import {
  type Finding,
  isOneOf,
  on,
  pending,
  productionStacks,
  reliability,
  type Resource,
  stackPolicy,
  Value,
  violation,
} from "../frame";

import { type ClassPriority, prioritiesByCluster } from "./computeClass";
import { mostNodes } from "./nodeCount";
import { type NodeGroup, nodeGroupsOf } from "./nodeGroup";

export const nonSpotFallback = stackPolicy({
  name: "non-spot-fallback",
  description: "In production each cluster with GPUs has some that are not on Spot nodes.",
  severity: "medium",
  enforcementLevel: "advisory",
  framework: reliability,
  remediationSteps:
    "Add a GPU node pool that is not Spot, with a minimum of 0 nodes, and put it behind the Spot " +
    "pools in a ComputeClass; it costs nothing until Spot capacity is gone.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/about-custom-compute-classes",
  settings: { productionStacks },

  *judge(stack, { productionStacks: serving }) {
    if (isOneOf(stack.name, serving)) {
      const priorities = prioritiesByCluster(stack);
      for (const cluster of fleetOf(stack).clusters) {
        // A pool that never has a node is not a fallback.
        const pools = nodeGroupsOf(cluster, fleetOf(stack)).filter((group) => {
          return mostNodes(group, cluster).nodes !== 0;
        });
        yield* clusterFindings(cluster, [...pools, ...(priorities.get(cluster) ?? [])]);
      }
    }
  },
});

/** Flex-start counts as a fallback: Google grants it for days and does not take it back earlier. */
function* clusterFindings(
  cluster: Resource,
  capacity: readonly (NodeGroup | ClassPriority)[],
): Generator<Finding> {
  const gpus = capacity.filter(({ hasGpus }) => hasGpus);
  // The order of registration differs from run to run.
  const [first] = [...gpus].sort((one, other) =>
    one.resource.name < other.resource.name ? -1 : 1,
  );
  if (first === undefined || gpus.some(({ spot }) => spot === false)) {
    return;
  }
  const hidden = gpus.filter(({ spot }) => spot instanceof Value);
  for (const { resource, spot } of hidden) {
    if (spot instanceof Value) {
      yield on(resource, pending(spot));
    }
  }
  if (hidden.length === 0) {
    const problem =
      `every GPU node of cluster ${cluster.name} is Spot, and Google may take all of them back ` +
      "at the same time";
    const fix = "add GPU nodes that are not Spot, to fall back on";
    yield on(first.resource, violation(first.spotSwitch, problem, fix));
  }
}
