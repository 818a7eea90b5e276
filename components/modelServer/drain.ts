import { drainsItself } from "../../catalog/modelServers";
import type { ModelArgs, Notice } from "./args";

/** How a pod ends, in seconds. */
export interface Drain {
  /** Until load balancer and endpoint picker have noticed that it goes; it still takes requests. */
  notice: number;
  /** Then for the requests that it still has. */
  finish: number;
  /** When it is killed, counted from the start; a little more than both. */
  grace: number;
}

/**
 * Of a node that is taken back, GKE gives the pods the first 15 of 30 seconds, whatever a pod asks for (Spot VMs, GKE
 * documentation): notice and rest fit into them. Otherwise an answer may take its time.
 */
const DRAINS: Readonly<Record<Notice, Drain>> = {
  spot: { notice: 10, finish: 5, grace: 25 },
  none: { notice: 15, finish: 100, grace: 130 },
};

export function drainOf(notice: Notice): Drain {
  return DRAINS[notice];
}

/** Without it vLLM breaks off its requests at SIGTERM. Older versions do so anyway, and do not know the argument. */
export function drainArgs(notice: Notice, { vllmVersion }: Pick<ModelArgs, "vllmVersion">) {
  return drainsItself(vllmVersion) ? ["--shutdown-timeout", String(DRAINS[notice].finish)] : [];
}
