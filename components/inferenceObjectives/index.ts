import { CustomResourceDefinition } from "@pulumi/kubernetes/apiextensions/v1";
import * as pulumi from "@pulumi/pulumi";

import { objectiveResource } from "../../checks/objectNames";
import type { InferenceObjective } from "../../customResources/inferenceObjective";

import { inferenceObjectiveKind } from "./kind";
import { customResource } from "../../customResources/customResource";

export interface InferenceObjectivesArgs {
  /** The namespace of the pool: a reference has none. */
  namespace: string;
  /** The pool whose requests they rank. */
  poolName: string;
  /** Priorities by the name that a request gives in the header `x-gateway-inference-objective`. */
  objectives: { name: string; priority: number }[];
}

/**
 * The priorities of one cluster's pool, and their kind: GKE installs InferencePool, but not InferenceObjective. They
 * matter while the pool is saturated; priorities from 0 up need flow control in the endpoint picker. Not the chart's
 * `inferenceObjectives`, whose template fails on its first entry.
 *
 * @example
 * ```ts
 * new InferenceObjectives(
 *   "gke-west",
 *   { namespace, poolName: chart.poolName, objectives: [{ name: "chat", priority: 10 }] },
 *   { providers: [cluster.provider] },
 * );
 * ```
 */
export class InferenceObjectives extends pulumi.ComponentResource {
  constructor(name: string, args: InferenceObjectivesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:InferenceObjectives", name, {}, opts);
    const definition = new CustomResourceDefinition(`${name}-kind`, inferenceObjectiveKind, {
      parent: this,
    });
    for (const { name: objective, priority } of args.objectives) {
      const object: InferenceObjective = {
        apiVersion: "inference.networking.x-k8s.io/v1alpha2",
        kind: "InferenceObjective",
        metadata: { name: objective, namespace: args.namespace },
        spec: {
          priority,
          poolRef: {
            group: "inference.networking.k8s.io",
            kind: "InferencePool",
            name: args.poolName,
          },
        },
      };
      customResource(objectiveResource(name, objective), object, {
        parent: this,
        dependsOn: definition,
      });
    }
    this.registerOutputs();
  }
}
