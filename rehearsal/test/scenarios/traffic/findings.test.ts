import { Findings } from "../../../scenarios/traffic/findings";

let findings: Findings;
beforeEach(() => (findings = new Findings()));

test("a figure inside of its bounds is no problem, and bounds are inside", () => {
  for (const value of [55, 60.04, 65]) findings.within("use", value, [55, 65], "%");
  expect(findings.problems).toEqual([]);
  expect(findings.figures[1]).toEqual({ name: "use", value: "60 %", expected: "55 to 65 %" });
});

test.each([
  ["below", () => findings.within("use", 54.9, [55, 65], "%"), "use: 54.9 %; expected 55 to 65 %"],
  ["above", () => findings.within("use", 65.1, [55, 65], "%"), "use: 65.1 %; expected 55 to 65 %"],
  ["missing", () => findings.within("use", undefined, [55, 65]), "use: nothing; expected 55 to 65"],
  ["not a number", () => findings.equal("failed", NaN, 0), "failed: NaN; expected 0"],
  ["another one", () => findings.equal("failed", 3, 0), "failed: 3; expected 0"],
  ["too few", () => findings.atLeast("shed", 0, 1), "shed: 0; expected at least 1"],
  ["too many", () => findings.atMost("wait", 10.5, 10, "s"), "wait: 10.5 s; expected at most 10 s"],
  ["another text", () => findings.says("policy", "x", /^y/), "policy: x; expected /^y/"],
])("%s is a problem, and stays a figure", (_, find, problem) => {
  find();
  expect(findings.problems).toEqual([problem]);
  expect(findings.figures).toHaveLength(1);
});

test("a figure without bounds is never a problem", () => {
  findings.note("ratio", 1.0449);
  expect(findings).toEqual({ figures: [{ name: "ratio", value: "1.04" }], problems: [] });
});
