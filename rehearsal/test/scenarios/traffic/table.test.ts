import * as fs from "node:fs";

import { scenarios } from "../../../scenarios/traffic/table";

test("names are unique", () => {
  const names = scenarios.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test("the README has each scenario with its claim, in the order of playing", () => {
  const page = fs.readFileSync("rehearsal/README.md", "utf8");
  const [, table = ""] =
    /\| scenario \| claim \|\n\| --- \| --- \|\n((?:\|.*\n)*)/.exec(page) ?? [];
  const rows = scenarios.map(({ name, title }) => `| \`${name}\` | ${title} |\n`);
  expect(table).toBe(rows.join(""));
});

test("scenarios that deploy settings of their own come last", () => {
  const own = scenarios.map(({ settings }) => settings !== undefined);
  expect(own).toEqual([...own].sort());
});
