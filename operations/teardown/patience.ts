import type { Refusal } from "./refusal";

/** How long a command retries each deletion that Google refuses, from the first refusal. */
export class Patience {
  private readonly firstRefused = new Map<string, number>();

  /** @param limit in ms */
  constructor(private readonly limit: number) {}

  /** The time at which a refusal at `now` has lasted too long: the part that has lasted longest decides. */
  endsAt({ feature, leftovers }: Refusal, now: number): number {
    const refused = [...(feature ? ["feature"] : []), ...leftovers.map(({ what }) => what)];
    const since = refused.map((what) => this.firstRefused.get(what) ?? now);
    refused.forEach((what, i) => this.firstRefused.set(what, since[i] ?? now));
    return Math.min(...since) + this.limit;
  }
}
