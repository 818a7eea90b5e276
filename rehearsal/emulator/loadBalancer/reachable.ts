import { Endpoint, Forwarding } from "../gke/forwarding";

/** Why no request and no check goes to an endpoint that is not of this machine. */
export const NO_PROCESS = "no process runs for this pod";

/**
 * Pods with a process have an address of this machine. All others have one of the cluster's ranges, which may lead
 * somewhere else from here: nothing is ever sent there.
 */
export function hasProcess({ ip }: Pick<Endpoint, "ip">): boolean {
  return ip.startsWith("127.");
}

/** Without the pickers that cannot be asked. */
export function reachable(
  forwarding: Forwarding,
  canBeAsked: (address: string) => boolean,
): Forwarding {
  return {
    ...forwarding,
    pools: forwarding.pools.map((pool) => ({
      ...pool,
      members: pool.members.map((member) => {
        const addresses = member.picker.addresses.filter(canBeAsked);
        return { ...member, picker: { ...member.picker, addresses } };
      }),
    })),
  };
}

/** Addresses of the pickers that have a process, `ip:port`. */
export function pickersOf(forwardings: readonly Forwarding[]): string[] {
  const members = forwardings.flatMap(({ pools }) => pools.flatMap((pool) => pool.members));
  return members.flatMap(({ picker }) => picker.addresses).filter((ip) => hasProcess({ ip }));
}
