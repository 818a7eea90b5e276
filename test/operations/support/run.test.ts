import { engineWords, run } from "../../../operations/support/run";
import { Failed, Interrupted, Refused } from "../../../operations/support/commandExit";

const WRAPPED = [
  "code: -2",
  " stdout: ",
  " stderr: Command failed with exit code 1: pulumi stack export --stack dev",
  "error: no Pulumi.yaml project file found",
  "(searching upwards from /here)",
  " err?: Error: Command failed with exit code 1: pulumi stack export --stack dev",
  "error: no Pulumi.yaml project file found",
].join("\n");

test("of what the Automation API wraps, the engine's words are told", () => {
  expect(engineWords(WRAPPED)).toBe(
    "error: no Pulumi.yaml project file found\n(searching upwards from /here)",
  );
  expect(engineWords("something else")).toBe("something else");
});

const unforeseen = new TypeError("a mistake of ours");
test.each([
  [new Refused("do this first"), 1, "do this first"],
  [new Failed("the engine's words"), 1, "the engine's words"],
  [new Interrupted("again"), 130, "again"],
  [unforeseen, 1, unforeseen],
])("%s ends the process with %i", async (error, exitCode, told) => {
  const print = jest.spyOn(console, "error").mockImplementation();
  const before = process.exitCode;
  await run(() => Promise.reject(error));
  expect(print.mock.calls).toEqual([[told]]);
  expect(process.exitCode).toBe(exitCode);
  process.exitCode = before;
  process.setSourceMapsEnabled(false);
  print.mockRestore();
});
