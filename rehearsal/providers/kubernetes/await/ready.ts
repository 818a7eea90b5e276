import { KubeObject } from "../../../kube/objects";
import { ReachableCluster } from "../cluster";
import { Context } from "../context";
import { Observation } from "./observation";
import { Readiness, Verdict } from "./readiness";

/** An object that was stored and is not ready. */
export class NotReady extends Error {
  constructor(
    message: string,
    readonly live: KubeObject,
    readonly reasons: string[],
  ) {
    super(message);
    this.name = "NotReady";
  }
}

/** What is waited for, and where it is reported. */
export interface Wait {
  cluster: ReachableCluster;
  /** As the server stored it. */
  object: KubeObject;
  readiness: Readiness;
  timeoutSeconds: number;
  urn: string;
}

/**
 * Ends with the live object once it is ready.
 * @throws NotReady when it never will be, when time is up, and when the user gives up
 */
export async function untilReady(wait: Wait, context: Context): Promise<KubeObject> {
  const { readiness, object, cluster } = wait;
  const observation = new Observation(cluster, object, readiness.related, context.clock);
  const over = new AbortController();
  const following = observation.follow(over.signal);
  try {
    // Following ends only by an error that is nobody's to wait out.
    return await Promise.race([watch(observation, wait, context), following.then(never)]);
  } finally {
    over.abort();
    await following.catch(() => undefined);
  }
}

/** @throws NotReady where a single look finds the object not ready */
export async function checkReady(
  cluster: ReachableCluster,
  object: KubeObject,
  readiness: Readiness,
  context: Context,
): Promise<void> {
  const observation = new Observation(cluster, object, readiness.related, context.clock);
  await observation.once();
  const verdict = readiness.judge({ ...observation.view(), quietSeconds: () => Infinity });
  if (verdict.is === "ready") return;
  const { name } = object.metadata;
  const message = `Resource '${name}' was created but failed to initialize`;
  throw new NotReady(message, observation.object, verdict.reasons);
}

async function watch(observation: Observation, wait: Wait, context: Context): Promise<KubeObject> {
  const { clock, cancelled, log } = context;
  const { readiness, urn } = wait;
  const { name } = wait.object.metadata;
  const deadline = clock.now() + 1000 * (readiness.fixedTimeoutSeconds ?? wait.timeoutSeconds);
  let shown = "";
  for (;;) {
    const verdict = readiness.judge(observation.view());
    if (verdict.is === "ready") return observation.object;
    const reasons = reasonsOf(verdict, observation);
    const fail = (message: string) => new NotReady(message, observation.object, reasons);
    if (verdict.is === "failed") throw fail(`Resource '${name}' failed to initialize`);
    if (cancelled.aborted) throw fail(`Resource operation was cancelled for "${name}"`);
    const left = deadline - clock.now();
    if (left <= 0) throw fail(readiness.timedOut ?? `'${name}' timed out waiting to be Ready`);
    if (verdict.status !== shown) log.status((shown = verdict.status), urn);
    await observation.change(Math.min(left, 1000 * (verdict.againSeconds ?? Infinity)), cancelled);
  }
}

function reasonsOf(verdict: Exclude<Verdict, { is: "ready" }>, observation: Observation): string[] {
  const { trouble } = observation;
  return trouble === undefined
    ? verdict.reasons
    : [...verdict.reasons, `the object may have changed since it was last read: ${trouble}`];
}

function never(): never {
  throw new Error("the watch ended before the object was ready");
}
