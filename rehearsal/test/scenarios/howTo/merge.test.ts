import * as fc from "fast-check";

import { applyPatch } from "../../../scenarios/howTo/merge";

type Json = Record<string, unknown>;

describe("the patch of kubectl apply", () => {
  test("takes away what the file had the last time, at every depth, and leaves what others set", () => {
    const last = { spec: { timeoutSec: 100, mode: "A", metrics: [{ name: "a" }] } };
    const wanted = { spec: { mode: "A", metrics: [{ name: "b" }], target: 60 } };
    expect(applyPatch(last, wanted)).toEqual({
      spec: { timeoutSec: null, mode: "A", metrics: [{ name: "b" }], target: 60 },
    });
  });

  test("laid over the last file gives the new one, whatever they are", () => {
    const leaf = fc.oneof(fc.integer(), fc.string(), fc.array(fc.integer()));
    const key = fc.constantFrom("a", "b", "c");
    const file = fc.dictionary(key, fc.oneof(leaf, fc.dictionary(key, fc.dictionary(key, leaf))));
    fc.assert(
      fc.property(file, file, (last, wanted) => {
        expect(mergePatch(last, applyPatch(last, wanted))).toEqual(wanted);
      }),
    );
  });
});

/** RFC 7396. */
function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isMap(patch)) return patch;
  const before = isMap(target) ? target : {};
  const untouched = Object.entries(before).filter(([key]) => !(key in patch));
  const set = Object.entries(patch).filter(([, value]) => value !== null);
  return Object.fromEntries([
    ...untouched,
    ...set.map(([key, value]) => [key, mergePatch(before[key], value)] as const),
  ]);
}

function isMap(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
