import { create, update } from "../../../scenarios/changes/change";
import { Results } from "../../../scenarios/changes/results";

describe("results", () => {
  let printed: string[];
  beforeEach(() => {
    printed = [];
    jest.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  });
  afterEach(() => jest.restoreAllMocks());

  test("a line each, with its problems; at the end the counts", async () => {
    const results = new Results(3, false);
    const steps = [update("Policy::p", "spec.a"), create("Gateway::g"), create("Gateway::h")];
    results.add("timeout", { steps, problems: [] });
    await results.count("third region", () => Promise.reject(new Error("no cloud")));
    results.add("none", { steps: [], problems: [] }, 3.21);
    expect(results.close()).toBe(false);
    expect(printed.map((line) => line.replace(/\d\.\d s/, "T"))).toEqual([
      "✓ timeout (1 update, 2 create)",
      "✗ third region (nothing; T)",
      "    no cloud",
      "✓ none (nothing; T)",
      "2 passed, 1 failed",
    ]);
  });

  test("what was not run has failed", () => {
    const results = new Results(2, false);
    results.add("timeout", { steps: [], problems: [] });
    expect(results.close()).toBe(false);
    expect(printed.at(-1)).toBe("1 passed, 1 failed");
  });

  test("all passed", () => {
    const results = new Results(1, true);
    results.add("timeout", { steps: [update("Policy::p", "spec.a")], problems: [] });
    expect(results.close()).toBe(true);
    expect(printed.slice(1)).toEqual(["    update Policy::p (spec.a)", "1 passed, 0 failed"]);
  });
});
