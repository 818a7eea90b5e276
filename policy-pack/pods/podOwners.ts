import { fleetOf, type Member } from "../fleet/fleet";
import { isPartial } from "../fleet/kubernetesObject";
import type { Namespaces } from "../fleet/namespaces";
import type { Resource, Stack, Value } from "../frame";

import { namesGpus } from "./gpuRequests";
import { containersOf, finitePodRunners, podRunners, podTemplatesOf } from "./podSpec";

/** An object that keeps pods running, such as a Deployment. */
export interface PodOwner {
  readonly resource: Resource;
  readonly member: Member;
  /** Undefined if not known yet. */
  readonly namespace: string | undefined;
  /** The labels of its pods; a LeaderWorkerSet has two kinds of pods. */
  readonly labels: readonly Value[];
  /** Whether its pods ask for GPUs, as model servers do. */
  readonly asksForGpus: boolean;
}

/** Every object of a stack that keeps pods running; with `jobs`, also those whose pods complete. */
export function podOwnersOf(
  stack: Stack,
  namespaces: Namespaces,
  { jobs: withJobs = false } = {},
): readonly PodOwner[] {
  return stack
    .select(podRunners)
    .filter((resource) => !isPartial(resource))
    .filter((resource) => withJobs || !finitePodRunners.matches(resource))
    .map((resource) => {
      const templates = knownTemplatesOf(resource);
      return {
        resource,
        member: fleetOf(stack).memberOf(resource),
        namespace: namespaces.of(resource),
        labels: templates.map((template) => template.at("metadata", "labels")),
        asksForGpus: templates.flatMap(containersOf).some(namesGpus),
      };
    });
}

/** A leader template that is not known yet may be absent, so its labels hide nothing. */
function knownTemplatesOf(resource: Resource): readonly Value[] {
  const templates = podTemplatesOf(resource);
  return templates.filter(({ unknown }, i) => !unknown || i === templates.length - 1);
}
