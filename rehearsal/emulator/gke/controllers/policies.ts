import { Delays, SECONDS } from "../delays";
import { Policy, TargetRef } from "../world/kinds";
import { ClusterState, keyOf, World } from "../world/world";
import { equal, isTrue, no, Wanted, withConditions, yes } from "./conditions";
import { whyNoImport } from "./exports";
import { Write } from "./writes";

export const POLICY_KINDS = ["GCPBackendPolicy", "HealthCheckPolicy"] as const;
export type PolicyKind = (typeof POLICY_KINDS)[number];

/** Says of each policy whether it is in force on its target. */
export function policies(world: World, delays: Delays): Write[] {
  return world.clusters.flatMap((cluster) =>
    POLICY_KINDS.flatMap((kind) =>
      cluster.list(kind).flatMap((policy) => reconcile(world, cluster, kind, policy, delays)),
    ),
  );
}

/** The policy of a kind that is in force on a target. */
export function attachedPolicy<K extends PolicyKind>(
  cluster: ClusterState,
  kind: K,
  target: TargetRef & { namespace: string },
) {
  return cluster
    .list(kind)
    .filter((policy) => isTrue(policy.status?.conditions, "Attached"))
    .find((policy) => equal(targetOf(policy), target));
}

function reconcile(
  world: World,
  cluster: ClusterState,
  kind: PolicyKind,
  policy: Policy,
  delays: Delays,
): Write[] {
  const { id } = cluster.spec;
  const wanted = attached(world, cluster, kind, policy);
  const before = policy.status?.conditions;
  if (wanted.status === "True" && !isTrue(before, "Attached")) {
    if (!delays.passed(`${id}/${kind}/${keyOf(policy)}`, SECONDS.policyAttached)) return [];
  }
  const conditions = withConditions(before, [wanted], policy.metadata.generation);
  if (equal(conditions, before)) return [];
  return [{ do: "status", cluster: id, object: policy, status: { conditions } }];
}

/** The condition `Attached`. The oldest of several policies on one target is in force. */
function attached(world: World, cluster: ClusterState, kind: PolicyKind, policy: Policy): Wanted {
  const target = targetOf(policy);
  if (target.namespace !== policy.metadata.namespace) {
    const message = `the target is in namespace ${target.namespace}; a policy must be beside it`;
    return no("Attached", "Invalid", message);
  }
  const problem = targetProblem(world, cluster, target);
  if (problem !== undefined) return no("Attached", "TargetNotFound", problem);
  const rivals = cluster.list(kind).filter((other) => equal(targetOf(other), target));
  const [oldest] = rivals.sort(byAge);
  if (oldest !== undefined && keyOf(oldest) !== keyOf(policy)) {
    const holder = `${kind} ${keyOf(oldest)}`;
    const message = `${holder} is older and already applies to ${target.kind} ${target.name}`;
    return no("Attached", "Conflicted", message);
  }
  return yes("Attached");
}

function targetOf(policy: Policy): TargetRef & { namespace: string } {
  const { group, kind, name, namespace } = policy.spec.targetRef;
  return { group, kind, name, namespace: namespace ?? policy.metadata.namespace ?? "default" };
}

function targetProblem(
  world: World,
  cluster: ClusterState,
  { group, kind, name, namespace }: TargetRef & { namespace: string },
): string | undefined {
  const key = `${namespace}/${name}`;
  switch (`${group}/${kind}`) {
    case "networking.gke.io/GCPInferencePoolImport":
      if (cluster.get("GCPInferencePoolImport", namespace, name)) return undefined;
      return `GCPInferencePoolImport ${key} not found: ${whyNoImport(world, cluster, key)}`;
    case "inference.networking.k8s.io/InferencePool":
      return cluster.get("InferencePool", namespace, name) ? undefined : `${kind} ${key} not found`;
    case "/Service":
      return cluster.get("Service", namespace, name) ? undefined : `${kind} ${key} not found`;
    default:
      return `${kind} of group "${group}" cannot be a target`;
  }
}

function byAge(left: Policy, right: Policy): number {
  const [a, b] = [left, right].map((p) => `${p.metadata.creationTimestamp ?? ""} ${keyOf(p)}`);
  return String(a) < String(b) ? -1 : 1;
}
