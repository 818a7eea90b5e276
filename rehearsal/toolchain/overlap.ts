/**
 * Runs one work after another, and lets the next begin when the one before says so. At most two run
 * at once. After a failure none begins; those under way are waited for.
 * @param run does a work, and may call `next` before it is done
 * @throws what the earliest of the works that failed threw
 */
export async function overlap<T>(
  works: readonly T[],
  run: (work: T, next: () => void) => Promise<void>,
): Promise<void> {
  const begun: Promise<void>[] = [];
  let failed = false;
  for (const work of works) {
    await begun.at(-2)?.catch(() => undefined);
    if (failed) break;
    await new Promise<void>((next) => {
      const done = run(work, next);
      begun.push(done);
      done.catch(() => (failed = true)).finally(next);
    });
  }
  for (const end of await Promise.allSettled(begun)) {
    if (end.status === "rejected") throw end.reason;
  }
}
