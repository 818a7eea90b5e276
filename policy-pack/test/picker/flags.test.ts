import * as fc from "fast-check";

import { Value } from "../../frame";
import { flagsOf } from "../../picker/flags";

const SEED = 20_261_129;

/** A flag as an author may write it: in one word, in two, with one dash or two, or as a switch. */
const flag = fc
  .record({
    name: fc.constantFrom("tp", "port", "host", "api-key", "lora-modules", "v"),
    value: fc.constantFrom("2", "0.0.0.0", "a=b", '{"a": "b c"}', "-1", ""),
    dashes: fc.constantFrom("-", "--"),
    form: fc.constantFrom("one", "two", "switch"),
  })
  .map(({ name, value, dashes, form }) => {
    const given = `${dashes}${name}`;
    const words = { one: [`${given}=${value}`], two: [given, value], switch: [given] };
    return { name, value: form === "switch" ? undefined : value, words: words[form] };
  });

test("reads flags however they are written, and of each name the last", () => {
  fc.assert(
    fc.property(fc.array(flag, { maxLength: 8 }), fc.nat(16), (flags, cut) => {
      const words = flags.flatMap((each) => each.words);
      const container = new Value([], { command: words.slice(0, cut), args: words.slice(cut) });
      const read = [...flagsOf(container)].map(([name, { value }]) => [name, value.text]);
      const last = flags.map(({ name, value }) => [name, value]);
      expect(Object.fromEntries(read)).toEqual(Object.fromEntries(last));
    }),
    { seed: SEED },
  );
});

test("has all values of a flag, up to the next", () => {
  const args = ["a", "--x=1", "2", "--y", "3", "4", "--z"];
  const values = [...flagsOf(new Value([], { args })).values()].map((each) => {
    return [each.name, each.at.raw, each.values.map(({ raw }) => raw)];
  });
  expect(values).toEqual([
    ["x", "--x=1", ["1", "2"]],
    ["y", "--y", ["3", "4"]],
    ["z", "--z", []],
  ]);
});
