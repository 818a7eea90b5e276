import {
  equal,
  no,
  timestamp,
  withConditions,
  yes,
} from "../../../../emulator/gke/controllers/conditions";

const LATER = "2026-01-02T00:00:00Z";
const before = [
  {
    type: "Accepted",
    status: "True" as const,
    reason: "Accepted",
    message: "",
    observedGeneration: 1,
    lastTransitionTime: "2026-01-01T00:00:00Z",
  },
];

test("a condition keeps its time while its status stays", () => {
  expect(withConditions(before, [yes("Accepted", "Other", "now so")], 2, LATER)).toEqual([
    { ...before[0], reason: "Other", message: "now so", observedGeneration: 2 },
  ]);
});

test("a condition whose status changes has a new time", () => {
  const [changed] = withConditions(before, [no("Accepted", "Invalid", "no")], 1, LATER);
  expect(changed?.lastTransitionTime).toBe(LATER);
});

test("what is no longer wanted goes", () => {
  expect(withConditions(before, [], 1, LATER)).toEqual([]);
});

test("values are equal whatever the order of keys, and without what is undefined", () => {
  expect(equal({ a: 1, b: { c: [1, 2], d: undefined } }, { b: { c: [1, 2] }, a: 1 })).toBe(true);
  expect(equal({ a: [1, 2] }, { a: [2, 1] })).toBe(false);
  expect(equal(undefined, undefined)).toBe(true);
  expect(equal({}, undefined)).toBe(false);
});

test("time stamps have whole seconds", () => {
  expect(timestamp(new Date(Date.UTC(2026, 0, 2, 3, 4, 5, 678)))).toBe("2026-01-02T03:04:05Z");
});
