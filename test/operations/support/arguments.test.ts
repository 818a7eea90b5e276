import { argumentsOf } from "../../../operations/support/arguments";

const OPTIONS = { diff: { type: "string" }, emulated: { type: "boolean" } } as const;
const of = (...args: string[]) => argumentsOf(args, OPTIONS, 1, "usage: x");

test("positional arguments and options, in any order", () => {
  const given = of("--diff", "d.txt", "events", "--emulated");
  expect([given.positionals, given.text("diff"), given.flag("emulated")]).toEqual([
    ["events"],
    "d.txt",
    true,
  ]);
  expect([of("events").text("diff"), of("events").flag("emulated")]).toEqual([undefined, false]);
});

test.each([
  [[], "got 0 arguments; allowed: 1\nusage: x"],
  [["a", "b"], "got 2 arguments; allowed: 1\nusage: x"],
  [["a", "--all"], /^Unknown option '--all'.*\nusage: x$/s],
  [["a", "--diff"], /^Option '--diff <value>' argument missing\nusage: x$/],
])("%j is a mistake", (args, message) => {
  expect(() => of(...args)).toThrow(message);
});
