import { isPoliced, type PolicedAlteration } from "../../../scenarios/alterations/alteration";
import { alterations } from "../../../scenarios/alterations/table";
import { together } from "../../../scenarios/alterations/together";

/** @param at names of the altered resources */
function alteration(at: string[], alone = false): PolicedAlteration {
  const edits = at.map((name) => ({ at: { type: "t", name }, unset: "a" }));
  return { name: at.join("+"), edits, policy: { name: "p", alone, says: [] } };
}

const names = (groups: PolicedAlteration[][]) =>
  groups.map((group) => group.map(({ name }) => name));

test("alterations of different resources are shown by one preview", () => {
  expect(names(together([alteration(["a"]), alteration(["b"]), alteration(["c"])]))).toEqual([
    ["a", "b", "c"],
  ]);
});

test("alterations of the same resource are not, whichever of their edits it is", () => {
  const all = [alteration(["a"]), alteration(["a"]), alteration(["b"]), alteration(["c", "b"])];
  expect(names(together(all))).toEqual([
    ["a", "b"],
    ["a", "c+b"],
  ]);
});

test("an alteration that has to be alone is", () => {
  const all = [alteration(["a"]), alteration(["b"], true), alteration(["c"])];
  expect(names(together(all))).toEqual([["a", "c"], ["b"]]);
});

test("each policed alteration is in one preview", () => {
  const policed = alterations.filter(isPoliced);
  const all = together(policed).flat();
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBe(policed.length);
});
