import type { Fact } from "../facts/facts";
import { factsTable } from "../facts/table";

const HEAD = `# Facts that age

Versions on offer, zones, machine types, prices and images change without this repository. Each table of them holds its
source, the day of that source, and how long it is good for; \`make docs\` writes this page from them. \`make facts\`
prints the same with the age of each today, and fails where one is too old. [A workflow](../.github/workflows/facts.yml)
runs it each month and opens an issue.

To renew a fact, read its source, correct the table, and set \`asOf\` to the day of the source. Program, policies and
emulated cloud hold their facts apart, so that one can prove another wrong: renew each.
`;

/** `docs/facts.md` */
export function factsDocs(facts: readonly Fact[]): string {
  return [HEAD, ...factsTable(facts), ""].join("\n");
}
