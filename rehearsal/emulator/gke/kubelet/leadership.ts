import { Container, Pod } from "../world/kinds";

const ELECTION = "--ha-enable-leader-election";

/**
 * Whether the container is one of several endpoint pickers of a pool and another one leads: the picker answers its
 * readiness probe only while it is the leader. The ready pod leads; before any is ready, the oldest.
 * @param pods all pods of the cluster
 */
export function standsBy(pod: Pod, container: Container, pods: Pod[]): boolean {
  const pool = electionOf(pod, container);
  if (pool === undefined) return false;
  const rivals = pods
    .filter((other) => other.metadata.uid !== pod.metadata.uid)
    .filter((other) => other.status?.phase === "Running" && !other.metadata.deletionTimestamp)
    .filter((other) => other.spec.containers.some((c) => electionOf(other, c) === pool));
  return rivals.some((rival) => isReady(rival) || isOlder(rival, pod));
}

/** The pool whose pickers elect a leader, `namespace/name`. */
function electionOf(pod: Pod, { args = [] }: Container): string | undefined {
  if (!args.includes(ELECTION)) return undefined;
  return `${pod.metadata.namespace}/${args[args.indexOf("--pool-name") + 1]}`;
}

function isReady({ status }: Pod): boolean {
  return status?.conditions?.some((c) => c.type === "Ready" && c.status === "True") ?? false;
}

function isOlder(a: Pod, b: Pod): boolean {
  return ageKey(a) < ageKey(b);
}

function ageKey({ metadata: { creationTimestamp = "", name } }: Pod): string {
  return `${creationTimestamp}/${name}`;
}
