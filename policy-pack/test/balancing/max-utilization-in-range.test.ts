import { UNKNOWN } from "../support/unknown";
import { maxUtilizationInRange } from "../../balancing/max-utilization-in-range";
import { pending } from "../fixtures/messages";
import { asGenerated, backendPolicy, changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { type Registered, unknownBut } from "../support/policies";

const METRICS = "spec.default.customMetrics";
const LIMIT = `${METRICS}.0.maxUtilizationPercent`;
const LIMIT_PATH = `${METRICS}[0].maxUtilizationPercent`;
const SCOPE_PATH = "spec.default.scopes[1].customMetrics[0].maxUtilizationPercent";

const notSet = `${LIMIT_PATH}: is not set, so GKE takes 80; set it to a whole number in 30..85`;
const noMetrics =
  `${METRICS}: is not set although balancingMode is CUSTOM_METRICS, so there is no limit; ` +
  "name the metric to balance on, with maxUtilizationPercent in 30..85";

const findings = findingsIn(maxUtilizationInRange);

function withLimit(percent: unknown): Registered {
  return changed(backendPolicy, LIMIT, percent);
}

/** Balances in its scopes instead of for all. */
function scoped(...percents: unknown[]): Registered {
  const scopes = percents.map((percent, index) => ({
    selector: { "gke.io/region": `region-${index}` },
    balancingMode: "CUSTOM_METRICS",
    customMetrics: [{ name: "m", dryRun: false, maxUtilizationPercent: percent }],
  }));
  return changed(backendPolicy, "spec.default", { timeoutSec: 600, scopes });
}

test.each([
  ["the lowest limit", withLimit(30)],
  ["the limit of Google's benchmark", withLimit(40)],
  ["the highest limit", withLimit(85)],
  ["limits in scopes", scoped(30, 85)],
  [
    "no metrics where none are balanced on",
    changed(changed(backendPolicy, METRICS), "spec.default.balancingMode", "IN_FLIGHT"),
  ],
  ["a plain Service", changed(withLimit(99), "spec.targetRef.kind", "ServiceImport")],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  [
    "below the range",
    withLimit(29),
    `${LIMIT_PATH}: 29 is not in 30..85; set it to a whole number in 30..85`,
  ],
  [
    "above the range",
    withLimit(86),
    `${LIMIT_PATH}: 86 is not in 30..85; set it to a whole number in 30..85`,
  ],
  [
    "a fraction",
    withLimit(0.6),
    `${LIMIT_PATH}: 0.6 is not a whole number; set it to a whole number in 30..85`,
  ],
  [
    "a string",
    withLimit("60"),
    `${LIMIT_PATH}: "60" is not a whole number; set it to a whole number in 30..85`,
  ],
  ["no limit", withLimit(undefined), notSet],
  [
    "the field that does not exist",
    changed(backendPolicy, METRICS, [{ name: "m", dryRun: false, maxUtilization: 60 }]),
    notSet,
  ],
  ["null for a metric", changed(backendPolicy, METRICS, [null]), notSet],
  [
    "above the range in the second scope",
    scoped(60, 90),
    `${SCOPE_PATH}: 90 is not in 30..85; set it to a whole number in 30..85`,
  ],
  ["no metrics", changed(backendPolicy, METRICS), noMetrics],
  ["an empty list", changed(backendPolicy, METRICS, []), noMetrics.replace("not set", "empty")],
])("fails %s", async (_, resource, message) => {
  expect(await findings(resource)).toEqual([["mandatory", message]]);
});

test("names the scope that balances on metrics but has none", async () => {
  const scopes = [{ balancingMode: "CUSTOM_METRICS" }];
  const policy = changed(backendPolicy, "spec.default", { scopes });
  const message = noMetrics.replace("spec.default.", "spec.default.scopes[0].");
  expect(await findings(policy)).toEqual([["mandatory", message]]);
});

test("takes an empty list in a scope for none", async () => {
  const scopes = [{ balancingMode: "CUSTOM_METRICS", customMetrics: [] }];
  const policy = changed(backendPolicy, "spec.default", { customMetrics: [], scopes });
  const message = noMetrics.replace("spec.default.", "spec.default.scopes[0].");
  expect(await findings(policy)).toEqual([["mandatory", message.replace("not set", "empty")]]);
});

describe("in a stack that serves users", () => {
  const message = (percent: number, stack: string) =>
    `${LIMIT_PATH}: ${percent} is not in 30..60 in the production stack ${stack}; ` +
    `set it to a whole number in 30..60 in the production stack ${stack}`;

  test("passes 60", async () => {
    expect(await findings(withLimit(60), { stack: "prod" })).toEqual([]);
  });

  test.each(["prod", "prod-eu", "llm-prod", "production"])("fails 61 in %s", async (stack) => {
    const expected = [["mandatory", message(61, stack)]];
    expect(await findings(withLimit(61), { stack })).toEqual(expected);
  });

  test.each(["product", "dev", "preprod"])("takes %s for none", async (stack) => {
    expect(await findings(withLimit(61), { stack })).toEqual([]);
  });

  test("knows it by the configured names", async () => {
    const config = { [maxUtilizationInRange.name]: { productionStacks: ["live.*"] } };
    const expected = [["mandatory", message(61, "live.eu")]];
    expect(await findings(withLimit(61), { config, stack: "live.eu" })).toEqual(expected);
    expect(await findings(withLimit(61), { config, stack: "live-eu" })).toEqual([]);
  });
});

test("takes another range", async () => {
  const config = { [maxUtilizationInRange.name]: { minimum: 20, maximum: 40 } };
  const message = `${LIMIT_PATH}: 45 is not in 20..40; set it to a whole number in 20..40`;
  expect(await findings(withLimit(45), { config })).toEqual([["mandatory", message]]);
  expect(await findings(withLimit(20), { config })).toEqual([]);
});

test.each([
  [
    { minimum: 86 },
    "minimum (86) is above maximum (85) and productionMaximum (60); set minimum to 60 or less",
  ],
  [{ minimum: 61 }, "minimum (61) is above productionMaximum (60); set minimum to 60 or less"],
  [{ maximum: 29 }, "minimum (30) is above maximum (29); set minimum to 29 or less"],
])("refuses %j, which leave no value", async (settings, problem) => {
  const config = { [maxUtilizationInRange.name]: settings };
  await expect(findings(backendPolicy, { config })).rejects.toThrow(
    new RegExp(`max-utilization-in-range: ${problem.replace(/[()]/g, "\\$&")}$`),
  );
});

test("takes limits that leave one value", async () => {
  const settings = { minimum: 60, maximum: 60, productionMaximum: 60 };
  const config = { [maxUtilizationInRange.name]: settings };
  expect(await findings(withLimit(60), { config })).toEqual([]);
});

test("judges the object under a generated class's token", async () => {
  expect(await findings(asGenerated(withLimit(undefined)))).toEqual([["mandatory", notSet]]);
});

test("judges among siblings that are not known yet", async () => {
  const { inputs } = withLimit(99);
  const known = [LIMIT, "kind", "apiVersion"];
  const message = `${LIMIT_PATH}: 99 is not in 30..85; set it to a whole number in 30..85`;
  expect(await findings({ ...backendPolicy, inputs: unknownBut(inputs, ...known) })).toEqual([
    ["mandatory", message],
  ]);
});

test.each<[string, Registered, string[]]>([
  ["the limit", withLimit(UNKNOWN), [LIMIT_PATH]],
  ["the metric", changed(backendPolicy, `${METRICS}.0`, UNKNOWN), [LIMIT_PATH]],
  ["all metrics", changed(backendPolicy, METRICS, UNKNOWN), [METRICS]],
  [
    "all of the policy",
    changed(backendPolicy, "spec.default", UNKNOWN),
    [METRICS, "spec.default.scopes"],
  ],
  ["one scope's limit", scoped(60, UNKNOWN), [SCOPE_PATH]],
])("advises where %s is not known yet", async (_, resource, paths) => {
  expect(await findings(resource)).toEqual(paths.map((path) => ["advisory", pending(path)]));
});
