import type { Policies } from "@pulumi/policy";

import { type Registered, type RunOptions, runPolicies } from "./policies";

/** What one policy says of a stack: level, resource and message of each. */
export function findingsOf(policy: Policies[number], by: RunOptions = {}) {
  return async (resources: readonly Registered[], options: RunOptions = {}) => {
    const violations = await runPolicies(resources, { policies: [policy], ...by, ...options });
    return violations.map(({ level, resource, message }) => [level, resource, message]);
  };
}

/** What one policy says of a resource alone: level and message of each. */
export function findingsIn(policy: Policies[number], by: RunOptions = {}) {
  return async (resource: Registered, options: RunOptions = {}) => {
    const violations = await runPolicies([resource], { policies: [policy], ...by, ...options });
    expect(violations.filter((violation) => violation.resource !== resource.name)).toEqual([]);
    return violations.map(({ level, message }) => [level, message]);
  };
}
