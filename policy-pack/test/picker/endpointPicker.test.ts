import { alteredInputs } from "../../../rehearsal/scenarios/alterations/alter";
import { type Key, pathOf } from "../../../rehearsal/scenarios/alterations/path";
import { UNKNOWN } from "../../../rehearsal/stage/registrations";
import { metricFitsServer } from "../../metrics/metric-fits-server";
import { chartValues } from "../../picker/chart-values";
import { pickerFailOpen } from "../../picker/picker-fail-open";
import { pickerHighlyAvailable } from "../../picker/picker-highly-available";
import { pickerMetricFitsServer } from "../../picker/picker-metric-fits-server";
import { pickerVersionRange } from "../../picker/picker-version-range";
import { poolVisible } from "../../picker/pool-visible";
import { prioritiesNeedFlowControl } from "../../picker/priorities-need-flow-control";
import { inference } from "../fixtures/inference";
import { type Registered, runPolicies } from "../support/policies";

const policies = [
  ...[chartValues, metricFitsServer, pickerFailOpen, pickerHighlyAvailable],
  ...[pickerMetricFitsServer, pickerVersionRange, poolVisible, prioritiesNeedFlowControl],
];

const release: Registered = {
  type: "kubernetes:helm.sh/v3:Release",
  name: "release",
  inputs: {
    chart: "inferencepool",
    version: "v1.5.0",
    values: {
      inferencePool: { modelServers: { matchLabels: { app: "llm" } } },
      inferenceExtension: { flags: { v: 1 }, monitoring: { gke: { enabled: true } } },
      provider: { name: "gke" },
    },
  },
};
const stack = [...inference, release];

const ODD = [null, [], {}, "x", 7, true, [null], UNKNOWN, [UNKNOWN]];

test.each(stack.map((resource) => [resource.name, resource] as const))(
  "no shape of %s crashes a policy",
  async (_, resource) => {
    for (const [i, place] of placesIn(resource.inputs).entries()) {
      for (const odd of [ODD[i % ODD.length], ODD[(i + 4) % ODD.length]]) {
        const inputs = alteredInputs(resource.inputs, { set: place, to: odd });
        const changed = stack.map((each) => (each === resource ? { ...each, inputs } : each));
        for (const { message } of await runPolicies(changed, {
          policies,
          firstPreview: i % 2 > 0,
        })) {
          expect(message).toMatch(/^.+: .+; .+$/s);
        }
      }
    }
  },
);

/** The path of every place below it. */
function placesIn(value: unknown, keys: readonly Key[] = []): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => !key.includes("."))
    .flatMap(([key, below]) => {
      const place = [...keys, Array.isArray(value) ? Number(key) : key];
      return [pathOf(place), ...placesIn(below, place)];
    });
}
