import { setTimeout as sleep } from "node:timers/promises";

import { ClusterUnreachable } from "../kube/errors";

const PAUSE_MS = 500;
/** An API server that was killed is back after a few seconds; one that is not back by then stays away. */
const LIMIT_MS = 120_000;

/**
 * Does work on an API server again from its start while the server is out of reach. A control plane that restarts
 * makes GKE's own work on a cluster last longer; it does not fail it. @param work can be done twice
 */
export async function throughOutage<T>(work: () => Promise<T>, now = Date.now): Promise<T> {
  const deadline = now() + LIMIT_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ClusterUnreachable) || now() > deadline) throw error;
    }
    await sleep(PAUSE_MS);
  }
}
