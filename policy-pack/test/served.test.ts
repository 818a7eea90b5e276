import * as fc from "fast-check";

import { policies } from "../index";

import { autopilot, cluster, nodePool } from "./fixtures/clusters";
import { disturbed } from "./fixtures/disturbed";
import { goodStack } from "./fixtures/stack";
import { remedied, runPolicies } from "./support/policies";
import { servedPolicies, servedRemedy } from "./support/served";

// Each of the many stacks is encoded and decoded for each policy.
jest.setTimeout(300_000);

test("the server of @pulumi/policy says the same of any stack as the tests' own run of policies", async () => {
  const stack = [...goodStack, cluster, autopilot, nodePool];
  const inputs = fc.tuple(...stack.map((resource) => disturbed(resource.inputs)));
  await fc.assert(
    fc.asyncProperty(inputs, fc.boolean(), async (given, firstPreview) => {
      const resources = stack.map((resource, i) => ({ ...resource, inputs: given[i] ?? {} }));
      const options = { firstPreview, stack: "prod" };
      const served = await servedPolicies(resources, options);
      expect(await runPolicies(resources, options)).toEqual(served);
      for (const policy of policies) {
        if (!("remediateResource" in policy)) continue;
        for (const resource of resources) {
          const left = await servedRemedy(resource, policy, options);
          expect(await remedied(resource, policy, options)).toEqual(left);
        }
      }
    }),
    { numRuns: 20 },
  );
});
