import { create, update } from "../../../scenarios/changes/change";
import { Tally } from "../../../scenarios/changes/tally";

describe("results", () => {
  let printed: string[];
  beforeEach(() => {
    printed = [];
    jest.spyOn(console, "log").mockImplementation((line: string) => void printed.push(line));
  });
  afterEach(() => jest.restoreAllMocks());

  test("a line each, with its problems; at the end the counts", async () => {
    const tally = new Tally(3, false);
    const steps = [update("Policy::p", "spec.a"), create("Gateway::g"), create("Gateway::h")];
    tally.add("timeout", { steps, problems: [] });
    await tally.count("third region", () => Promise.reject(new Error("no cloud")));
    tally.add("none", { steps: [], problems: [] }, 3.21);
    expect(tally.close()).toBe(false);
    expect(printed.map((line) => line.replace(/\d\.\d s/, "T"))).toEqual([
      "✓ timeout (1 update, 2 create)",
      "✗ third region (nothing; T)",
      "    no cloud",
      "✓ none (nothing; T)",
      "2 passed, 1 failed",
    ]);
  });

  test("what was not run has failed", () => {
    const tally = new Tally(2, false);
    tally.add("timeout", { steps: [], problems: [] });
    expect(tally.close()).toBe(false);
    expect(printed.at(-1)).toBe("1 passed, 1 failed");
  });

  test("all passed", () => {
    const tally = new Tally(1, true);
    tally.add("timeout", { steps: [update("Policy::p", "spec.a")], problems: [] });
    expect(tally.close()).toBe(true);
    expect(printed.slice(1)).toEqual(["    update Policy::p (spec.a)", "1 passed, 0 failed"]);
  });
});
