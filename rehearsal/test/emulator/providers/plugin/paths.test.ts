import {
  ANY,
  changesBetween,
  formatPath,
  isWithin,
  parsePath,
  Path,
  PropertyMap,
  Secret,
  UNKNOWN,
  valueAt,
} from "../../../../emulator/providers/plugin";

it.each<[string, Path]>([
  ["spec", ["spec"]],
  ["spec.template.containers[0].image", ["spec", "template", "containers", 0, "image"]],
  ['metadata.labels["a.b/c"]', ["metadata", "labels", "a.b/c"]],
  ['["a-b"].c', ["a-b", "c"]],
  ['a["say \\"x\\""]', ["a", 'say "x"']],
])("%s is read and written", (text, path) => {
  expect(parsePath(text)).toEqual(path);
  expect(formatPath(path)).toBe(text);
});

it("reads patterns", () => {
  expect(parsePath("a[*].b.*")).toEqual(["a", ANY, "b", ANY]);
});

it.each([
  ["a[x]", '"a[x]": not a property path from character 2 on'],
  ['a["b', '"a["b": not a property path from character 2 on'],
  ["a..b", '"a..b": not a property path from character 2 on'],
])("%s is refused", (text, message) => {
  expect(() => parsePath(text)).toThrow(new Error(message));
});

it.each<[string, string, boolean]>([
  ["a.b.c", "a.b", true],
  ["a.b", "a.b", true],
  ["a", "a.b", false],
  ["a.bc", "a.b", false],
  ["a[3].b", "a[*].b", true],
  ["a[3].c", "a[*].b", false],
])("%s is within %s: %p", (path, pattern, within) => {
  expect(isWithin(parsePath(path), parsePath(pattern))).toBe(within);
});

it("finds values, through secrets", () => {
  const map: PropertyMap = { a: new Secret([{ b: 1 }]) };
  expect(valueAt(map, ["a", 0, "b"])).toBe(1);
  expect(valueAt(map, ["a", "0"])).toBeUndefined();
  expect(valueAt(map, ["x", "y"])).toBeUndefined();
});

it("finds the deepest changes", () => {
  const from = { same: 1, map: { a: 1, gone: 1 }, list: [1, 2], kind: {}, secret: new Secret(1) };
  const to = {
    same: 1,
    map: { a: UNKNOWN, come: null },
    list: [1, 3, 4],
    kind: [],
    secret: new Secret(2),
  };
  expect(changesBetween(from, to).map(({ path, kind }) => `${kind} ${formatPath(path)}`)).toEqual([
    "update kind",
    "update list[1]",
    "add list[2]",
    "update map.a",
    "add map.come",
    "delete map.gone",
    "update secret",
  ]);
});
