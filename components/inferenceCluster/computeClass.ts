import type { NodePool } from "@pulumi/gcp/container";
import type { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";

import { customResource } from "../../customResources/customResource";
import type { ComputeClass } from "../../customResources/computeClass";

/** The only compute class of a cluster, and the label by which pods select it. */
export const COMPUTE_CLASS = "model-server";
export const COMPUTE_CLASS_KEY = "cloud.google.com/compute-class";

/** Label and taint that GKE requires on a pool that it did not create itself before a compute class may use it. */
export const computeClassMarks = {
  labels: { [COMPUTE_CLASS_KEY]: COMPUTE_CLASS },
  taints: [{ key: COMPUTE_CLASS_KEY, value: COMPUTE_CLASS, effect: "NO_SCHEDULE" }],
};

export interface ComputeClassArgs {
  /** GPU pools in the order in which they are filled. */
  pools: NodePool[];
}

/** The order in which GPU pools are filled: each only while those before it cannot grow. */
export function createComputeClass(
  name: string,
  { pools }: ComputeClassArgs,
  opts: pulumi.CustomResourceOptions,
): CustomResource {
  return customResource<ComputeClass>(
    name,
    {
      apiVersion: "cloud.google.com/v1",
      kind: "ComputeClass",
      metadata: { name: COMPUTE_CLASS },
      spec: {
        priorities: pools.map((pool) => ({ nodepools: [pool.name] })),
        // GKE could only add nodes without GPUs by itself, which are useless to a model server.
        whenUnsatisfiable: "DoNotScaleUp",
        // Otherwise pods that fell back stay on the more expensive pool. The pods' disruption budget sets the pace.
        activeMigration: { optimizeRulePriority: true },
      },
    },
    opts,
  );
}
