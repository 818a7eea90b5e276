import { runSteps, StepFailed, table } from "../../../scenarios/rehearsal/steps";

describe("steps", () => {
  test("run one after another, each printed with its time and its note", async () => {
    const printed: string[] = [];
    const results = await runSteps(
      [
        { name: "first", run: async () => "one" },
        { name: "second", run: async () => "two" },
      ],
      (line) => printed.push(line.replace(/\d+\.\d s/, "T s")),
    );
    expect(printed).toEqual(["[1/2] first", "      T s  one", "[2/2] second", "      T s  two"]);
    expect(results.map(({ name, note }) => [name, note])).toEqual([
      ["first", "one"],
      ["second", "two"],
    ]);
  });

  test("end at the first that fails, with its own error and what was done before", async () => {
    let begun = false;
    const run = runSteps(
      [
        { name: "first", run: async () => "one" },
        { name: "second", run: () => Promise.reject(new Error("no quota")) },
        { name: "third", run: async () => ((begun = true), "three") },
      ],
      () => undefined,
    );
    const failure = await run.catch((error: unknown) => error as StepFailed);
    expect(failure).toBeInstanceOf(StepFailed);
    expect(failure).toMatchObject({
      step: "second",
      message: "no quota",
      done: [{ name: "first" }],
    });
    expect(begun).toBe(false);
  });

  test("a table has its columns under their headings", () => {
    expect(
      table(
        ["step", "s"],
        [
          ["up", "14.5"],
          ["destroy", "9"],
        ],
      ),
    ).toBe(["step     s", "-------  ----", "up       14.5", "destroy  9"].join("\n"));
  });
});
