import { UNKNOWN } from "../support/unknown";
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
    for (const [i, place] of fieldsIn(resource.inputs).entries()) {
      for (const odd of [ODD[i % ODD.length], ODD[(i + 4) % ODD.length]]) {
        const inputs = replaced(resource.inputs, place, odd);
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

/** The keys of every field and item in a value. */
function fieldsIn(value: unknown, keys: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, below]) => {
    const field = [...keys, key];
    return [field, ...fieldsIn(below, field)];
  });
}

/** A copy in which one field is another value. */
function replaced(inputs: object, keys: readonly string[], to: unknown): object {
  const copy = structuredClone(inputs);
  const parent = keys.slice(0, -1).reduce((value: object, key) => Reflect.get(value, key), copy);
  Reflect.set(parent, keys.at(-1) ?? "", to);
  return copy;
}
