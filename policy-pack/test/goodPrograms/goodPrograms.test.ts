import { runPolicies } from "../support/policies";

import { programs } from "./programs";

/** What would stop the program of somebody else. */
const mandatory = (violations: Awaited<ReturnType<typeof runPolicies>>) =>
  violations
    .filter(({ level }) => level === "mandatory")
    .map(({ policy, resource, message }) => `${policy} [${resource}] ${message}`);

test.each(programs)("%s", async (_, resources) => {
  expect(mandatory(await runPolicies(resources))).toEqual([]);
  expect(mandatory(await runPolicies(resources, { firstPreview: true }))).toEqual([]);
});
