import { runPolicies } from "../support/policies";

import { wrongChanges } from "./wrongChanges";

test.each(wrongChanges)("%s", async (_, resources, wanted) => {
  const found = await runPolicies(resources, { firstPreview: true });
  const mandatory = found
    .filter(({ level }) => level === "mandatory")
    .map(({ policy, resource, message }) => [policy, resource, message]);
  expect(mandatory).toEqual(wanted);
});
