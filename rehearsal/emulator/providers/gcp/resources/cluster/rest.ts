import { setTimeout as sleep } from "node:timers/promises";

import type { Json } from "../../engine/json";
import type { Context } from "../../engine/resource";

const FIRST_PAUSE_MS = 20;
const LONGEST_PAUSE_MS = 1000;

/** States in which GKE does nothing to a cluster or a pool of its own. Source: `containerClusterAwaitRestingState`. */
const RESTING = ["RUNNING", "DEGRADED", "ERROR", "RUNNING_WITH_ERROR"];

/** Asks for a cluster or a pool until nothing is done to it any more. @param url its own @throws as the calls do */
export async function atRest({ cloud, deadline }: Context, url: string): Promise<Json> {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    const json = await cloud.call("GET", url, undefined, deadline);
    const state = String(json.status ?? "");
    if (RESTING.includes(state)) return json;
    if (Date.now() > deadline.until) throw new Error(told(url, state, json));
    await sleep(pause);
  }
}

/** Whether what was made is there and of no use. */
export function isInError({ status }: Json): boolean {
  return status !== "RUNNING";
}

function told(url: string, state: string, { statusMessage }: Json): string {
  const [, kind = "", name = ""] = /\/(clusters|nodePools)\/([^/]+)$/.exec(url) ?? [];
  const noun = kind === "clusters" ? "Cluster" : "NodePool";
  return `${noun} "${name}" has state "${state}" with message "${String(statusMessage ?? "")}"`;
}
