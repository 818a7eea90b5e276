import { Parameters } from "../../../operations/support/parameters";

const parameters = (environment: Record<string, string>) => new Parameters(environment, "teardown");

test("a stack has to be named", () => {
  expect(parameters({ STACK: "dev" }).stack()).toBe("dev");
  expect(() => parameters({}).stack()).toThrow(
    "STACK is not set. Example: `make teardown STACK=dev`",
  );
});

test.each([
  ["1", true],
  ["yes", true],
  ["0", false],
  ["no", false],
  ["", false],
])("YES=%s is %s", (given, expected) => {
  expect(parameters({ YES: given }).flag("YES")).toBe(expected);
});

test("a number is read, or is what it is without one", () => {
  expect(parameters({ RETRY_SECONDS: "5" }).number("RETRY_SECONDS", 60, 1)).toBe(5);
  expect(parameters({}).number("RETRY_SECONDS", 60, 1)).toBe(60);
});

test.each(["0", "soon", "-1", "Infinity"])("RETRY_SECONDS=%s is refused", (given) => {
  expect(() => parameters({ RETRY_SECONDS: given }).number("RETRY_SECONDS", 60, 1)).toThrow(
    `RETRY_SECONDS: got "${given}"; allowed: a number of at least 1`,
  );
});
