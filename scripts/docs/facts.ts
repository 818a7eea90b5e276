import type { Fact } from "../facts/facts";
import { factsTable } from "../facts/table";

const HEAD = `# Facts that age

Google changes versions, zones, machine types, prices and images. Each table of such facts names its source, the date of
that source, and how long it stays good; \`make docs\` writes this page from the tables. \`make facts\` prints the same list
with today's ages, and fails if a fact is too old. [A workflow](../.github/workflows/facts.yml) runs it each month and
opens an issue.

To renew a fact, read its source, correct the table, and set \`asOf\` to the date of the source. The program, the policies
and the emulated cloud each hold their own facts, so that one can prove another wrong: renew all three.
`;

/** `docs/facts.md` */
export function factsDocs(facts: readonly Fact[]): string {
  return [HEAD, ...factsTable(facts), ""].join("\n");
}
