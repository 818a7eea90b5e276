import { objectsOfKind } from "../fleet/kubernetesObject";
import { Scopes } from "../fleet/scopes";
import { append, type Finding, on, pending, type Resource, type Stack, violation } from "../frame";
import { quantityOf } from "../pods/quantity";

import { podsOfGroup } from "./podCount";
import type { GpuPods } from "./schedulable";

const quotas = objectsOfKind({ kind: "ResourceQuota", groups: [""] });

/** Limits that also hold for pods with GPUs. https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
const GPUS = "requests.nvidia.com/gpu";
const PODS = ["pods", "count/pods"];

/** Namespaces whose quota leaves no room for their pods with GPUs: the API server makes none. */
export function* quotaFindings(stack: Stack, all: readonly GpuPods[]): Generator<Finding> {
  const made = stack.select(quotas);
  const scopes = new Scopes(stack);
  const inScope = new Map<string, GpuPods[]>();
  for (const pods of made.length === 0 ? [] : all) {
    append(inScope, scopes.of(pods.resource), pods);
  }
  for (const quota of made) {
    yield* findingsOf(quota, inScope.get(scopes.of(quota)) ?? []);
  }
}

function* findingsOf(quota: Resource, pods: readonly GpuPods[]): Generator<Finding> {
  const hard = quota.props.at("spec", "hard");
  // A quota with scopes holds for some pods only.
  const isOpen = ["scopes", "scopeSelector"].some((key) => !quota.props.at("spec", key).absent);
  const sum = (of: (each: GpuPods) => number) => pods.reduce((total, each) => total + of(each), 0);
  const asked = [
    { name: GPUS, needed: sum((each) => podsOf(each) * each.gpus), what: "GPUs" },
    ...PODS.map((name) => ({ name, needed: sum(podsOf), what: "pods" })),
  ];
  for (const { name, needed, what } of isOpen || pods.length === 0 ? [] : asked) {
    const limit = hard.at(name);
    const most = quantityOf(limit);
    if (limit.unknown) {
      yield on(quota, pending(limit));
    } else if (most !== undefined && needed > most) {
      const names = pods.map(({ resource }) => resource.name);
      const problem = `allows ${most} ${what}, but ${[...new Set(names)].join(", ")} ask for ${needed}`;
      yield on(quota, violation(limit, problem, "raise it, or run fewer pods"));
    }
  }
}

function podsOf({ resource, template }: GpuPods): number {
  return (resource.props.at("spec", "replicas").number ?? 1) * podsOfGroup(resource, template);
}
