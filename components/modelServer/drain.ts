import { drainsItself } from "../../catalog/modelServers";
import type { ModelArgs, Notice } from "./args";

/** How a pod ends, in seconds. */
export interface Drain {
  /** Time for load balancer and endpoint picker to notice that it ends; it still takes requests. */
  notice: number;
  /** Time after that for the requests that it still has. */
  finish: number;
  /** When it is killed, counted from the start; a little more than both. */
  grace: number;
}

/**
 * When Google reclaims a node, GKE gives its pods the first 15 of 30 seconds, whatever a pod asks for (Spot VMs, GKE
 * documentation): notice and rest fit into them. Otherwise an answer may take its time.
 */
const DRAINS: Readonly<Record<Notice, Drain>> = {
  spot: { notice: 10, finish: 5, grace: 25 },
  none: { notice: 15, finish: 100, grace: 130 },
};

export function drainOf(notice: Notice): Drain {
  return DRAINS[notice];
}

/** vLLM otherwise breaks off its requests at SIGTERM. Older versions do so anyway, and do not know the argument. */
export function drainArgs(notice: Notice, { vllmVersion }: Pick<ModelArgs, "vllmVersion">) {
  return drainsItself(vllmVersion) ? ["--shutdown-timeout", String(DRAINS[notice].finish)] : [];
}
