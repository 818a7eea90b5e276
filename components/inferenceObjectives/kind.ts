import type { CustomResourceDefinitionArgs } from "@pulumi/kubernetes/apiextensions/v1";

const text = { type: "string" };

const poolRef = {
  type: "object",
  required: ["name"],
  properties: {
    group: {
      ...text,
      default: "inference.networking.k8s.io",
      maxLength: 253,
      pattern: "^$|^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$",
    },
    kind: {
      ...text,
      default: "InferencePool",
      maxLength: 63,
      minLength: 1,
      pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$",
    },
    name: { ...text, maxLength: 253, minLength: 1 },
  },
};

const condition = {
  type: "object",
  required: ["lastTransitionTime", "message", "reason", "status", "type"],
  properties: {
    lastTransitionTime: { ...text, format: "date-time" },
    message: { ...text, maxLength: 32768 },
    observedGeneration: { type: "integer", format: "int64", minimum: 0 },
    reason: {
      ...text,
      maxLength: 1024,
      minLength: 1,
      pattern: "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
    },
    status: { ...text, enum: ["True", "False", "Unknown"] },
    type: {
      ...text,
      maxLength: 316,
      pattern:
        "^([a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*/)?(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])$",
    },
  },
};

const status = {
  type: "object",
  properties: {
    conditions: {
      type: "array",
      maxItems: 8,
      items: condition,
      default: [
        {
          type: "Ready",
          status: "Unknown",
          reason: "Pending",
          message: "Waiting for controller",
          lastTransitionTime: "1970-01-01T00:00:00Z",
        },
      ],
      x_kubernetes_list_map_keys: ["type"],
      x_kubernetes_list_type: "map",
    },
  },
};

/**
 * The kind InferenceObjective of gateway-api-inference-extension, the same in v1.4.0 and v1.5.0 but for descriptions.
 * Neither GKE nor the chart installs it. A cluster that has it already refuses the create (AlreadyExists): import it
 * into the stack then.
 */
export const inferenceObjectiveKind: CustomResourceDefinitionArgs = {
  metadata: { name: "inferenceobjectives.inference.networking.x-k8s.io" },
  spec: {
    group: "inference.networking.x-k8s.io",
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
          { name: "Age", type: "date", jsonPath: ".metadata.creationTimestamp" },
        ],
        schema: {
          openAPIV3Schema: {
            type: "object",
            properties: {
              apiVersion: text,
              kind: text,
              metadata: { type: "object" },
              spec: {
                type: "object",
                required: ["poolRef"],
                properties: { poolRef, priority: { type: "integer" } },
              },
              status,
            },
          },
        },
      },
    ],
  },
};
