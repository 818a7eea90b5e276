import type { ResourceValidationPolicy } from "@pulumi/policy";

import { type RawProps, rawProps, Value } from "./value";

const inputsByUrn = new Map<string, RawProps>();

/**
 * Keeps what the program asked for, for the stack policies. The engine shows those the outputs
 * only, and on the first preview an object in a cluster that does not exist yet has none at all:
 * its stack policies would have nothing to judge and pass. It never reports.
 */
export const rememberInputs: ResourceValidationPolicy = {
  name: "remember-inputs",
  description: "Keeps each resource's inputs for the policies that judge the stack as a whole.",
  enforcementLevel: "mandatory",
  validateResource: ({ urn, props }) => {
    inputsByUrn.set(urn, rawProps(props));
  },
};

/** A resource's outputs, overlaid with its inputs wherever those are known. */
export function withInputs(urn: string, outputs: RawProps): RawProps {
  const inputs = Object.entries(inputsByUrn.get(urn) ?? {});
  const telling = inputs.filter(([key, raw]) => {
    const value = new Value(key, raw);
    return !Object.hasOwn(outputs, key) || !(value.unknown || value.absent);
  });
  return { ...outputs, ...Object.fromEntries(telling) };
}
