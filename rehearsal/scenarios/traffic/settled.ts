import type { MemberTraffic } from "../../emulator/loadBalancer/traffic";

import type { Part } from "./hands";

/** Below this, the last scenario's requests no longer count. */
const IDLE_PERCENT = 3;

/** Whether nothing of earlier load is left. */
export function isIdle({ inFlight, gauges }: MemberTraffic): boolean {
  const used = gauges.map(({ utilizationPercent = 0 }) => utilizationPercent);
  return inFlight === 0 && used.every((percent) => percent < IDLE_PERCENT);
}

/**
 * Whether the load balancer sends requests to all pods that run, and to no others: just after a roll-out it may not know yet
 * that the healthy ones that it has are about to go.
 */
export function serves(
  { endpoints, pickers }: MemberTraffic,
  running: Readonly<Record<Part, readonly string[]>> | undefined,
): boolean {
  const healthy = endpoints.filter((each) => each.healthy).map(({ address }) => address);
  return areAt(healthy, running?.server) && areAt(pickers, running?.picker);
}

/** Whether addresses, `ip:port`, are those of these pods, at least one. */
function areAt(addresses: readonly string[], pods: readonly string[] = []): boolean {
  const hosts = new Set(addresses.map((address) => address.slice(0, address.lastIndexOf(":"))));
  return pods.length > 0 && hosts.size === pods.length && pods.every((ip) => hosts.has(ip));
}
