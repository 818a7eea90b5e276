import { UnknownValueError, unknownCheckingProxy } from "@pulumi/policy";
import * as proxy from "@pulumi/policy/proxy";

import { rawProps, Value } from "../../frame";

/** Names and values of what @pulumi/policy takes for a value that is not known yet. */
const sentinels = Object.entries(proxy).filter(([name]) => /^unknown\w+Value$/.test(name));

test("@pulumi/policy has as many kinds of unknown values as this pack knows of", () => {
  expect(sentinels.map(([name]) => name).sort()).toEqual([
    "unknownArchiveValue",
    "unknownArrayValue",
    "unknownAssetValue",
    "unknownBooleanValue",
    "unknownNumberValue",
    "unknownObjectValue",
    "unknownStringValue",
  ]);
});

test.each(sentinels)("%s is unknown, and so is all below it", (_, sentinel) => {
  const value = new Value(["spec"], sentinel);
  expect(value).toMatchObject({ unknown: true, absent: false, present: false, text: undefined });
  expect(value.at("default", "timeoutSec")).toMatchObject({
    path: "spec.default.timeoutSec",
    unknown: true,
  });
});

test.each(sentinels)("%s can be read where the proxy would throw", (_, sentinel) => {
  const props = unknownCheckingProxy({ a: sentinel, b: { c: sentinel, d: 1 } });
  expect(() => props.a).toThrow(UnknownValueError);
  const value = new Value([], rawProps(props));
  expect(value.at("a").unknown).toBe(true);
  expect(value.at("b", "c").unknown).toBe(true);
  expect(value.at("b", "d").raw).toBe(1);
});

test.each<[unknown, string]>([
  [undefined, "nothing"],
  [null, "null"],
  ["text", "a string"],
  [[{ key: 1 }], "a list"],
  [{ other: 1 }, "an object without it"],
])("below %j (%s) a field is absent", (raw) => {
  const field = new Value(["spec"], raw).at("key", "below");
  expect(field).toMatchObject({ path: "spec.key.below", absent: true, unknown: false });
});

test("what every object has by birth is not in the inputs", () => {
  expect(new Value([], {}).at("constructor").absent).toBe(true);
  expect(new Value([], {}).at("toString").absent).toBe(true);
});

test("paths read as a program would write them", () => {
  const root = new Value([], { list: [{ "a.b/c": [1] }] });
  const item = root.at("list").items?.[0]?.at("a.b/c").items?.[0];
  expect(item).toMatchObject({ path: 'list[0]["a.b/c"][0]', raw: 1 });
});

test("fields and items are there for objects and lists only", () => {
  const shapes = [null, 1, "text", [], {}].map((raw) => {
    const value = new Value([], raw);
    return [value.fields?.length, value.items?.length];
  });
  expect(shapes).toEqual([
    [undefined, undefined],
    [undefined, undefined],
    [undefined, undefined],
    [undefined, 0],
    [0, undefined],
  ]);
});

test("prints a value as a program has it, cut where it is long", () => {
  const printed = ["60", 60, null, undefined, sentinels[0]?.[1], "x".repeat(80)].map((raw) => {
    return new Value([], raw).toString();
  });
  expect(printed).toEqual([
    '"60"',
    "60",
    "null",
    "(not set)",
    "(not known yet)",
    `"${"x".repeat(56)}...`,
  ]);
});
