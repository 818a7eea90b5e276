/** The messages for the user while the toolchain is assembled. */
export interface Reporter {
  /** A sentence that stays. */
  say(sentence: string): void;
  /**
   * Where the running work is; called often, shown at the reporter's own pace. Empty: none runs.
   */
  progress(line: string): void;
}

/** The parts of a terminal or log file that a reporter writes to. */
export interface Output {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** Milliseconds between two progress lines: a terminal rewrites one line, a log keeps them all. */
const TERMINAL_PACE = 200;
const LOG_PACE = 10_000;

export function reporterFor(output: Output, now: () => number = Date.now): Reporter {
  return output.isTTY ? terminalReporter(output, now) : logReporter(output, now);
}

function terminalReporter(output: Output, now: () => number): Reporter {
  const clear = "\r\x1b[K";
  let shownAt = 0;
  return {
    say: (sentence) => output.write(`${clear}${sentence}\n`),
    progress: (line) => {
      if (line !== "" && now() - shownAt < TERMINAL_PACE) return;
      shownAt = now();
      // One column short: a full line makes some terminals wrap, and the rewrite then misses it.
      output.write(clear + line.slice(0, (output.columns || 80) - 1));
    },
  };
}

function logReporter(output: Output, now: () => number): Reporter {
  let shownAt = now();
  return {
    say: (sentence) => output.write(`${sentence}\n`),
    progress: (line) => {
      if (line === "" || now() - shownAt < LOG_PACE) return;
      shownAt = now();
      output.write(`${line}\n`);
    },
  };
}

/** Joins the progress of several works that run at the same time into one line. */
export class ProgressLine {
  private readonly works = new Map<string, string>();

  constructor(private readonly reporter: Reporter) {}

  set(work: string, state: string): void {
    this.works.set(work, `${work} ${state}`);
    this.show();
  }

  end(work: string): void {
    if (this.works.delete(work)) this.show();
  }

  private show(): void {
    this.reporter.progress([...this.works.values()].join(" · "));
  }
}

/** `1:12`, from milliseconds. */
export function minutes(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
