import type { EngineEvent, OpType } from "@pulumi/pulumi/automation";

import { EngineReport } from "../../../operations/support/engineReport";
import { refusalOf } from "../../../operations/teardown/refusal";

import { urn } from "./fakes";

const FEATURE = "gcp:gkehub/feature:Feature";
const feature = urn(FEATURE, "gateway-multiclusteringress");
const REFUSAL =
  "\u003c{%reset%}\u003e1 error occurred:\n\t* Error when reading or editing Feature: googleapi: Error 400: Feature has associated " +
  "resources that should be cleaned up before deletion.\n\n\u003c{%reset%}\u003e\n";

type Said = Omit<EngineEvent, "sequence" | "timestamp">;
const said = (message: string, at?: string, severity: "error" | "warning" = "error"): Said => ({
  diagnosticEvent: { message, severity, color: "raw", ...(at && { urn: at }) },
});
const metadata = (op: OpType, type: string, at: string) => ({ op, type, urn: at, provider: "" });
const failedAt = (op: OpType, type: string, at: string): Said => ({
  resOpFailedEvent: { metadata: metadata(op, type, at), status: 0, steps: 1 },
});
const begun = (op: OpType, type: string, at: string): Said => ({
  resourcePreEvent: { metadata: metadata(op, type, at) },
});

function heard(...events: Said[]): EngineReport {
  const report = new EngineReport();
  events.forEach((event, sequence) => report.hear({ sequence, timestamp: 0, ...event }));
  return report;
}

test("a failure has the words that were said of its resource, without marks of colour; the closing words are none", () => {
  const report = heard(
    said("using pulumi-resource-gcp from $PATH", undefined, "warning"),
    said(REFUSAL, feature),
    failedAt("delete", FEATURE, feature),
    said("<{%reset%}>update failed<{%reset%}>\n"),
  );
  expect(report.failures).toEqual([
    {
      operation: "delete",
      type: FEATURE,
      urn: feature,
      messages: [
        "1 error occurred:\n\t* Error when reading or editing Feature: googleapi: Error 400: Feature has associated resources that should be cleaned up before deletion.",
      ],
    },
  ]);
  expect(report.errors).toEqual([]);
  expect(refusalOf({ kind: "failed", failures: report.failures, errors: report.errors })).toEqual({
    feature: true,
    leftovers: [],
  });
});

test("what is said of no failed operation is an error of its own", () => {
  const other = urn("a:b:C", "c");
  const report = heard(
    failedAt("delete", FEATURE, feature),
    said("no space left", other),
    said("gone"),
  );
  expect(report.errors).toEqual(["no space left", "gone"]);
  expect(report.failures).toEqual([
    { operation: "delete", type: FEATURE, urn: feature, messages: [] },
  ]);
});

test("what a preview would change is told, what it would leave is not", () => {
  const report = heard(
    begun("same", "a:b:C", "urn-1"),
    begun("refresh", "a:b:C", "urn-1"),
    begun("update", "a:b:C", "urn-2"),
    begun("create-replacement", "a:b:C", "urn-3"),
  );
  expect(report.changes).toEqual([
    { operation: "update", type: "a:b:C", urn: "urn-2" },
    { operation: "create-replacement", type: "a:b:C", urn: "urn-3" },
  ]);
});

test.each([
  ["^C received; cancelling. If you would like to terminate immediately, press ^C again.\n", true],
  ["SIGTERM received; cancelling.\n", true],
  ["the user said: ^C received\n", false],
])("a signal that has reached the engine is noticed: %j", (message, stopping) => {
  expect(heard({ stdoutEvent: { message, color: "" } }).stopping).toBe(stopping);
});
