import {
  type Finding,
  on,
  resourcesOfType,
  security,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { credentialIn } from "./credentials";

/** The stack itself, whose properties are its outputs. */
const stacks = resourcesOfType("pulumi:pulumi:Stack");

export const noSecretOutput = stackPolicy({
  name: "no-secret-output",
  description: "No output of the stack shows a credential to everybody who may read the stack.",
  severity: "high",
  framework: security,
  remediationSteps:
    "Wrap the output in pulumi.secret, or do not export it. A policy cannot see whether an " +
    "output already is a secret; if it is, there is nothing to do.",
  url: "https://www.pulumi.com/docs/iac/concepts/secrets/",
  enforcementLevel: "advisory",
  settings: {},

  *judge(stack) {
    for (const resource of stack.select(stacks)) {
      for (const finding of credentialsBelow(resource.props)) {
        yield on(resource, finding);
      }
    }
  },
});

function* credentialsBelow(value: Value): Generator<Finding> {
  const credential = credentialIn(value.text ?? "");
  if (credential !== undefined) {
    const fix = "make it a secret with pulumi.secret, unless it is one";
    yield violation(value, `holds ${credential}, which looks like a credential`, fix);
  }
  for (const below of value.items ?? value.fields?.map(([, field]) => field) ?? []) {
    yield* credentialsBelow(below);
  }
}
