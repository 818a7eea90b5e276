import { ageInDays, goodUntil, isOld } from "../../catalog/dated";
import { markdownTable } from "../../rehearsal/scenarios/markdownTable";

import type { Fact } from "./facts";

/** The facts as a table, with their age on a day, those that have to be looked at first at the top. */
export function factsOn(facts: readonly Fact[], today: Date): string {
  const rows = sorted(facts).map((fact) => [
    ...cells(fact),
    `${ageInDays(fact, today)} days`,
    isOld(fact, today) ? "**too old**" : "",
  ]);
  return markdownTable([...HEADINGS, "age", ""], rows).join("\n");
}

/** The facts as a table that is the same on every day. */
export function factsTable(facts: readonly Fact[]): string[] {
  return markdownTable(HEADINGS, sorted(facts).map(cells));
}

const HEADINGS = ["fact", "held by", "source", "as of", "good until"];

function cells(fact: Fact): string[] {
  return [fact.title, fact.of, fact.source, fact.asOf, goodUntil(fact)];
}

function sorted(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((a, b) => goodUntil(a).localeCompare(goodUntil(b)));
}
