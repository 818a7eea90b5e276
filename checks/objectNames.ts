import type { Refusal } from "./refusal";

/** Longest name of a Helm release. */
const LONGEST_NAME = 53;
/** Number of characters of a name that the chart keeps in the names of the endpoint picker's objects. */
const CUT = 40;
/** The chart cuts the cluster role's name at 84 characters, its quotes with it, and what is cut no longer parses. */
const LONGEST_TOGETHER = 77;

/** A pool, which the chart names its objects after. */
interface PoolName {
  name: string;
  namespace: string;
}

/** Name of the PodMonitoring of the model servers; that of the endpoint picker has the pool's. */
export const SERVER_MONITORING = "model-server";

/** Name of the endpoint picker's objects. */
export function pickerName({ name }: Pick<PoolName, "name">): string {
  return `${cut(name)}-epp`;
}

/** Name of the endpoint picker's cluster role: two releases of one cluster must not share it. */
export function pickerClusterName({ name, namespace }: PoolName): string {
  return `${cut(name)}-${cut(namespace)}-epp`;
}

/** Name of the account whose token the collectors of metrics show to the endpoint picker. */
export function metricsReader({ name }: Pick<PoolName, "name">): string {
  return `${name}-metrics-reader-sa`;
}

/**
 * The Kubernetes account of a cluster's model servers. Clusters of one project share their workload pool, where the
 * same namespace and name are the same identity. So the cluster is part of the name: each has grants of its own, and
 * none waits for another or goes with it.
 */
export function accountName(cluster: string): string {
  return `model-server-${cluster}`;
}

/** Name of an objective's resource in the stack, where a cluster's name keeps it apart from that of other clusters. */
export function objectiveResource(cluster: string, objective: string): string {
  return `${cluster}-${objective}`;
}

/**
 * What is wrong with a pool's name, which is that of its Helm release.
 * @param path of the name
 */
export function poolNameProblems({ name, namespace }: PoolName, path: string[]): Refusal[] {
  const problems: Refusal[] = [];
  if (!/^[a-z]([-a-z0-9]*[a-z0-9])?$/.test(name) || name.length > LONGEST_NAME) {
    const allowed = `lower-case letters, digits and -, starting with a letter, 1 to ${LONGEST_NAME}`;
    problems.push({ path, given: name, allowed });
  }
  const together = cut(name).length + cut(namespace).length;
  if (together > LONGEST_TOGETHER) {
    const allowed =
      `a name that has at most ${LONGEST_TOGETHER} characters together with namespace "${namespace}", each cut at ${CUT}, ` +
      `not ${together}: the chart cannot render a longer cluster role`;
    problems.push({ path, given: name, allowed });
  }
  return problems;
}

function cut(name: string): string {
  return name.slice(0, CUT);
}
