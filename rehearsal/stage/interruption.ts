/** What Ctrl-C asks of a command: to end soon, and to leave nothing behind. */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly listeners: ((count: number) => void)[] = [];
  private readonly first: Promise<never>;
  private count = 0;

  constructor() {
    this.first = new Promise((_, reject) => {
      this.signal.addEventListener("abort", () => reject(this.signal.reason));
    });
    this.first.catch(() => undefined); // Nothing may be waiting yet.
  }

  /** Aborted by the first interrupt. */
  get signal(): AbortSignal {
    return this.controller.signal;
  }

  get happened(): boolean {
    return this.signal.aborted;
  }

  /** @param listener gets how many interrupts there were by then */
  onEach(listener: (count: number) => void): void {
    this.listeners.push(listener);
  }

  interrupt(): void {
    this.count++;
    this.controller.abort(new Error("interrupted"));
    for (const listener of this.listeners) listener(this.count);
  }

  /**
   * Waits for work, but not past the first interrupt; the work then goes on unheard.
   * @throws what the work throws, or `interrupted`
   */
  cutShort<T>(work: Promise<T>): Promise<T> {
    return Promise.race([this.first, work]);
  }
}
