import { PropertyMap, Secret, UNKNOWN } from "../../../../emulator/providers/plugin";
import { RandomProvider } from "../../../../emulator/providers/random/provider";

const ID = "random:index/randomId:RandomId";
const STRING = "random:index/randomString:RandomString";
const INTEGER = "random:index/randomInteger:RandomInteger";
const UUID = "random:index/randomUuid:RandomUuid";

const provider = new RandomProvider();
const resource = (type: string) => ({ type, urn: "urn", name: "x" });
const check = (type: string, newInputs: PropertyMap) =>
  provider.check({ ...resource(type), newInputs, oldInputs: {}, randomSeed: new Uint8Array() });
const create = async (type: string, given: PropertyMap, preview = false) => {
  const { inputs } = await check(type, given);
  return provider.create({ ...resource(type), inputs, preview });
};

describe("RandomId", () => {
  it("spells the same bytes five ways, the id without the prefix", async () => {
    const { id, outputs } = await create(ID, { byteLength: 8, prefix: "p-" });
    const bytes = Buffer.from(id, "base64url");
    expect(bytes).toHaveLength(8);
    expect(outputs).toEqual({
      byteLength: 8,
      prefix: "p-",
      b64Std: `p-${bytes.toString("base64")}`,
      b64Url: `p-${id}`,
      dec: `p-${bytes.readBigUInt64BE()}`,
      hex: `p-${bytes.toString("hex")}`,
    });
  });

  it("draws anew each time", async () => {
    const ids = await Promise.all([1, 2, 3].map(() => create(ID, { byteLength: 8 })));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(3);
  });
});

