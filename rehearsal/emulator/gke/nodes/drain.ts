import { KubeClient } from "../../kube/client";
import { KubeError } from "../../kube/errors";
import { KubeObject } from "../../kube/objects";

/** How long pods of a leaving node may take to end before they are deleted. */
const DRAIN_MS = 10_000;
/** GKE waits an hour of real time for disruption budgets. */
const BUDGETS_MS = 3_600_000;
const POLL_MS = 100;
/** What the eviction of a pod answers while its budget does not allow it. */
const TOO_MANY_REQUESTS = 429;

export interface DrainOptions {
  /** Pods leave as their disruption budgets allow. */
  respectsBudgets: boolean;
  /** 0 is at once, 1 is as long as GKE takes. */
  timeScale: number;
}

/** Ends the pods of nodes that go. Resolves when there are none. */
export async function drain(
  client: KubeClient,
  nodes: Set<string>,
  { respectsBudgets, timeScale }: DrainOptions,
): Promise<void> {
  const patience = respectsBudgets ? Math.max(DRAIN_MS, BUDGETS_MS * timeScale) : DRAIN_MS;
  const deadline = Date.now() + patience;
  for (;;) {
    const pods = (await client.list("v1", "Pod")).filter((pod) => {
      const { nodeName: on } = pod.spec as { nodeName?: string };
      return on !== undefined && nodes.has(on);
    });
    if (pods.length === 0) return;
    const late = Date.now() > deadline;
    const due = pods.filter((pod) => late || pod.metadata.deletionTimestamp === undefined);
    const end = respectsBudgets && !late ? evict : remove;
    await Promise.all(due.map((pod) => end(client, pod, late)));
    if (late) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function evict(client: KubeClient, { metadata }: KubeObject): Promise<void> {
  const { name, namespace } = metadata;
  const path = `${await client.path("v1", "Pod", namespace, name)}/eviction`;
  const body = { apiVersion: "policy/v1", kind: "Eviction", metadata: { name, namespace } };
  await client.request("POST", path, { body }).catch(ignore(404, TOO_MANY_REQUESTS));
}

async function remove(client: KubeClient, { metadata }: KubeObject, now: boolean): Promise<void> {
  const { name, namespace } = metadata;
  const options = now ? { gracePeriodSeconds: 0 } : {};
  await client
    .delete({ apiVersion: "v1", kind: "Pod", name, namespace }, options)
    .catch(ignore(404));
}

function ignore(...codes: number[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof KubeError) || !codes.includes(error.code)) throw error;
  };
}
