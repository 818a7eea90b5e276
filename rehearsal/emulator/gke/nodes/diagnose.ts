import { NodePoolSpec } from "../gke";
import { ComputeClass } from "../world/kinds";
import { ClusterState } from "../world/world";

/** Label of nodes and node selector of pods; taint of nodes and toleration of pods. */
export const COMPUTE_CLASS_KEY = "cloud.google.com/compute-class";

/**
 * One line for each node pool that a ComputeClass names and cannot use. GKE's autoscaler
 * silently passes over such a pool. Source: "Use manually created node pools" of GKE's pages on
 * compute classes, 2026-08.
 */
export function diagnoseComputeClasses(cluster: ClusterState): string[] {
  return cluster.list("ComputeClass").flatMap((computeClass) => {
    const { name } = computeClass.metadata;
    const line = (what: string) => `cluster ${cluster.spec.name}: ComputeClass ${name}: ${what}`;
    return poolNames(computeClass).flatMap((pool) => {
      const spec = cluster.pools.find((known) => known.name === pool);
      if (!spec) return [line(`there is no node pool ${pool}`)];
      return missingMarks(spec, name).map((mark) => line(`node pool ${pool} has no ${mark}`));
    });
  });
}

/** The pools of a compute class, the preferred one first. */
export function poolNames({ spec }: ComputeClass): string[] {
  return (spec.priorities ?? []).flatMap(({ nodepools = [] }) => nodepools);
}

function missingMarks({ labels, taints }: NodePoolSpec, computeClass: string): string[] {
  const mark = `${COMPUTE_CLASS_KEY}=${computeClass}`;
  const tainted = taints.some(({ key, value }) => `${key}=${value}` === mark);
  return [
    ...(labels[COMPUTE_CLASS_KEY] === computeClass ? [] : [`label ${mark}`]),
    ...(tainted ? [] : [`taint ${mark}`]),
  ];
}
