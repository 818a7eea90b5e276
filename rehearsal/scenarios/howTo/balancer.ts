import type { Backend } from "../../emulator/gke/gke";

import { until } from "./expect";
import type { Guide, Place } from "./guide";
import { POOL } from "./manifests/gateway";

export const METRIC = "gke.named_metrics.kv-cache";

/** The load balancer's settings for the imported pool. @throws Error if no load balancer has it */
export async function backendOf({ cloud }: Guide): Promise<Backend> {
  const [balancer] = await cloud.loadBalancers();
  const found = balancer?.backends.find(({ pool }) => pool === `default/${POOL}`);
  if (!found) throw new Error(`no load balancer sends requests to default/${POOL}`);
  return found;
}

/** `timeoutSec` of the load balancer, `unset` where no policy sets it: 30 s then. */
export function timeoutOf({ policy }: Backend): string {
  return String(policy?.timeoutSec ?? "unset");
}

/** Waits until a policy is in force with this timeout, or `unset`. */
export async function untilTimeout(guide: Guide, timeout: string): Promise<Backend> {
  return until(`a timeout ${timeout} of the load balancer`, async () => {
    const backend = await backendOf(guide);
    return timeoutOf(backend) === timeout ? backend : undefined;
  });
}

/**
 * Why the load balancer gets no metric from a cluster.
 * @param words of the reason that is waited for: others may come before it
 */
export async function whySilent(guide: Guide, { name }: Place, words: string): Promise<string> {
  return until(`a reason with "${words}" why ${METRIC} is not reported`, async () => {
    const { metrics } = await backendOf(guide);
    const missing = metrics.find((metric) => metric.name === METRIC)?.missing ?? [];
    const reason = missing.find(({ cluster }) => cluster.endsWith(`/${name}`))?.reason;
    return reason?.includes(words)
      ? `the load balancer has no ${METRIC} of ${name}: ${reason}`
      : undefined;
  });
}

/** Waits until both clusters report the metric. */
export async function untilReported(guide: Guide): Promise<void> {
  await until(`${METRIC} from both clusters`, async () => {
    const { metrics } = await backendOf(guide);
    return metrics.find(({ name }) => name === METRIC)?.reportedBy.length === 2 || undefined;
  });
}
