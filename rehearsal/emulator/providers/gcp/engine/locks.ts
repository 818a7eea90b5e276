/** Runs tasks with the same key one after the other, in the order in which they came. */
export class Locks {
  private readonly last = new Map<string, Promise<unknown>>();

  async hold<T>(key: string, task: () => Promise<T>): Promise<T> {
    const before = this.last.get(key) ?? Promise.resolve();
    const mine = before.then(task, task);
    this.last.set(key, mine);
    try {
      return await mine;
    } finally {
      if (this.last.get(key) === mine) this.last.delete(key);
    }
  }
}
