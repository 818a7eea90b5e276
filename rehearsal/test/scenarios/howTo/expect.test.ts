import { refused, until } from "../../../scenarios/howTo/expect";

describe("refused", () => {
  test("is the message of what was thrown", async () => {
    expect(await refused(Promise.reject(new Error("no such field")))).toBe("no such field");
  });

  test("fails where nothing was", async () => {
    await expect(refused(Promise.resolve({}))).rejects.toThrow(
      "it was accepted; it should have been refused",
    );
  });
});

describe("until", () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  test("asks until there is an answer", async () => {
    const answers = [undefined, undefined, "there"];
    const asked = until("an answer", () => Promise.resolve(answers.shift()));
    await jest.advanceTimersByTimeAsync(1_000);
    expect(await asked).toBe("there");
    expect(answers).toEqual([]);
  });

  test("gives up after 30 s, and says what it waited for", async () => {
    const asked = until("pods that are Ready", () => Promise.resolve(false));
    const failed = expect(asked).rejects.toThrow("waited 30 s for: pods that are Ready");
    await jest.advanceTimersByTimeAsync(31_000);
    await failed;
  });

  test("does not hide what asking throws", async () => {
    await expect(until("an answer", () => Promise.reject(new Error("broken")))).rejects.toThrow(
      "broken",
    );
  });
});
