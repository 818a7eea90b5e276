import { Queue } from "../../../emulator/gke/queue";

const turns = async (): Promise<void> => {
  for (let i = 0; i < 5; i++) await Promise.resolve();
};

test("tasks of one key wait for each other, a failed one included; other keys do not wait", async () => {
  const queue = new Queue();
  const log: string[] = [];
  const task =
    (name: string, fails = false) =>
    async () => {
      log.push(`${name} begins`);
      await turns();
      log.push(`${name} ends`);
      if (fails) throw new Error(`${name} failed`);
      return name;
    };
  const results = await Promise.allSettled([
    queue.run("west", task("create", true)),
    queue.run("west", task("delete")),
    queue.run("east", task("other")),
  ]);
  expect(results).toEqual([
    { status: "rejected", reason: new Error("create failed") },
    { status: "fulfilled", value: "delete" },
    { status: "fulfilled", value: "other" },
  ]);
  expect(log.indexOf("delete begins")).toBeGreaterThan(log.indexOf("create ends"));
  expect(log.indexOf("other begins")).toBeLessThan(log.indexOf("create ends"));
});
