import { KubeObject } from "../../../../../rehearsal/kube/objects";
import { Verdict } from "../../../../../rehearsal/providers/kubernetes/await/readiness";
import { parseWaitFor } from "../../../../../rehearsal/providers/kubernetes/await/waitFor";

function judge(expression: string, status: object, generation?: number): Verdict {
  const metadata = { name: "g", generation };
  const object = { apiVersion: "demo.dev/v1", kind: "Gateway", metadata, status } as KubeObject;
  return parseWaitFor(expression).judge({ object, related: () => [], quietSeconds: () => 0 });
}

const reasonsOf = (verdict: Verdict) => (verdict.is === "ready" ? [] : verdict.reasons);

const condition = (more: object = {}) => ({
  conditions: [{ type: "Programmed", status: "True", reason: "Ok", message: "fine", ...more }],
});

describe("condition=", () => {
  it.each([
    ["Programmed", condition(), []],
    ["programmed=TRUE", condition(), []],
    ["Programmed=False", condition({ status: "False" }), []],
    ["Ready", condition(), ["condition Ready=True (there is none yet)"]],
    ["Programmed", {}, ["condition Programmed=True (there is none yet)"]],
    [
      "Programmed",
      condition({ status: "False", reason: "NoSubnet", message: "no proxy-only subnet" }),
      ["condition Programmed=True (it is False: [NoSubnet] no proxy-only subnet)"],
    ],
    [
      "Programmed=False",
      condition({ reason: "", message: "" }),
      ["condition Programmed=False (it is True)"],
    ],
  ])("%s of %j", (expression, status, reasons) => {
    expect(reasonsOf(judge(`condition=${expression}`, status))).toEqual(reasons);
  });

  const OLD = ["condition Programmed=True (not yet for the newest generation)"];
  it.each([
    [condition({ observedGeneration: 2 }), []],
    [condition({ observedGeneration: 1 }), OLD],
    [{ ...condition(), observedGeneration: 1 }, OLD],
    [{ ...condition({ observedGeneration: 2 }), observedGeneration: 1 }, []],
  ])("of generation 2, observed %j", (status, reasons) => {
    expect(reasonsOf(judge("condition=Programmed", status, 2))).toEqual(reasons);
  });
});

describe("jsonpath=", () => {
  const STATUS = { phase: "Running", count: 3, on: true, list: ["a"], nothing: null };
  it.each([
    ["{.status.phase}", []],
    ["{$.status.nothing}", []],
    ["{.status.phase}=Running", []],
    ["{.status.count}=3", []],
    ["{.status.on}=true", []],
    ["{.status.nothing}=null", []],
    ['{.status[?@=="{}"]}', ['{.status[?@=="{}"]} (there is none yet)']],
    ["{.status.gone}", ["{.status.gone} (there is none yet)"]],
    ['{.status.phase}="Running"', ['{.status.phase}="Running" (found "Running")']],
    ["{.status.phase}=Pending", ['{.status.phase}=Pending (found "Running")']],
    ["{.status.list}=a", ['{.status.list}=a (found ["a"])']],
  ])("%s", (expression, reasons) => {
    expect(reasonsOf(judge(`jsonpath=${expression}`, STATUS))).toEqual(reasons);
  });

  it("waits for the newest generation", () => {
    const reasons = ["{.status.a} (not yet for the newest generation)"];
    expect(reasonsOf(judge("jsonpath={.status.a}", { a: 1, observedGeneration: 1 }, 2))).toEqual(
      reasons,
    );
  });
});

it("holds when all of a list hold, and shows the first that does not", () => {
  const both = JSON.stringify(["condition=Programmed", "jsonpath={.status.ip}"]);
  expect(judge(both, { ...condition(), ip: "1" })).toEqual({ is: "ready" });
  expect(judge(both, {})).toEqual({
    is: "waiting",
    status: "Waiting for condition Programmed=True (there is none yet)",
    reasons: ["condition Programmed=True (there is none yet)", "{.status.ip} (there is none yet)"],
  });
});

it.each([
  ["Programmed", "an expression starts with condition= or jsonpath="],
  ["", "an expression starts with condition= or jsonpath="],
  ["condition=", "a condition is <type> or <type>=<status>"],
  ["condition=A=B=C", "a condition is <type> or <type>=<status>"],
  ["jsonpath=.status", "a JSONPath is {<path>} or {<path>}=<value>"],
  ["jsonpath={.status}=", "a JSONPath is {<path>} or {<path>}=<value>"],
  ["jsonpath={.status}!=x", "a JSONPath is {<path>} or {<path>}=<value>"],
  ["[]", "an array must hold one expression or more, each a string"],
  ["[1]", "an array must hold one expression or more, each a string"],
  ["[condition=A]", "it starts as a JSON array and is none"],
])("refuses %p", (text, reason) => {
  expect(() => parseWaitFor(text)).toThrow(
    new Error(`pulumi.com/waitFor: ${JSON.stringify(text)}: ${reason}`),
  );
});
