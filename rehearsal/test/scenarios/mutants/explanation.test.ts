import { EXPLANATIONS } from "../../../scenarios/mutants/explained";
import { Explanations } from "../../../scenarios/mutants/explanation";
import type { Mutant, Operator } from "../../../scenarios/mutants/mutate";

function mutant(operator: Operator, path: string, name = "gateway"): Mutant {
  const at = { type: "kubernetes:x/v1:Gateway", name };
  return { name: `${name} ${operator} ${path}`, at, operator, path, edits: [{ at, drop: true }] };
}

test("it fits by type and name, operator and place; `*` stands for any text", () => {
  const explanations = new Explanations([
    { of: "kubernetes:*Gateway gate*", does: ["drop"], to: ["spec.a", "spec.b*"], why: "fine" },
  ]);
  expect(explanations.why(mutant("drop", "spec.a"))).toBe("fine");
  expect(explanations.why(mutant("drop", "spec.b[0].c"))).toBe("fine");
  expect(explanations.why(mutant("drop", "spec.ab"))).toBeUndefined();
  expect(explanations.why(mutant("drop", "spec.a.b"))).toBeUndefined();
  expect(explanations.why(mutant("flip", "spec.a"))).toBeUndefined();
  expect(explanations.why(mutant("drop", "spec.a", "route"))).toBeUndefined();
});

test("without an operator it means every change of a place, and that the whole is left out", () => {
  const explanations = new Explanations([{ of: "*", to: ["spec", ""], why: "fine" }]);
  expect(explanations.why(mutant("misspell", "spec"))).toBe("fine");
  expect(explanations.why(mutant("leave out", ""))).toBe("fine");
  expect(explanations.why(mutant("duplicate", ""))).toBeUndefined();
});

test("without a place it means the whole resource", () => {
  const explanations = new Explanations([{ of: "*", does: ["duplicate"], why: "twice the same" }]);
  expect(explanations.why(mutant("duplicate", ""))).toBe("twice the same");
  expect(explanations.why(mutant("drop", "spec"))).toBeUndefined();
});

test("a reason tells which rule is missing", () => {
  const explanations = new Explanations([{ of: "*", to: ["*"], why: "it hangs", rule: "no-hang" }]);
  expect(explanations.why(mutant("drop", "spec"))).toBe("a rule is missing, no-hang: it hangs");
});

test("the first that fits explains; those that never do are idle, place by place", () => {
  const explanations = new Explanations([
    { of: "*", does: ["drop"], to: ["a", "b"], why: "first" },
    { of: "*", to: ["a"], why: "second" },
  ]);
  expect(explanations.why(mutant("drop", "a"))).toBe("first");
  expect(explanations.idle).toEqual(["* drop b", "* a"]);
});

test("every reason is a sentence's worth", () => {
  for (const { why } of EXPLANATIONS) expect(why.split(" ").length).toBeGreaterThan(2);
});