describe("RandomString", () => {
  const result = async (inputs: PropertyMap) =>
    String((await create(STRING, inputs)).outputs.result);

  it.each([
    [{ lower: false, numeric: false, special: false }, /^[A-Z]{40}$/],
    [{ upper: false, numeric: false, special: false }, /^[a-z]{40}$/],
    [{ lower: false, upper: false, special: false }, /^[0-9]{40}$/],
    [{ lower: false, upper: false, numeric: false }, /^[!@#$%&*()\-_=+[\]{}<>:?]{40}$/],
    [{ lower: false, upper: false, numeric: false, overrideSpecial: "./" }, /^[./]{40}$/],
  ])("%j", async (inputs, pattern) => {
    expect(await result({ length: 40, ...inputs })).toMatch(pattern);
  });

  it("has what is demanded", async () => {
    const minimums = { minLower: 1, minUpper: 2, minNumeric: 3, minSpecial: 4 };
    const drawn = await result({ length: 10, ...minimums });
    const count = (pattern: RegExp) => [...drawn].filter((c) => pattern.test(c)).length;
    expect([/[a-z]/, /[A-Z]/, /[0-9]/, /[^a-zA-Z0-9]/].map(count)).toEqual([1, 2, 3, 4]);
  });

  it("has its value for id and its defaults among the outputs", async () => {
    const { id, outputs } = await create(STRING, { length: 5, special: false });
    expect(outputs).toEqual({
      length: 5,
      special: false,
      lower: true,
      upper: true,
      numeric: true,
      minLower: 0,
      minUpper: 0,
      minNumeric: 0,
      minSpecial: 0,
      result: id,
    });
  });
});

it("draws integers from min to max, both included", async () => {
  const drawn = await Promise.all(
    Array.from({ length: 60 }, () => create(INTEGER, { min: 1, max: 2 })),
  );
  expect(new Set(drawn.map(({ outputs }) => outputs.result))).toEqual(new Set([1, 2]));
  expect(drawn.every(({ id, outputs }) => id === String(outputs.result))).toBe(true);
});

it("draws UUIDs", async () => {
  const { id, outputs } = await create(UUID, {});
  expect(outputs).toEqual({ result: id });
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
});

it("shows nothing drawn in a preview", async () => {
  expect(await create(ID, { byteLength: 4 }, true)).toEqual({
    id: "",
    outputs: { byteLength: 4, b64Std: UNKNOWN, b64Url: UNKNOWN, dec: UNKNOWN, hex: UNKNOWN },
  });
});

it.each<[string, PropertyMap, string, string]>([
  [ID, {}, "byteLength", "byteLength: required"],
  [ID, { byteLength: 0 }, "byteLength", "byteLength: 0 is less than 1"],
  [ID, { byteLength: "4" }, "byteLength", 'byteLength: "4" is no integer'],
  [ID, { byteLength: 4, keepers: { a: 1 } }, "keepers", 'keepers: {"a":1} is no map of strings'],
  [ID, { byteLength: 4, x: 1 }, "x", "x: not one of byteLength, prefix, keepers"],
  [INTEGER, { min: 2, max: 1 }, "", "max: 1 is less than min, 2"],
  [
    STRING,
    { length: 2, minLower: 1, minUpper: 2 },
    "",
    "length: 2 is less than the sum of the minimums, 3",
  ],
  [
    STRING,
    { length: 2, lower: false, upper: false, numeric: false, special: false },
    "",
    "no class of characters is allowed",
  ],
])("%s refuses %j", async (type, inputs, property, reason) => {
  expect((await check(type, inputs)).failures).toEqual([{ property, reason }]);
});

it("accepts what is not known yet", async () => {
  const { failures } = await check(STRING, { length: UNKNOWN, keepers: { a: UNKNOWN } });
  expect(failures).toEqual([]);
});

it("names the types that are rehearsed", async () => {
  await expect(check("random:index/randomPet:RandomPet", {})).rejects.toThrow(
    new Error(
      "random:index/randomPet:RandomPet: not rehearsed; there are random:index/randomId:RandomId, " +
        "random:index/randomInteger:RandomInteger, random:index/randomString:RandomString, " +
        "random:index/randomUuid:RandomUuid",
    ),
  );
});

describe("a later run", () => {
  const state = { byteLength: 4, hex: "00000000", keepers: { a: new Secret("1"), b: "2" } };
  const diff = (newInputs: PropertyMap, ignoreChanges: string[] = []) =>
    provider.diff({
      ...resource(ID),
      id: "AAAAAA",
      oldInputs: {},
      oldOutputs: state,
      newInputs,
      ignoreChanges,
    });

  it("changes nothing while the inputs stay", async () => {
    const { keepers } = state;
    expect(await diff({ byteLength: 4, keepers })).toEqual({ changes: [] });
  });

  it.each<[PropertyMap, string]>([
    [{ byteLength: 4, keepers: { a: "1", b: "3" } }, "update keepers.b"],
    [{ byteLength: 4, keepers: { a: "1" } }, "delete keepers.b"],
    [{ byteLength: 4 }, "delete keepers"],
    [{ byteLength: 5, keepers: state.keepers }, "update byteLength"],
    [{ byteLength: 4, keepers: state.keepers, prefix: "p" }, "add prefix"],
  ])("draws anew for %j", async (inputs, change) => {
    const { changes } = await diff(inputs);
    expect(changes.map(({ path, kind }) => `${kind} ${path.join(".")}`)).toEqual([change]);
    expect(changes.every(({ replace }) => replace)).toBe(true);
  });

  it("ignores what ignoreChanges names", async () => {
    expect(await diff({ byteLength: 5, keepers: state.keepers }, ["byteLength"])).toEqual({
      changes: [],
    });
  });

  it("reads its state back, and imports nothing", async () => {
    const known = { ...resource(ID), id: "AAAAAA", oldInputs: {}, oldOutputs: state };
    expect(await provider.read(known)).toEqual({ id: "AAAAAA", inputs: {}, outputs: state });
    await expect(provider.read({ ...known, oldOutputs: {} })).rejects.toThrow(
      new Error("random:index/randomId:RandomId: imports are not rehearsed"),
    );
  });
});
