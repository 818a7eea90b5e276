import { UNKNOWN } from "../support/unknown";
import {
  type Finding,
  listed,
  messageOf,
  nameHint,
  quoted,
  requireSwitch,
  requireValue,
  Value,
} from "../../frame";
import { pending } from "../fixtures/messages";

const told = (finding: Finding) => ({ message: messageOf(finding), advisory: finding.advisory });

const rule = { whenAbsent: "is not set", allowed: ["a"], whenWrong: "is not a", fix: "write a" };

test.each([
  ["unknown", UNKNOWN, [{ message: pending("mode"), advisory: true }]],
  ["absent", undefined, [{ message: "mode: is not set; write a", advisory: false }]],
  ["null", null, [{ message: "mode: is not set; write a", advisory: false }]],
  ["right", "a", []],
  ["wrong", "b", [{ message: "mode: is not a; write a", advisory: false }]],
])("a value that is %s", (_, raw, findings) => {
  expect([...requireValue(new Value(["mode"], raw), rule)].map(told)).toEqual(findings);
});

test("a value that may be left out, and one of which any is right", () => {
  const optional = { ...rule, whenAbsent: undefined };
  expect([...requireValue(new Value(["mode"], undefined), optional)]).toEqual([]);
  const any = { whenWrong: undefined, fix: "write a" };
  expect([...requireValue(new Value(["mode"], "b"), any)]).toEqual([]);
});

test.each([
  [true, false, "on: is false, so it fails; remove it or set it to true"],
  [false, true, "on: is true, so it fails; remove it or set it to false"],
  [false, "false", 'on: is "false", so it fails; remove it or set it to false'],
])("a switch that has to be %s and is %j", (right, raw, message) => {
  expect([...requireSwitch(new Value(["on"], raw), right, "it fails")].map(told)).toEqual([
    { message, advisory: false },
  ]);
  expect([...requireSwitch(new Value(["on"], right), right, "it fails")]).toEqual([]);
  expect([...requireSwitch(new Value(["on"], undefined), right, "it fails")]).toEqual([]);
});

test("a name's hint is the nearest of the first hundred that are known", () => {
  const others = Array.from({ length: 99 }, (_, index) => `other-${index}`);
  expect(nameHint("pol", [...others, "pool"], "add it")).toBe("did you mean pool?");
  expect(nameHint("pol", [...others, "another", "pool"], "add it")).toBe("add it");
  expect(nameHint("pol", ["pool"], "add it", quoted)).toBe('did you mean "pool"?');
  expect(nameHint(undefined, ["pool"], "add it")).toBe("add it");
});

test("a list is cut after five", () => {
  expect(listed(["a", "b", "c", "d", "e"])).toBe("a, b, c, d, e");
  expect(listed(["a", "b", "c", "d", "e", "f", "g"])).toBe("a, b, c, d, e and 2 more");
});
