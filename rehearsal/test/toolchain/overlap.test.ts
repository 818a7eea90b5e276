import { overlap } from "../../toolchain/overlap";

/** Records what begins and ends; each work is ended by the test. */
function recorder() {
  const log: string[] = [];
  const works = new Map<string, { next: () => void; end: (error?: Error) => void }>();
  const run = (name: string, next: () => void) =>
    new Promise<void>((resolve, reject) => {
      log.push(`${name} begins`);
      const end = (error?: Error) => {
        log.push(`${name} ends`);
        if (error) reject(error);
        else resolve();
      };
      works.set(name, { next, end });
    });
  const of = (name: string) => {
    const work = works.get(name);
    if (!work) throw new Error(`${name} has not begun`);
    return work;
  };
  return { log, run, of };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a work begins when the one before says so or ends", async () => {
  const { log, run, of } = recorder();
  const done = overlap(["a", "b", "c"], run);
  await settled();
  expect(log).toEqual(["a begins"]);
  of("a").next();
  await settled();
  expect(log).toEqual(["a begins", "b begins"]);
  of("a").end();
  of("b").end();
  await settled();
  of("c").end();
  await done;
  expect(log).toEqual(["a begins", "b begins", "a ends", "b ends", "c begins", "c ends"]);
});

test("no more than two run at once", async () => {
  const { log, run, of } = recorder();
  const done = overlap(["a", "b", "c"], run);
  await settled();
  of("a").next();
  await settled();
  of("b").next();
  await settled();
  expect(log).toEqual(["a begins", "b begins"]);
  of("a").end();
  await settled();
  expect(log).toEqual(["a begins", "b begins", "a ends", "c begins"]);
  of("b").end();
  of("c").end();
  await done;
});

test.each(["a", "b"])(
  "after %s failed nothing begins, and the other is waited for",
  async (bad) => {
    const { log, run, of } = recorder();
    const done = overlap(["a", "b", "c"], run);
    const failure = expect(done).rejects.toThrow(`${bad} failed`);
    await settled();
    of("a").next();
    await settled();
    of(bad).end(new Error(`${bad} failed`));
    await settled();
    of(bad === "a" ? "b" : "a").end();
    await failure;
    expect(log).not.toContain("c begins");
    expect(log.filter((line) => line.endsWith("ends"))).toHaveLength(2);
  },
);

test("of two works that fail the earlier one's error is thrown", async () => {
  const { run, of } = recorder();
  const failure = expect(overlap(["a", "b"], run)).rejects.toThrow("a failed");
  await settled();
  of("a").next();
  await settled();
  of("b").end(new Error("b failed"));
  await settled();
  of("a").end(new Error("a failed"));
  await failure;
});
