/**
 * Runs one work after another, and lets the next begin when the one before says so. At most two run
 * at once. After a failure none begins; those under way are waited for.
 * @param run does a work, and may call `next` before it is done
 * @throws what the first work that failed threw
 */
export async function overlap<T>(
  works: readonly T[],
  run: (work: T, next: () => void) => Promise<void>,
): Promise<void> {
  const begun: Promise<void>[] = [];
  try {
    for (const work of works) {
      await begun.at(-2);
      await new Promise<void>((resolve, reject) => {
        const done = run(work, resolve);
        begun.push(done);
        done.then(resolve, reject);
      });
    }
    await Promise.all(begun);
  } finally {
    await Promise.allSettled(begun);
  }
}
