import * as fc from "fast-check";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";

import {
  containsSecret,
  containsUnknown,
  equal,
  PropertyMap,
  revealed,
  Secret,
  UNKNOWN,
  Value,
} from "../../../../emulator/providers/plugin";
import { fromJson, fromStruct, toStruct } from "../../../../emulator/providers/plugin/struct";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Over the wire, as the engine would get it. */
const sent = (map: PropertyMap) =>
  Struct.deserializeBinary(toStruct(map).serializeBinary()).toJavaScript();
const received = (json: Parameters<typeof Struct.fromJavaScript>[0]) =>
  fromStruct(Struct.deserializeBinary(Struct.fromJavaScript(json).serializeBinary()));

it.each<[string, Value, unknown]>([
  ["null", null, null],
  ["false", false, false],
  ["zero", 0, 0],
  ["a fraction", -1.5e300, -1.5e300],
  ["no text", "", ""],
  ["text", "ü\n\u0000", "ü\n\u0000"],
  ["no items", [], []],
  ["nested lists", [[1, [null]], {}], [[1, [null]], {}]],
  ["an unknown", UNKNOWN, "04da6b54-80e4-46f7-96ec-b56ff0331ba9"],
  ["a secret", new Secret("s"), { [SIGNATURE]: SECRET, value: "s" }],
  ["a secret null", new Secret(null), { [SIGNATURE]: SECRET, value: null }],
  [
    "secrets anywhere",
    [{ a: new Secret([new Secret(1), UNKNOWN]) }],
    [
      {
        a: {
          [SIGNATURE]: SECRET,
          value: [{ [SIGNATURE]: SECRET, value: 1 }, "04da6b54-80e4-46f7-96ec-b56ff0331ba9"],
        },
      },
    ],
  ],
])("%s travels both ways", (_, value, json) => {
  expect(sent({ x: value })).toEqual({ x: json });
  expect(received({ x: json as never })).toEqual({ x: value });
});

it.each([
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
])("%s means a value that is not known", (sentinel) => {
  expect(received({ x: [sentinel] })).toEqual({ x: [UNKNOWN] });
});

it("gives back structs with other signatures as they came", () => {
  const reference = { [SIGNATURE]: "5cf8f73096256a8f31e491e813e4eb8e", urn: "u", id: "i" };
  expect(received({ x: reference })).toEqual({ x: reference });
  expect(sent({ x: reference })).toEqual({ x: reference });
});

it("reads no struct as no properties, and refuses what is no value", () => {
  expect(fromStruct(undefined)).toEqual({});
  expect(() => received({ x: { [SIGNATURE]: SECRET } })).toThrow(
    new Error('property "x": a secret without a value'),
  );
  expect(() => toStruct({ x: undefined } as unknown as PropertyMap)).toThrow(
    new Error("undefined: not a property's value"),
  );
});

const values = fc.letrec<{ value: Value; map: PropertyMap }>((tie) => ({
  map: fc.dictionary(
    fc.string({ maxLength: 4 }).filter((key) => key !== "__proto__"),
    tie("value"),
    { maxKeys: 4, noNullPrototype: true },
  ),
  value: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom<Value>(null, true, false, UNKNOWN),
    fc.double({ noNaN: true }),
    fc.string(),
    fc.array(tie("value"), { maxLength: 3 }),
    tie("value").map((value) => new Secret(value)),
    tie("map"),
  ),
}));

it("loses nothing on the way to the engine and back", () => {
  fc.assert(
    fc.property(values.map, (map) => {
      const back = fromStruct(Struct.deserializeBinary(toStruct(map).serializeBinary()));
      expect(back).toEqual(map);
      expect(equal(back, map)).toBe(true);
    }),
  );
});

it("tells unknowns and secrets however deep, and reveals all of them", () => {
  const deep = { a: [{ b: new Secret({ c: [UNKNOWN] }) }] };
  expect([containsUnknown(deep), containsSecret(deep)]).toEqual([true, true]);
  expect([containsUnknown({ a: [1] }), containsSecret({ a: [1] })]).toEqual([false, false]);
  expect(revealed(deep)).toEqual({ a: [{ b: { c: [UNKNOWN] } }] });
  expect(revealed(new Secret(new Secret(1)))).toBe(1);
});

it.each<[Value | undefined, Value | undefined, boolean]>([
  [{ a: 1 }, { a: 1 }, true],
  [{ a: 1 }, { a: 1, b: 1 }, false],
  [{ a: 1, b: 1 }, { a: 1, c: 1 }, false],
  [[1], [1, 2], false],
  [new Secret(1), new Secret(1), true],
  [new Secret(1), 1, false],
  [UNKNOWN, UNKNOWN, true],
  [UNKNOWN, "", false],
  [{}, [], false],
  [undefined, null, false],
])("%p equals %p: %p", (a, b, same) => {
  expect(equal(a, b)).toBe(same);
});

it("takes JSON as it would be written", () => {
  expect(fromJson({ a: undefined, b: [{ c: undefined, d: null }] })).toEqual({ b: [{ d: null }] });
});
