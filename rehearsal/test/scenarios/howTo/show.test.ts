import type { Defect } from "../../../scenarios/howTo/defects/defect";
import { Show } from "../../../scenarios/howTo/show";

function defect(number: number, shown: Defect["shown"]): Defect {
  const title = `Defect ${number}`;
  return { number, title, howTo: "", happens: "", instead: "", tests: [], shown };
}

describe("Show", () => {
  let printed: string[];
  let show: Show;
  beforeEach(() => {
    printed = [];
    const defects = [
      defect(1, { by: "run", judge: "API server", seen: ["refused", "with a reason"] }),
      defect(2, { by: "test", why: "it cannot be run" }),
      defect(3, { by: "run", judge: "API server", seen: ["refused"] }),
    ];
    show = new Show(defects, (line) => printed.push(line));
  });

  test("what is seen as stated passes; what is never come to fails", async () => {
    await show.demonstrate(1, () => Promise.resolve(["refused", "with a reason"]));
    expect(printed).toEqual(["✓ 1. Defect 1: refused; with a reason"]);
    expect(show.counts()).toEqual({ passed: 1, failed: 1 });
  });

  test.each([
    ["another line", ["refused", "with another reason"]],
    ["a line less", ["refused"]],
    ["the lines in another order", ["with a reason", "refused"]],
  ])("%s fails, and both are told", async (_, seen) => {
    await show.demonstrate(1, () => Promise.resolve(seen));
    const lines = seen.map((line) => `\n    ${line}`).join("");
    expect(printed).toEqual([
      `✗ 1. Defect 1: not as stated. Stated:\n    refused\n    with a reason\n  Seen:${lines}`,
    ]);
    expect(show.counts()).toEqual({ passed: 0, failed: 2 });
  });

  test("a demonstration that throws fails, and the next goes on", async () => {
    await show.demonstrate(1, () => Promise.reject(new Error("it was accepted")));
    await show.demonstrate(3, () => Promise.resolve(["refused"]));
    expect(printed).toEqual(["✗ 1. Defect 1: it was accepted", "✓ 3. Defect 3: refused"]);
    expect(show.counts()).toEqual({ passed: 1, failed: 1 });
  });

  test.each([2, 4])("number %i is none to demonstrate", async (number) => {
    await expect(show.demonstrate(number, () => Promise.resolve([]))).rejects.toThrow(
      `defect ${number} is not one that is run`,
    );
  });
});
