import { configurationKeys } from "../../../../scripts/docs/configuration";
import { whatOf } from "../../../scenarios/changes/document";
import { changes } from "../../../scenarios/changes/table";
import { untried } from "../../../scenarios/changes/table/untried";

/** Read beside the schema. */
const BESIDE = ["gcp:project", "huggingFaceToken"];

const rows = [...changes, ...untried];
const keys = [...BESIDE, ...configurationKeys()];

test("every key of the configuration has a row in docs/changes.md", () => {
  const spoken = rows.flatMap((row) => row.keys);
  const silent = keys.filter(isLeaf).filter((key) => !spoken.some((row) => covers(row, key)));
  expect(silent).toEqual([]);
});

test("no row speaks of a key that is not there", () => {
  const strange = rows.flatMap((row) =>
    row.keys
      .filter((spoken) => !keys.some((key) => covers(spoken, key)))
      .map((spoken) => `${whatOf(row)}: ${spoken}`),
  );
  expect(strange).toEqual([]);
});

/** Whether no key is below it: those below are what is changed. */
function isLeaf(key: string): boolean {
  return !keys.some((other) => other !== key && isBelow(key, other));
}

function covers(row: string, key: string): boolean {
  return row.endsWith(".*") ? isBelow(row.slice(0, -2), key) : row === key;
}

function isBelow(key: string, other: string): boolean {
  return [".", "["].some((next) => other.startsWith(key + next));
}
