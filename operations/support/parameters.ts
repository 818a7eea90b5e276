import { Refused } from "./commandExit";

type Environment = Record<string, string | undefined>;

/** A command's parameters: `make teardown STACK=dev RETRY_SECONDS=30` puts them into the environment. */
export class Parameters {
  constructor(
    private readonly environment: Environment,
    private readonly command: string,
  ) {}

  /** @throws Refused if none is given */
  stack(): string {
    const stack = this.environment.STACK;
    if (!stack) throw new Refused(`STACK is not set. Example: \`make ${this.command} STACK=dev\``);
    return stack;
  }

  flag(name: string): boolean {
    return !["", "0", "no", "false"].includes(this.environment[name] ?? "");
  }

  text(name: string): string | undefined {
    return this.environment[name] || undefined;
  }

  /** @throws Refused unless it is a number of at least `least` */
  number(name: string, fallback: number, least = 0): number {
    const given = this.environment[name];
    if (!given) return fallback;
    const value = Number(given);
    if (Number.isFinite(value) && value >= least) return value;
    throw new Refused(`${name}: got "${given}"; allowed: a number of at least ${least}`);
  }
}
