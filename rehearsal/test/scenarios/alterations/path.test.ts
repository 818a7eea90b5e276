import { type Key, keysOf, pathOf } from "../../../scenarios/alterations/path";

test.each<[string, Key[]]>([
  ["kind", ["kind"]],
  ["spec.rules[0].name", ["spec", "rules", 0, "name"]],
  ['metadata.annotations["a.b/c"]', ["metadata", "annotations", "a.b/c"]],
  ['data["0"]', ["data", "0"]],
  ['["a\\"b"].c', ['a"b', "c"]],
  ["", []],
])("%s", (path, keys) => {
  expect(keysOf(path)).toEqual(keys);
  expect(pathOf(keys)).toBe(path);
});

test.each([
  ["spec.rules.0", 10],
  ["spec[name]", 4],
  ["a..b", 1],
])("%s is not a path", (path, at) => {
  expect(() => keysOf(path)).toThrow(`${path}: not a path from character ${at} on`);
});
