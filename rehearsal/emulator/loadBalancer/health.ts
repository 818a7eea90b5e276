import { Endpoint, HealthCheck } from "../gke/forwarding";
import { probe } from "./probe";

export type Probe = typeof probe;

export interface Health {
  healthy: boolean;
  /** Why the last check failed. */
  reason?: string;
}

/** An endpoint of a pool, and how the pool checks it. */
export interface Wanted {
  /** `namespace/name` of the pool. */
  pool: string;
  endpoint: Endpoint;
  check: HealthCheck;
}

interface Checked extends Wanted {
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

  /**
   * These are to be checked from now on, and no others. Who is healthy stays healthy when the policy changes, until the
   * new check says otherwise.
   */
  set(wanted: Wanted[]): void {
    const entries = wanted.map((each) => {
      const known = this.checked.get(keyOf(each));
      const same = known && isSame(known.check, each.check);
      const begun = { healthy: known?.healthy ?? false, against: 0, due: this.now() };
      const checked = same ? Object.assign(known, each) : { ...each, ...begun };
      return [keyOf(each), checked] as const;
    });
    this.checked = new Map(entries);
  }

  of(pool: string, endpoint: Endpoint): Health {
    const known = this.checked.get(keyOf({ pool, endpoint }));
    const { healthy, reason = "it was not checked yet" } = known ?? { healthy: false };
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

function keyOf({ pool, endpoint: { pod, ip, port } }: Pick<Wanted, "pool" | "endpoint">): string {
  return JSON.stringify([pool, pod, ip, port]);
}

function isSame(left: HealthCheck, right: HealthCheck): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
