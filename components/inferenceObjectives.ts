import {
  CustomResourceDefinition,
  type CustomResourceDefinitionArgs,
} from "@pulumi/kubernetes/apiextensions/v1";
import * as pulumi from "@pulumi/pulumi";

import type { InferenceObjective } from "../kubernetes/inferenceObjective";

import { customResource } from "./customResource";

export interface InferenceObjectivesArgs {
  namespace: string;
  /** The pool whose requests they rank. */
  poolName: string;
  /** Priorities by the name that a request gives in the header `x-gateway-inference-objective`. */
  objectives: { name: string; priority: number }[];
}

const GROUP = "inference.networking.x-k8s.io";

/**
 * The priorities of one cluster's pool, and their kind: GKE installs InferencePool, but not InferenceObjective.
 */
export class InferenceObjectives extends pulumi.ComponentResource {
  constructor(name: string, args: InferenceObjectivesArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:InferenceObjectives", name, {}, opts);
    const definition = new CustomResourceDefinition(`${name}-kind`, inferenceObjectiveKind, {
      parent: this,
    });
    for (const { name: objective, priority } of args.objectives) {
      const object: InferenceObjective = {
        apiVersion: `${GROUP}/v1alpha2`,
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
      customResource(`${name}-${objective}`, object, { parent: this, dependsOn: definition });
    }
    this.registerOutputs();
  }
}

const text = { type: "string" };
const condition = {
  type: "object",
  required: ["type", "status", "reason", "message", "lastTransitionTime"],
  properties: {
    type: text,
    status: { ...text, enum: ["True", "False", "Unknown"] },
    reason: text,
    message: text,
    lastTransitionTime: { ...text, format: "date-time" },
    observedGeneration: { type: "integer", format: "int64" },
  },
};

/** Written from the fields of gateway-api-inference-extension v1.5.0. */
const inferenceObjectiveKind: CustomResourceDefinitionArgs = {
  metadata: { name: `inferenceobjectives.${GROUP}` },
  spec: {
    group: GROUP,
    scope: "Namespaced",
    names: {
      kind: "InferenceObjective",
      listKind: "InferenceObjectiveList",
      plural: "inferenceobjectives",
      singular: "inferenceobjective",
    },
    versions: [
      {
        name: "v1alpha2",
        served: true,
        storage: true,
        subresources: { status: {} },
        additionalPrinterColumns: [
          { name: "Inference Pool", type: "string", jsonPath: ".spec.poolRef.name" },
          { name: "Priority", type: "string", jsonPath: ".spec.priority" },
        ],
        schema: {
          openAPIV3Schema: {
            type: "object",
            required: ["spec"],
            properties: {
              apiVersion: text,
              kind: text,
              metadata: { type: "object" },
              spec: {
                type: "object",
                required: ["poolRef"],
                properties: {
                  priority: { type: "integer" },
                  poolRef: {
                    type: "object",
                    required: ["name"],
                    properties: {
                      group: { ...text, default: "inference.networking.k8s.io", maxLength: 253 },
                      kind: { ...text, default: "InferencePool", maxLength: 63, minLength: 1 },
                      name: { ...text, maxLength: 253, minLength: 1 },
                    },
                  },
                },
              },
              status: {
                type: "object",
                properties: { conditions: { type: "array", items: condition } },
              },
            },
          },
        },
      },
    ],
  },
};
