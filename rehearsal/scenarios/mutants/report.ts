import { policies } from "../../../policy-pack/index";
import { table } from "../rehearsal/steps";

import { MISSING } from "./explanation";
import type { MutantRun } from "./run";
import { idOfVerdict, type Verdict } from "./verdict";

const BY: [Verdict["by"], string][] = [
  ["policy", "caught by a policy"],
  ["api", "caught by an API"],
  ["production", "caught in production stacks only"],
  ["explanation", "explained"],
  ["nobody", "neither"],
];

/** How many mutants each stack has, and who catches them. */
export function outcomeTable(verdicts: readonly Verdict[]): string {
  const stacks = [...new Set(verdicts.map(({ stack }) => stack))];
  const row = (name: string, wanted: (verdict: Verdict) => boolean) => [
    name,
    ...stacks.map((stack) => {
      return String(verdicts.filter((each) => each.stack === stack && wanted(each)).length);
    }),
  ];
  return table(
    ["mutants of", ...stacks],
    [
      row("made", () => true),
      ...BY.map(([by, name]) => row(name, (verdict) => verdict.by === by)),
      row("explained by a missing rule", ({ what }) => what.some((why) => why.startsWith(MISSING))),
    ],
  );
}

/** How many mutants each policy catches, and how many no other policy does. */
export function policyTable(names: readonly string[], verdicts: readonly Verdict[]): string {
  const caught = verdicts.filter(({ by }) => by === "policy");
  const rows = names.map((name) => {
    const its = caught.filter(({ what }) => what.includes(name));
    const alone = its.filter(({ what }) => what.length === 1);
    return [name, String(its.length), String(alone.length)];
  });
  return table(["policy", "catches", "alone"], rows);
}

/** One line for each mutant. */
export function listing(verdicts: readonly Verdict[]): string {
  return verdicts
    .map((each) => `${idOfVerdict(each)}\n    ${each.by}: ${each.what.join("; ")}`)
    .join("\n");
}

/**
 * Prints tables, the mutants that nothing catches, and the counts; PRINT=1 all mutants.
 * @param idle explanations that no mutant needs @returns whether everything is as it should be
 */
export function printReport(runs: readonly MutantRun[], idle: readonly string[]): boolean {
  const verdicts = runs.flatMap((run) => run.verdicts);
  const surviving = verdicts.filter(({ by }) => by === "nobody");
  const problems = [
    ...runs.flatMap((run) => run.problems),
    ...idle.map((text) => `unused explanation: ${text}`),
  ];
  const names = policies.map(({ name }) => name).filter((name) => name !== "remember-inputs");
  if (process.env.PRINT) console.log(listing(verdicts));
  console.log(`\n${policyTable(names, verdicts)}\n\n${outcomeTable(verdicts)}\n`);
  if (!process.env.PRINT && surviving.length > 0) console.log(listing(surviving));
  for (const problem of problems) console.log(problem);
  const failed = surviving.length + problems.length;
  console.log(`${verdicts.length - surviving.length} passed, ${failed} failed`);
  return failed === 0;
}
