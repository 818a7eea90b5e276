import { type Run, readRun } from "../../summary/events";
import { hasPassed, summaryOf } from "../../summary/markdown";

const URN =
  "urn:pulumi:dev::p::my:index:Chart$kubernetes:inference.networking.k8s.io/v1:InferencePool::pool";

/** An event of the engine, as it writes one to a line. */
function event(body: object): string {
  return JSON.stringify({ sequence: 1, timestamp: 1, ...body });
}

function policyEvent(policyName: string, enforcementLevel: string, message: string): string {
  const severity = "high";
  return event({
    policyEvent: { resourceUrn: URN, message, policyName, enforcementLevel, severity },
  });
}

const SUMMARY = event({
  policyAnalyzeSummaryEvent: { resourceUrn: URN, passed: ["a", "b"], failed: ["pool-exported"] },
});
const STACK_SUMMARY = event({ policyAnalyzeStackSummaryEvent: { passed: ["two-regions"] } });
const EXPORTED = policyEvent(
  "pool-exported",
  "mandatory",
  "<{%reset%}>The rule.\nmetadata: no | <x>\n",
);
const ADVICE = policyEvent("other", "advisory", "Another rule.\nspec: think of it");

const GUIDES = [
  { name: "pool-exported", remediationSteps: "Export it.", url: "https://example.com/why" },
];

test("reads what policies said, and which judged", () => {
  expect(readRun([SUMMARY, EXPORTED, "", STACK_SUMMARY].join("\n"))).toEqual({
    said: [
      {
        policy: "pool-exported",
        level: "mandatory",
        severity: "high",
        resource: "InferencePool pool",
        message: "The rule.\nmetadata: no | <x>",
      },
    ],
    judged: new Set(["a", "b", "pool-exported", "two-regions"]),
    packs: [],
    errors: [],
  });
});

test("reads errors of the run, without colours, and leaves other talk out", () => {
  const diagnostics = [
    event({ diagnosticEvent: { severity: "error", message: "<{%fg 1%}>boom<{%reset%}>\n" } }),
    event({ diagnosticEvent: { severity: "warning", message: "well" } }),
    event({ resourcePreEvent: {} }),
  ];
  expect(readRun(diagnostics.join("\n"))).toEqual({
    said: [],
    judged: new Set(),
    packs: [],
    errors: ["boom"],
  });
});

test.each(["Previewing update", "42", "null", '{"half":'])("refuses %j, with its line", (line) => {
  expect(() => readRun(`${SUMMARY}\n${line}`)).toThrow(
    `line 2 is not an event of the engine: ${line}`,
  );
});

test("tells what has to be fixed before what is advised, each with its fix", () => {
  const run = readRun([SUMMARY, ADVICE, EXPORTED].join("\n"));
  expect(summaryOf(run, GUIDES)).toBe(`## Policies: 1 violation

### To fix

| policy | resource | message | fix |
| --- | --- | --- | --- |
| [pool-exported](https://example.com/why)<br>high | InferencePool pool | metadata: no \\| &lt;x> | Export it. |

### Advisory

| policy | resource | message | fix |
| --- | --- | --- | --- |
| other<br>high | InferencePool pool | spec: think of it |  |
`);
  expect(hasPassed(run)).toBe(false);
});

test("reads which packs ran where no policy is told", () => {
  const end = event({ summaryEvent: { durationSeconds: 0, PolicyPacks: { gateway: "0.1.0" } } });
  expect(readRun(end)).toEqual({ said: [], judged: new Set(), packs: ["gateway"], errors: [] });
});

const PASSED: Run = { said: [], judged: new Set(["a", "b"]), packs: ["gateway"], errors: [] };

test.each<[string, Run, string, boolean]>([
  ["policies that all passed", PASSED, "2 passed", true],
  ["a state that a pack judged", { ...PASSED, judged: new Set() }, "gateway passed", true],
  ["advice", { ...PASSED, said: readRun(ADVICE).said }, "2 passed, 1 advisory", true],
  [
    "a run in which no policy judged",
    { ...PASSED, judged: new Set(), packs: [] },
    "no policy judged anything",
    false,
  ],
  ["a run that failed", { ...PASSED, errors: ["boom"] }, "the run failed", false],
])("calls %s by its name", (_, run, verdict, passed) => {
  expect(summaryOf(run, []).split("\n")[0]).toBe(`## Policies: ${verdict}`);
  expect(hasPassed(run)).toBe(passed);
});

test("shows why a run failed, but not that a preview fails of its policies", () => {
  const failed = { ...PASSED, errors: ["boom"] };
  expect(summaryOf(failed, [])).toContain("\n```\nboom\n```\n");
  expect(summaryOf({ ...failed, said: readRun(EXPORTED).said }, [])).not.toContain("boom");
});
