import { ForwardingMember } from "../gke/forwarding";

/** One way of requests: from the clients of a region to a member of a pool. Its counters tell who sends where. */
export interface Pair {
  gateway: string;
  /** Region of the listener. */
  listener: string;
  pool: string;
  /** Name of the cluster. */
  member: string;
}

/** The name of a pair's cluster in Envoy; none of its parts can contain a colon. */
export function pairName({ gateway, listener, pool, member }: Pair): string {
  return [gateway, listener, pool, member].map((part) => part.replaceAll("/", ".")).join("|");
}

export function pickerName(gateway: string, pool: string, { name }: ForwardingMember): string {
  return pairName({ gateway, listener: "picker", pool, member: name });
}

export function listenerName(gateway: string, region: string, port: number): string {
  return [gateway.replaceAll("/", "."), region, port].join("|");
}

/** What a name is called as a file. */
export function fileName(name: string): string {
  return name.replaceAll("|", "_");
}
