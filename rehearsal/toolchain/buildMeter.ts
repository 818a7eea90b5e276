import { minutes } from "./reporter";

/** Counts in what Go prints, and tells once a second: some packages take longer than that. */
export class BuildMeter {
  private packages?: ReadonlySet<string>;
  private fetched = 0;
  private compiled = 0;
  private readonly start = Date.now();
  private readonly ticker: NodeJS.Timeout;

  /**
   * @param onProgress told `812/1530 packages, 1:12`; before the total is known `45 modules
   * fetched, 0:07`
   * @param onLinking called once every package is compiled, or about to be
   */
  constructor(
    onProgress: (state: string) => void,
    private readonly onLinking: () => void = () => {},
  ) {
    const show = () => onProgress(`${this.state()}, ${minutes(Date.now() - this.start)}`);
    this.ticker = setInterval(show, 1000);
  }

  /** @param packages what is to be compiled, by import path */
  expect(packages: ReadonlySet<string>): void {
    this.packages = packages;
    if (packages.size === 0) this.onLinking();
  }

  /** @param line of the standard error of `go list` or `go build -v` */
  read(line: string): void {
    if (isDownload(line)) this.fetched += 1;
    if (!this.packages?.has(line)) return;
    this.compiled += 1;
    if (this.compiled === this.packages.size) this.onLinking();
  }

  stop(): void {
    clearInterval(this.ticker);
  }

  private state(): string {
    if (this.packages === undefined) return `${this.fetched} modules fetched`;
    const total = this.packages.size;
    if (total === 0) return "linking";
    return `${this.compiled}/${total} packages${this.compiled < total ? "" : ", linking"}`;
  }
}

export function isDownload(line: string): boolean {
  return line.startsWith("go: downloading ");
}
