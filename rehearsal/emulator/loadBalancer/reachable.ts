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

/** Without the pickers that have no process. */
export function reachable(forwarding: Forwarding): Forwarding {
  return {
    ...forwarding,
    pools: forwarding.pools.map((pool) => ({
      ...pool,
      members: pool.members.map((member) => {
        const addresses = member.picker.addresses.filter((ip) => hasProcess({ ip }));
        return { ...member, picker: { ...member.picker, addresses } };
      }),
    })),
  };
}
