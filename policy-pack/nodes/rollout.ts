import { deployments } from "../fleet/kinds";
import type { Resource, Value } from "../frame";

/** How an update replaces pods, where it starts new ones before it stops old ones. */
export interface Rollout {
  /** Pods, or groups of pods, that an update may stop before new ones serve. */
  readonly unavailable: number;
  /** Where that number is, or may be, set. */
  readonly at: Value;
}

/** The default of Kubernetes for both numbers of a Deployment. */
const QUARTER = "25%";

/**
 * The update of a Deployment or a LeaderWorkerSet, or the value in it that is not known yet;
 * undefined for Recreate, and for kinds that stop a pod before they start its successor. Kubernetes rounds the surge
 * up and the unavailable pods down, and takes 1 for the latter if both are 0.
 * https://github.com/kubernetes/kubernetes/blob/v1.35.0/pkg/controller/deployment/util/deployment_util.go
 * (ResolveFenceposts); https://lws.sigs.k8s.io/docs/concepts/rollout-strategy/
 */
export function rolloutOf(resource: Resource, replicas: number): Rollout | Value | undefined {
  const spec = resource.props.at("spec");
  const isGroup = !spec.at("leaderWorkerTemplate").absent;
  if (!isGroup && !deployments.matches(resource)) {
    return undefined;
  }
  const strategy = spec.at(isGroup ? "rolloutStrategy" : "strategy");
  const numbers = strategy.at(isGroup ? "rollingUpdateConfiguration" : "rollingUpdate");
  const type = strategy.at("type");
  const [more, at] = [numbers.at("maxSurge"), numbers.at("maxUnavailable")];
  const hidden = [type, more, at].find(({ unknown }) => unknown);
  if (hidden !== undefined || !["RollingUpdate", undefined].includes(type.text)) {
    return hidden;
  }
  const surge = countOf(more, isGroup ? 0 : QUARTER, replicas, Math.ceil);
  const stopped = countOf(at, isGroup ? 1 : QUARTER, replicas, Math.floor);
  return surge === undefined || stopped === undefined
    ? undefined
    : { unavailable: surge === 0 && stopped === 0 ? 1 : stopped, at };
}

/** A number, or a percentage of the replicas. */
function countOf(
  value: Value,
  standard: number | string,
  replicas: number,
  round: (number: number) => number,
): number | undefined {
  const given = value.absent ? standard : value.raw;
  const [, percent] = /^(\d+)%$/.exec(String(given)) ?? [];
  if (percent !== undefined) {
    return round((Number(percent) * replicas) / 100);
  }
  return typeof given === "number" ? given : undefined;
}
