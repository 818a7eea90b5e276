/**
 * How long GKE takes for what its controllers do, in seconds of real time. From single public logs
 * and from scripts that poll, so orders of magnitude rather than distributions; those marked
 * [guess] have no source.
 */
export const SECONDS = {
  /** multiclusteringress enabled until the GatewayClasses are on the config cluster. */
  gatewayClasses: 120,
  /** Pool exported until its import is on the config cluster ("minutes"; scripts poll up to 15). */
  poolImport: 180,
  /** Gateway complete until Programmed (5 to 10 minutes). */
  gatewayProgrammed: 420,
  /** Gateway deleted until its load balancer is gone [guess]. */
  gatewayDeleted: 60,
  /** A policy written until it is attached [guess]. */
  policyAttached: 30,
  /** AutoscalingMetric written until the load balancer has the metric [guess]. */
  metricRegistered: 120,
  /** Pod without room until the node that is added for it is Ready (1 to 2 minutes) [guess]. */
  nodeAdded: 90,
  /** Image pull and start of an ordinary container [guess]. */
  containerStarted: 15,
  /** Model server started until it has loaded its weights (2 to 7 minutes). */
  modelLoaded: 240,
  /** SIGTERM until a container has ended, beside its preStop hook [guess]. */
  containerStopped: 2,
} as const;

/**
 * Remembers since when something is due. One instance belongs to one controller; what a pass of
 * that controller no longer asks for is forgotten, so a precondition that breaks starts the wait
 * anew.
 */
export class Delays {
  private readonly since = new Map<string, number>();
  private asked = new Set<string>();

  constructor(
    private readonly timeScale: () => number,
    private readonly wakeIn: (milliseconds: number) => void,
    private readonly now: () => number = Date.now,
  ) {}

  /** Whether `seconds`, scaled, have passed since `key` was first asked for. */
  passed(key: string, seconds: number): boolean {
    this.asked.add(key);
    const since = this.since.get(key) ?? this.now();
    this.since.set(key, since);
    const left = since + seconds * 1000 * this.timeScale() - this.now();
    if (left > 0) this.wakeIn(left);
    return left <= 0;
  }

  /** To be called after each pass. */
  endPass(): void {
    for (const key of this.since.keys()) if (!this.asked.has(key)) this.since.delete(key);
    this.asked = new Set();
  }
}
