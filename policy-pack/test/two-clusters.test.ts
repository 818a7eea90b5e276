import * as fc from "fast-check";

import { UNKNOWN } from "./support/unknown";
import { routedPoolBalanced } from "../balancing/routed-pool-balanced";
import { autoscalingMetricFitsGke } from "../metrics/autoscaling-metric-fits-gke";
import { balancedMetricExported } from "../metrics/balanced-metric-exported";
import { routeAttached } from "../network/route-attached";
import { importHasPool } from "../pools/import-has-pool";
import { modelServerInPool } from "../pools/model-server-in-pool";
import { objectiveNamesPool } from "../pools/objective-names-pool";
import { twoRegions } from "../pools/two-regions";

import { twoClusters } from "./fixtures/twoClusters";
import { runPolicies } from "./support/policies";

/** The policies that look from one cluster into another. */
const policies = [
  autoscalingMetricFitsGke,
  balancedMetricExported,
  importHasPool,
  modelServerInPool,
  objectiveNamesPool,
  routeAttached,
  routedPoolBalanced,
  twoRegions,
];

test("nothing is wrong only because something is not known yet", async () => {
  const stacks = fc.tuple(...twoClusters.map(({ inputs }) => disturbed(inputs, [UNKNOWN])));
  await fc.assert(
    fc.asyncProperty(stacks, fc.boolean(), async (inputs, firstPreview) => {
      const violations = await violationsOf(inputs, firstPreview);
      expect(violations.filter(({ level }) => level === "mandatory")).toEqual([]);
    }),
    { numRuns: 150 },
  );
});

test("messages are whole whatever the inputs are", async () => {
  const leaves = [UNKNOWN, null, [], {}, "", 5, true, [null], { app: {} }];
  const stacks = fc.tuple(...twoClusters.map(({ inputs }) => disturbed(inputs, leaves)));
  await fc.assert(
    fc.asyncProperty(stacks, fc.boolean(), async (inputs, firstPreview) => {
      for (const { message } of await violationsOf(inputs, firstPreview)) {
        expect(message).toMatch(/^\S+: .+; .+$/);
        expect(message).not.toContain("undefined");
        expect(message).not.toContain(UNKNOWN);
      }
    }),
    { numRuns: 150 },
  );
});

function violationsOf(inputs: readonly object[], firstPreview: boolean) {
  const stack = twoClusters.map((resource, i) => ({ ...resource, inputs: inputs[i] ?? {} }));
  return runPolicies(stack, { firstPreview, policies });
}

/** The value with a leaf in place of some of what it holds. */
function disturbed(value: object, leaves: readonly unknown[]): fc.Arbitrary<object> {
  const disturb = (here: unknown): fc.Arbitrary<unknown> => {
    const kept = Array.isArray(here)
      ? fc.tuple(...here.map(disturb))
      : typeof here === "object" && here !== null
        ? fc.record(Object.fromEntries(Object.entries(here).map(([k, v]) => [k, disturb(v)])))
        : fc.constant(here);
    const leaf = fc.constantFrom(...leaves);
    return fc.oneof({ weight: 15, arbitrary: kept }, { weight: 1, arbitrary: leaf });
  };
  return fc.record(Object.fromEntries(Object.entries(value).map(([k, v]) => [k, disturb(v)])));
}
