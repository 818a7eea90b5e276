/** Rates are smoothed over these seconds: long enough to count some requests, short enough to follow a wave. */
const SMOOTH_SECONDS = 5;

/** Rates of counters that only grow. One that becomes smaller has begun anew. */
export class Rates {
  private readonly rates = new Map<string, number>();
  private last: { at: number; counters: Record<string, number> } | undefined;

  /** @param at seconds */
  update(at: number, counters: Record<string, number>): void {
    const { last } = this;
    this.last = { at, counters };
    if (!last || at <= last.at) return;
    const passed = at - last.at;
    const part = 1 - Math.exp(-passed / SMOOTH_SECONDS);
    for (const [name, value] of Object.entries(counters)) {
      const before = last.counters[name] ?? 0;
      const grown = value < before ? value : value - before;
      const old = this.of(name);
      this.rates.set(name, old + (grown / passed - old) * part);
    }
    for (const name of this.rates.keys()) if (!(name in counters)) this.rates.delete(name);
  }

  /** A second. */
  of(name: string): number {
    return this.rates.get(name) ?? 0;
  }
}
