/** Events come in bursts; one pass answers all that came within this time. */
const GATHER_MS = 20;
/** After a pass that failed: doubled with each further failure. */
const RETRY_MS = 200;
const MAX_RETRY_MS = 5000;
/** Timers cannot wait longer than this; the pass that they cause asks again. */
const MAX_TIMER_MS = 2 ** 31 - 1;

/** Runs a pass whenever something has changed, one at a time, and again after a failure. */
export class Loop {
  private timer: NodeJS.Timeout | undefined;
  private at = Infinity;
  private running: Promise<void> | undefined;
  private again = false;
  private stopped = false;
  private failures = 0;
  /** The error of the last pass. */
  failure: unknown;

  constructor(private readonly pass: () => Promise<void>) {}

  trigger(): void {
    this.triggerIn(GATHER_MS);
  }

  triggerIn(milliseconds: number): void {
    if (this.stopped) return;
    const wait = Math.min(Math.max(milliseconds, GATHER_MS), MAX_TIMER_MS);
    const at = Date.now() + wait;
    if (at >= this.at) return;
    clearTimeout(this.timer);
    this.at = at;
    this.timer = setTimeout(() => this.start(), wait);
  }

  /** Resolves when no pass runs any more. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.running;
  }

  private start(): void {
    this.at = Infinity;
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = this.run().finally(() => {
      this.running = undefined;
      if (this.again) this.trigger();
      this.again = false;
    });
  }

  private async run(): Promise<void> {
    try {
      await this.pass();
      this.failures = 0;
      this.failure = undefined;
    } catch (error) {
      this.failure = error;
      this.triggerIn(Math.min(RETRY_MS * 2 ** this.failures++, MAX_RETRY_MS));
    }
  }
}
