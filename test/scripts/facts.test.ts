import * as fs from "node:fs";
import * as path from "node:path";

import { ageInDays, type Dated, goodUntil, isOld } from "../../catalog/dated";
import { facts as catalogFacts } from "../../catalog/facts";
import { facts as policyFacts } from "../../policy-pack/facts";
import { facts as emulatedFacts } from "../../rehearsal/emulator/facts";
import { factsDocs } from "../../scripts/docs/facts";
import { facts } from "../../scripts/facts/facts";
import { factsOn } from "../../scripts/facts/table";
import { agingLiterals } from "../support/agingLiterals";

const ROOT = path.resolve(__dirname, "../..");

const PRICES: Dated = {
  title: "Prices",
  source: "a price list",
  asOf: "2026-08-31",
  goodForMonths: 6,
};

describe("a fact", () => {
  test.each([
    ["2026-07-30", 3, "2026-10-30"],
    ["2026-08-31", 6, "2027-02-28"],
    ["2026-12-01", 1, "2027-01-01"],
  ])("of %s that holds for %i months is good until %s", (asOf, goodForMonths, until) => {
    expect(goodUntil({ ...PRICES, asOf, goodForMonths })).toBe(until);
  });

  test("is old from the day after on", () => {
    expect(isOld(PRICES, new Date("2027-02-28T23:59:59Z"))).toBe(false);
    expect(isOld(PRICES, new Date("2027-03-01T00:00:00Z"))).toBe(true);
    expect(ageInDays(PRICES, new Date("2026-09-02T12:00:00Z"))).toBe(2);
  });

  test("is listed with its age, the one to look at first at the top", () => {
    const list = [
      { ...PRICES, of: "program" },
      { ...PRICES, title: "Zones", asOf: "2026-01-01", of: "policies" },
    ];
    expect(factsOn(list, new Date("2026-09-01")).split("\n").slice(2)).toEqual([
      "| Zones | policies | a price list | 2026-01-01 | 2026-07-01 | 243 days | **too old** |",
      "| Prices | program | a price list | 2026-08-31 | 2027-02-28 | 1 days |  |",
    ]);
  });
});

describe("no fact that ages is used as if it were eternal", () => {
  const parts: [string, string[], readonly Dated[]][] = [
    ["the program", programSources(), catalogFacts],
    ["the policies", sources("policy-pack"), policyFacts],
  ];

  test.each(parts)("%s: who holds one says from where and of which day", (_, files) => {
    const undated = files
      .filter((file) => !/export const \w+_DATED: Dated\b/.test(read(file)))
      .map((file) => [file, agingLiterals(read(file))] as const)
      .filter(([, found]) => found.length > 0);
    expect(undated).toEqual([]);
  });

  const all: typeof parts = [...parts, ["the emulated cloud", sources("rehearsal"), emulatedFacts]];

  test.each(all)("%s: what is dated is in the list of facts", (_, files, listed) => {
    const titles = files.flatMap((file) =>
      [...read(file).matchAll(/export const \w+_DATED: Dated\b[^{]*\{\s*title:\s*"([^"]*)"/g)].map(
        ([, title]) => title,
      ),
    );
    expect(listed.map(({ title }) => title).sort()).toEqual(titles.sort());
  });

  test("a text that is one is found; one that only tells of it is not", () => {
    const source = `
      // "v0.10.2"
      const floor = "1.35.1-gke.1396000";
      const zones = ["us-east4-a", \`e2-standard-8\`];
      const told = "vLLM v0.10.2 renamed it";`;
    expect(agingLiterals(source)).toEqual([
      "a GKE build: 1.35.1-gke.1396000",
      "a zone: us-east4-a",
      "a machine type: e2-standard-8",
    ]);
  });

  test.each(facts.map((fact) => [fact.title, fact] as const))(
    "%s: has a day and a span",
    (_, f) => {
      expect([f.asOf, new Date(f.asOf).toISOString().slice(0, 10)]).toEqual([f.asOf, f.asOf]);
      expect(f.goodForMonths).toBeGreaterThanOrEqual(1);
      expect(f.source).not.toBe("");
    },
  );
});

test("docs/facts.md is what the tables say; `make docs` writes it anew", () => {
  expect(read("docs/facts.md")).toBe(factsDocs(facts));
});

/** The program itself: what `pulumi up` runs. */
function programSources(): string[] {
  return [".", "catalog", "components", "config", "cost", "customResources"].flatMap(sources);
}

function sources(under: string): string[] {
  const recursive = under !== ".";
  return fs
    .readdirSync(path.join(ROOT, under), { recursive, encoding: "utf8" })
    .map((file) => path.join(under, file))
    .filter((file) => file.endsWith(".ts") && !/(^|\/)(node_modules|test)\//.test(file));
}

function read(file: string): string {
  return fs.readFileSync(path.join(ROOT, file), "utf8");
}
