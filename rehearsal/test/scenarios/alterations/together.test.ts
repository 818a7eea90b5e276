import { breaks } from "../../../scenarios/alterations/breaks";
import type { Break } from "../../../scenarios/alterations/breaks/break";
import { together } from "../../../scenarios/alterations/together";

function at(name: string, more: Partial<Break> = {}): Break {
  return {
    policy: `of-${name}`,
    at: { type: "t", name },
    change: { unset: "a" },
    says: [],
    ...more,
  };
}

const names = (groups: Break[][]) => groups.map((group) => group.map(({ at }) => at.name));

test("what is at different resources is shown by one preview", () => {
  expect(names(together([at("a"), at("b"), at("c")]))).toEqual([["a", "b", "c"]]);
});

test("what is at the same resource is not, and neither is what has to follow there", () => {
  const follows = { at: { type: "t", name: "b" }, set: "x", to: 1 };
  expect(names(together([at("a"), at("a"), at("b"), at("c", { follows })]))).toEqual([
    ["a", "b"],
    ["a", "c"],
  ]);
});

test("what has to be alone is", () => {
  expect(names(together([at("a"), at("b", { alone: true }), at("c")]))).toEqual([
    ["a", "c"],
    ["b"],
  ]);
});

test("each way to break the program is in one preview", () => {
  const all = together(breaks).flat();
  expect(new Set(all).size).toBe(all.length);
  expect(all.length).toBe(breaks.length);
});
