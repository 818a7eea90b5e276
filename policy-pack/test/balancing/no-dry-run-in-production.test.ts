import { UNKNOWN } from "../support/unknown";
import { noDryRunInProduction } from "../../balancing/no-dry-run-in-production";
import { pending } from "../fixtures/messages";
import { asGenerated, backendPolicy, changed } from "../fixtures/stack";
import { findingsIn } from "../support/findings";
import { type Registered, remedied, unknownBut } from "../support/policies";

const METRICS = "spec.default.customMetrics";
const DRY_RUN = `${METRICS}.0.dryRun`;

const dry = changed(backendPolicy, DRY_RUN, true);
const message = (path: string, stack = "prod") =>
  `${path}: true keeps the production stack ${stack} from balancing on it; set it to false`;

const findings = findingsIn(noDryRunInProduction, { stack: "prod" });

function scoped(...dryRuns: unknown[]): Registered {
  const scopes = dryRuns.map((dryRun) => ({ customMetrics: [{ name: "m", dryRun }] }));
  return changed(backendPolicy, "spec.default", { scopes });
}

function patch(resource: Registered): Registered {
  return { ...resource, type: `${resource.type}Patch` };
}

test.each<[string, Registered]>([
  ["a metric that is balanced on", backendPolicy],
  ["no metrics", changed(backendPolicy, METRICS)],
  ["a metric that says nothing", changed(backendPolicy, DRY_RUN)],
  ["dryRun where there is no such field", changed(backendPolicy, "spec.default.dryRun", true)],
  ["a text, which GKE refuses", changed(backendPolicy, DRY_RUN, "true")],
  ["an object for metrics", changed(backendPolicy, METRICS, { dryRun: true })],
  ["null for a metric", changed(backendPolicy, METRICS, [null])],
  ["null for spec", changed(backendPolicy, "spec", null)],
  ["a list for default", changed(backendPolicy, "spec.default", [])],
  ["a plain Service's", changed(dry, "spec.targetRef.kind", "ServiceImport")],
  ["another kind of object", changed(dry, "kind", "GCPGatewayPolicy")],
])("passes %s", async (_, resource) => {
  expect(await findings(resource)).toEqual([]);
});

test.each<[string, Registered, string]>([
  ["a dry run", dry, `${METRICS}[0].dryRun`],
  [
    "the second of two metrics",
    changed(backendPolicy, METRICS, [
      { name: "a", dryRun: false },
      { name: "b", dryRun: true },
    ]),
    `${METRICS}[1].dryRun`,
  ],
  ["the second scope's", scoped(false, true), "spec.default.scopes[1].customMetrics[0].dryRun"],
  ["one without a target", changed(dry, "spec.targetRef"), `${METRICS}[0].dryRun`],
  ["a patch", patch(dry), `${METRICS}[0].dryRun`],
  ["a generated class's object", asGenerated(dry), `${METRICS}[0].dryRun`],
])("fails %s", async (_, resource, path) => {
  expect(await findings(resource)).toEqual([["mandatory", message(path)]]);
});

test("passes it outside production, and knows that by the configured names", async () => {
  expect(await findings(dry, { stack: "dev" })).toEqual([]);
  const config = { [noDryRunInProduction.name]: { productionStacks: ["live"] } };
  expect(await findings(dry, { config })).toEqual([]);
  expect(await findings(dry, { config, stack: "live" })).toEqual([
    ["mandatory", message(`${METRICS}[0].dryRun`, "live")],
  ]);
});

test("judges among siblings that are not known yet", async () => {
  const inputs = unknownBut(dry.inputs, "kind", "apiVersion", DRY_RUN);
  expect(await findings({ ...dry, inputs })).toEqual([
    ["mandatory", message(`${METRICS}[0].dryRun`)],
  ]);
});

test.each<[string, Registered, string[]]>([
  ["dryRun", changed(backendPolicy, DRY_RUN, UNKNOWN), [`${METRICS}[0].dryRun`]],
  ["a metric", changed(backendPolicy, METRICS, [UNKNOWN]), [`${METRICS}[0].dryRun`]],
  ["the metrics", changed(backendPolicy, METRICS, UNKNOWN), [METRICS]],
  [
    "the scopes",
    changed(backendPolicy, "spec.default", { scopes: UNKNOWN }),
    ["spec.default.scopes"],
  ],
  ["the spec", changed(backendPolicy, "spec", UNKNOWN), [METRICS, "spec.default.scopes"]],
])("advises where %s is not known yet, in production only", async (_, resource, paths) => {
  const expected = paths.map((path) => ["advisory", pending(path)]);
  expect(await findings(resource)).toEqual(expected);
  expect(await findings(resource, { stack: "dev" })).toEqual([]);
});

test("mends it where it may", async () => {
  const mended = (resource: Registered, stack = "prod") =>
    remedied(resource, noDryRunInProduction, { stack });
  expect(await mended(dry)).toEqual(backendPolicy.inputs);
  expect(await mended(scoped(true, false, true))).toEqual(scoped(false, false, false).inputs);
  expect(await mended(patch(dry))).toEqual(backendPolicy.inputs);

  expect(await mended(dry, "dev")).toBeUndefined();
  expect(await mended(backendPolicy)).toBeUndefined();
  expect(await mended(changed(backendPolicy, DRY_RUN, UNKNOWN))).toBeUndefined();
  expect(await mended(changed(backendPolicy, DRY_RUN, "true"))).toBeUndefined();
  expect(await mended(changed(dry, "spec.targetRef.kind", "Service"))).toBeUndefined();
});
