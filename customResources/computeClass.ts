import type * as pulumi from "@pulumi/pulumi";

import type { ObjectMeta } from "./objectMeta";

/**
 * The order in which GKE's autoscaler tries node pools for pods that ask for the class by their node selector
 * `cloud.google.com/compute-class`. GKE installs the kind. Cluster-scoped; names must not start with `gke` or
 * `autopilot`.
 */
export interface ComputeClass {
  apiVersion: "cloud.google.com/v1";
  kind: "ComputeClass";
  metadata: ObjectMeta;
  spec: {
    /** The first that has room is taken. At most 1000. */
    priorities: ComputeClassPriority[];
    /** Whether a pod for which no priority has room waits, or gets a node of any kind. */
    whenUnsatisfiable: "DoNotScaleUp" | "ScaleUpAnyway";
    /** Moves pods to a higher priority when that has room again. */
    activeMigration?: { optimizeRulePriority: boolean };
  };
}

/** `nodepools` stands alone in a priority (CEL rule of the CRD). */
export interface ComputeClassPriority {
  /** Pools that exist, by name; each carries the class as label and taint. */
  nodepools: pulumi.Input<string>[];
}
