import { array, integer, object, oneOf, Schema, string } from "./schema";

/** What the policies of GKE's Gateway have in common: a target, and conditions. */

const DNS_LABEL = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";

/** `spec.targetRef`: one object that the policy changes. */
export const targetRef: Schema = object(
  {
    group: string({ maxLength: 253, pattern: `^$|^${DNS_LABEL}(\\.${DNS_LABEL})*$` }),
    kind: string({ minLength: 1, maxLength: 63, pattern: "^[a-zA-Z]([-a-zA-Z0-9]*[a-zA-Z0-9])?$" }),
    name: string({ minLength: 1, maxLength: 253 }),
    namespace: string({ minLength: 1, maxLength: 63, pattern: `^${DNS_LABEL}$` }),
  },
  { required: ["group", "kind", "name"] },
);

export const conditions: Schema = {
  ...array(
    object(
      {
        type: string({ maxLength: 316 }),
        status: oneOf("True", "False", "Unknown"),
        reason: string({
          minLength: 1,
          maxLength: 1024,
          pattern: "^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$",
        }),
        message: string({ maxLength: 32768 }),
        observedGeneration: integer(0),
        lastTransitionTime: string({ format: "date-time" }),
      },
      { required: ["lastTransitionTime", "message", "reason", "status", "type"] },
    ),
    { maxItems: 8 },
  ),
  "x-kubernetes-list-type": "map",
  "x-kubernetes-list-map-keys": ["type"],
};

export const conditionsOnly: Schema = object({ conditions });
