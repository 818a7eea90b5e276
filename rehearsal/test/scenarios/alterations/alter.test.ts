import { alteredInputs, alteredStack } from "../../../scenarios/alterations/alter";
import { engineEditsOf } from "../../../scenarios/alterations/edit";

const UNREACHABLE = 'cannot reach "b": its parent is neither object nor list';
const at = { type: "t", name: "b" };
const [a, b, c] = ["a", "b", "c"].map((name) => ({
  type: "t",
  name,
  inputs: { size: 1, tags: { x: 1 } },
})) as [Recorded, Recorded, Recorded];
interface Recorded {
  type: string;
  name: string;
  inputs: object;
}

test("an input is set, with what is on the way to it, and the good stack stays as it was", () => {
  const before = structuredClone([a, b, c]);
  const edits = [{ at, set: 'spec.labels["a.b"]', to: 2 }];
  const inputs = { ...b.inputs, spec: { labels: { "a.b": 2 } } };
  expect(alteredStack([a, b, c], edits)).toEqual([a, { ...b, inputs }, c]);
  expect([a, b, c]).toEqual(before);
});

test("edits follow each other, at a duplicate too", () => {
  const edits = [
    { at, duplicate: "d", as: "u", with: { size: 2, tags: undefined } },
    { at: { type: "u", name: "d" }, set: "size", to: 3 },
    { at, drop: true as const },
  ];
  expect(alteredStack([a, b, c], edits)).toEqual([
    a,
    { type: "u", name: "d", inputs: { size: 3 } },
    c,
  ]);
});

test("a list closes the gap, takes one more item, and a renamed field stays in its place", () => {
  expect(alteredInputs({ args: [1, 2, 3] }, { unset: "args[1]" })).toEqual({ args: [1, 3] });
  expect(alteredInputs({ args: [1] }, { set: "args[1]", to: 2 })).toEqual({ args: [1, 2] });
  const renamed = alteredInputs({ x: 1, y: 2 }, { rename: "x", as: "z" });
  expect(JSON.stringify(renamed)).toBe('{"z":1,"y":2}');
});

test("an edit that fits nothing is an error", () => {
  const twice = [a, b, b];
  expect(() => alteredStack(twice, [{ at, drop: true }])).toThrow("2 resources have the id t::b");
  expect(() => alteredStack([a, c], [{ at, drop: true }])).toThrow("0 resources have the id t::b");
  expect(() => alteredInputs({}, { unset: "a.b" })).toThrow("a.b: is not set");
  expect(() => alteredInputs({ a: [] }, { set: "a[1]", to: 1 })).toThrow(
    "cannot set item 1 in a list of 0",
  );
  expect(() => alteredInputs({ a: "text" }, { set: "a.b", to: 1 })).toThrow(UNREACHABLE);
  const output = new (class Output {})();
  expect(() => alteredInputs({ output }, { set: "output.b", to: 1 })).toThrow(UNREACHABLE);
});

test("an engine leaves out and duplicates no resource", () => {
  const edit = { at, set: "size", to: 2 };
  expect(engineEditsOf([edit])).toEqual([edit]);
  expect(() => engineEditsOf([{ at, drop: true }])).toThrow(
    "an engine cannot leave out or duplicate t::b",
  );
});
