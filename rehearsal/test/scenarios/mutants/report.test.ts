import type { Mutant, Operator } from "../../../scenarios/mutants/mutate";
import { listing, outcomeTable, policyTable } from "../../../scenarios/mutants/report";
import type { Verdict } from "../../../scenarios/mutants/verdict";

const mutant = (operator: Operator): Mutant => {
  const at = { type: "gcp:a:A", name: "one" };
  const edit = { at, unset: "size" };
  return { name: `gcp:a:A one ${operator} size`, at, operator, path: "size", edits: [edit] };
};
const verdicts: Verdict[] = [
  { stack: "prod", mutant: mutant("drop"), by: "policy", what: ["a", "b"] },
  { stack: "prod", mutant: mutant("halve"), by: "policy", what: ["a"] },
  { stack: "prod", mutant: mutant("flip"), by: "api", what: ["no"] },
  { stack: "dev", mutant: mutant("drop"), by: "production", what: [] },
  { stack: "dev", mutant: mutant("halve"), by: "explanation", what: ["fine"] },
  {
    stack: "dev",
    mutant: mutant("double"),
    by: "explanation",
    what: ["a rule is missing, x: it hangs"],
  },
  { stack: "dev", mutant: mutant("flip"), by: "nobody", what: [] },
];

test("how many each stack has, and who catches them", () => {
  expect(outcomeTable(verdicts).split("\n")).toEqual([
    "mutants of                        prod  dev",
    "--------------------------------  ----  ---",
    "made                              3     4",
    "caught by a policy                2     0",
    "caught by an API                  1     0",
    "caught in production stacks only  0     1",
    "explained                         0     2",
    "neither                           0     1",
    "explained by a missing rule       0     1",
  ]);
});

test("how many each policy catches, and how many it alone", () => {
  expect(policyTable(["a", "b", "c"], verdicts).split("\n")).toEqual([
    "policy  catches  alone",
    "------  -------  -----",
    "a       2        1",
    "b       1        0",
    "c       0        0",
  ]);
});

test("two lines for each mutant", () => {
  expect(listing(verdicts.slice(0, 1))).toBe("prod: gcp:a:A one drop size\n    policy: a; b");
});
