import { Endpoint, HealthCheck } from "../gke/forwarding";
import { probe } from "./probe";

export type Probe = typeof probe;

export interface Health {
  healthy: boolean;
  /** Why the last check failed. */
  reason?: string;
}

/** An endpoint under the checks of a pool. */
interface Checked {
  endpoint: Endpoint;
  check: HealthCheck;
  healthy: boolean;
  reason?: string;
  /** Checks in a row that say the opposite of `healthy`. */
  against: number;
  /** When the next check is due; Infinity while one is under way. */
  due: number;
}

/**
 * Google's health checks, by one prober. A new endpoint is unhealthy until it has passed as often as an unhealthy one
 * must. `tick` begins what is due and never waits.
 */
export class HealthChecks {
  private checked = new Map<string, Checked>();
  private readonly ending = new AbortController();

  /** @param now milliseconds @param ask the check itself */
  constructor(
    private readonly now: () => number = Date.now,
    private readonly ask: Probe = probe,
  ) {}

  /** These are to be checked from now on, and no others. Another check of the same endpoint begins anew. */
  set(wanted: { endpoint: Endpoint; check: HealthCheck }[]): void {
    const next = new Map<string, Checked>();
    for (const { endpoint, check } of wanted) {
      const key = keyOf(endpoint, check);
      const known = this.checked.get(key);
      next.set(
        key,
        known
          ? Object.assign(known, { endpoint })
          : { endpoint, check, healthy: false, against: 0, due: this.now() },
      );
    }
    this.checked = next;
  }

  of(endpoint: Endpoint, check: HealthCheck): Health {
    const { healthy, reason = "it was not checked yet" } = this.checked.get(
      keyOf(endpoint, check),
    ) ?? { healthy: false };
    return healthy ? { healthy } : { healthy, reason };
  }

  /** Begins every check that is due. @returns resolves when they have ended, for those who want to wait */
  async tick(): Promise<void> {
    const due = [...this.checked.values()].filter((each) => each.due <= this.now());
    await Promise.all(due.map((each) => this.check(each)));
  }

  /** Ends the checks that are under way. */
  stop(): void {
    this.ending.abort();
    this.checked.clear();
  }

  private async check(each: Checked): Promise<void> {
    const begun = this.now();
    each.due = Infinity;
    const failure = await this.ask(each.endpoint, each.check, this.ending.signal);
    each.due = begun + each.check.checkIntervalSec * 1000;
    judge(each, failure);
  }
}

function judge(each: Checked, failure: string | undefined): void {
  const passed = failure === undefined;
  if (passed === each.healthy) {
    each.against = 0;
  } else {
    each.against++;
    const { healthyThreshold, unhealthyThreshold } = each.check;
    if (each.against >= (passed ? healthyThreshold : unhealthyThreshold)) {
      each.healthy = passed;
      each.against = 0;
    }
  }
  if (failure !== undefined) each.reason = failure;
}

function keyOf({ pod, ip, port }: Endpoint, check: HealthCheck): string {
  return JSON.stringify([pod, ip, port, check]);
}
