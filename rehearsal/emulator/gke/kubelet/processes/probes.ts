import type { ProbeSpec } from "../../world/kinds";

/** Asks once. */
export type Ask = (timeoutMs: number) => Promise<boolean>;

/** Asks again and again, and counts as a kubelet counts. */
export class Prober {
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;
  private answer: boolean | undefined;
  private inARow = 0;

  /** @param judged told once as many answers in a row are the same as the threshold asks for */
  constructor(
    private readonly spec: ProbeSpec,
    private readonly ask: Ask,
    private readonly judged: (passes: boolean) => void,
  ) {}

  start(): this {
    this.wait((this.spec.initialDelaySeconds ?? 0) * 1000);
    return this;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private wait(milliseconds: number): void {
    this.timer = setTimeout(() => void this.probe(), milliseconds);
  }

  private async probe(): Promise<void> {
    const { periodSeconds = 10, timeoutSeconds = 1 } = this.spec;
    const begun = Date.now();
    const answer = await this.ask(timeoutSeconds * 1000).catch(() => false);
    if (this.stopped) return;
    this.wait(Math.max(0, begun + periodSeconds * 1000 - Date.now()));
    this.count(answer);
  }

  private count(answer: boolean): void {
    const { successThreshold = 1, failureThreshold = 3 } = this.spec;
    this.inARow = answer === this.answer ? this.inARow + 1 : 1;
    this.answer = answer;
    if (this.inARow === (answer ? successThreshold : failureThreshold)) this.judged(answer);
  }
}
