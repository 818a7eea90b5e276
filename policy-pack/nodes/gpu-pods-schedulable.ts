import { nodePools } from "../fleet/cloudTypes";
import { clusterText, fleetOf } from "../fleet/fleet";
import { missing } from "../fleet/hiddenObjects";
import { computeClasses } from "../fleet/kinds";
import { isPartial } from "../fleet/kubernetesObject";
import {
  advice,
  type Finding,
  groupBy,
  nameHint,
  on,
  pending,
  quoted,
  reliability,
  type Resource,
  type Stack,
  stackPolicy,
  Value,
  violation,
} from "../frame";
import { podRunners, podTemplatesOf } from "../pods/podSpec";

import { type PooledClass, pooledClassOf } from "./classPools";
import { quotaFindings } from "./gpuQuota";
import { untaintedFindings } from "./gpuTaint";
import { memoryFindings } from "./modelMemory";
import { type NodeGroup, nodeGroupsOf } from "./nodeGroup";
import { podsOfGroup } from "./podCount";
import { rolloutOf } from "./rollout";
import { GpuPods, misfitOf, type Room, roomFor } from "./schedulable";

/** Classes that GKE has in every cluster. */
const BUILT_IN_CLASSES =
  /^(?:Accelerator|Balanced|Performance|Scale-Out|autopilot(?:-spot)?|general-purpose)$/;

export const gpuPodsSchedulable = stackPolicy({
  name: "gpu-pods-schedulable",
  description:
    "Pods that ask for GPUs fit the node pools of their cluster and the quota of their namespace, " +
    "also while they are updated.",
  severity: "high",
  framework: reliability,
  remediationSteps:
    "Give a node pool with GPUs of the pods' cluster the labels that their nodeSelector asks for, " +
    "tolerate its taints, and let it grow to as many nodes as the pods need, with room for one more " +
    "where maxUnavailable is 0. Name the pools of a " +
    "ComputeClass in its priorities, with its label and its taint on them. Where another stack " +
    "owns node pools of the cluster, disable this policy.",
  url: "https://cloud.google.com/kubernetes-engine/docs/concepts/about-custom-compute-classes",
  settings: {},

  *judge(stack) {
    yield* quotaFindings(stack, stack.select(podRunners).flatMap(gpuPodsOf));
    // A pool of an unknown cluster may take any pods.
    const lost = stack.select(nodePools).some((pool) => !fleetOf(stack).clusterAt(pool, "cluster"));
    if (lost) {
      return;
    }
    const classes = new Map(
      [...fleetOf(stack).byMember(stack.select(computeClasses))].map(([{ key }, all]) => [
        key,
        all,
      ]),
    );
    for (const [member, runners] of fleetOf(stack).byMember(stack.select(podRunners))) {
      const { cluster } = member;
      const groups = cluster === undefined ? [] : nodeGroupsOf(cluster, fleetOf(stack));
      yield* untaintedFindings(groups);
      if (cluster !== undefined && groups.length > 0 && keepsToPools(cluster)) {
        const where = clusterText(member);
        const there = classes.get(member.key) ?? [];
        const scene = { stack, cluster, where, groups, classes: there };
        yield* clusterFindings(runners.flatMap(gpuPodsOf), scene);
      }
    }
  },
});

interface Scene {
  readonly stack: Stack;
  readonly cluster: Resource;
  readonly where: string;
  readonly groups: readonly NodeGroup[];
  readonly classes: readonly Resource[];
}

/** Whether a cluster has only the nodes of its node pools. */
function keepsToPools({ props }: Resource): boolean {
  const switches = [props.at("enableAutopilot"), props.at("clusterAutoscaling", "enabled")];
  return switches.every(({ raw, unknown }) => raw !== true && !unknown);
}

function gpuPodsOf(resource: Resource): readonly GpuPods[] {
  return podTemplatesOf(resource)
    .map((template) => new GpuPods(resource, template))
    .filter(({ gpus }) => gpus > 0 && !isPartial(resource));
}

function* clusterFindings(all: readonly GpuPods[], scene: Scene): Generator<Finding> {
  for (const [name, pods] of groupBy(all, ({ computeClass }) => computeClass.text)) {
    const known = scene.classes.filter((each) => each.props.at("metadata", "name").text === name);
    const [resource] = known;
    const pooled = resource && pooledClassOf(resource, scene.groups);
    const findings = pooled === undefined ? [] : [...classFindings(pooled, pods, scene)];
    yield* findings;
    if (findings.length > 0 || (resource !== undefined && pooled === undefined)) {
      continue;
    }
    for (const each of pods) {
      const lost = resource === undefined ? missingClass(each, scene) : undefined;
      yield* lost === undefined ? podFindings(each, scene) : [lost];
    }
  }
}

function missingClass({ resource, computeClass }: GpuPods, scene: Scene): Finding | undefined {
  const { text } = computeClass;
  const names = scene.classes.map((each) => each.props.at("metadata", "name"));
  if (text === undefined || BUILT_IN_CLASSES.test(text) || names.some(({ unknown }) => unknown)) {
    return undefined;
  }
  const known = names.flatMap((name) => name.text ?? []);
  const fix = nameHint(text, known, "create it there", quoted);
  const problem = `no ComputeClass "${text}" is in ${scene.where}, so no node takes the pods`;
  return missing(
    scene.stack,
    { beside: resource },
    on(resource, violation(computeClass, problem, fix)),
  );
}

/** Also pools of the class that take none of its pods, as long as others do. */
function* classFindings(
  pooled: PooledClass,
  pods: readonly GpuPods[],
  { where }: Scene,
): Generator<Finding> {
  yield* pooled.findings(where);
  const { pools } = pooled;
  // A pool without the class's label is already reported.
  const useless = pools.filter((group) => {
    return pods.length > 0 && pods.every((each) => (misfitOf(each, group)?.rank ?? 0) > 0);
  });
  for (const group of useless.length < pools.length ? useless : []) {
    const misfit = pods[0] && misfitOf(pods[0], group);
    if (misfit !== undefined) {
      const problem = `no pod for ComputeClass "${pooled.name}" fits: ${misfit.problem}`;
      yield on(group.resource, violation(group.config, problem, misfit.fix));
    }
  }
}

function* podFindings(pods: GpuPods, { groups, cluster }: Scene): Generator<Finding> {
  const { resource } = pods;
  const misfits = groups.flatMap((group) => misfitOf(pods, group) ?? []);
  const [closest] = [...misfits].sort((one, other) => other.rank - one.rank);
  if (closest !== undefined && misfits.length === groups.length) {
    const problem = `no node takes these pods: ${closest.problem}`;
    yield on(resource, violation(closest.at, problem, closest.fix));
    return;
  }
  const replicas = resource.props.at("spec", "replicas");
  const perReplica = podsOfGroup(resource, pods.template);
  const fitting = groups.filter((group) => misfitOf(pods, group) === undefined);
  yield* memoryFindings(pods, fitting);
  const rooms = fitting.map((group) => roomFor(pods, group, cluster));
  const room = {
    pods: rooms.reduce((sum, each) => sum + each.pods, 0),
    byGpus: rooms.reduce((sum, each) => sum + each.byGpus, 0),
  };
  const wanted = (replicas.number ?? 1) * perReplica;
  if (replicas.unknown && room.pods < Infinity) {
    yield on(resource, pending(replicas));
  } else if (wanted > room.pods) {
    const names = fitting.map(({ name }) => name).join(", ");
    const problem = `${names} hold ${room.pods} of these ${wanted} pods at most`;
    yield on(resource, violation(replicas, problem, roomFix(wanted, room)));
  } else if (wanted > 0 && wanted + perReplica > room.pods) {
    const names = fitting.map(({ name }) => name).join(", ");
    yield* rolloutFindings(
      resource,
      replicas.number ?? 1,
      `${names} hold no more than ${room.pods}`,
    );
  }
}

/**
 * An update that has to start a pod first, with no room for it, never goes on. Where the number is
 * Kubernetes' default, the stack runs well until then, so that only warns.
 */
function* rolloutFindings(resource: Resource, replicas: number, full: string): Generator<Finding> {
  const rollout = rolloutOf(resource, replicas);
  if (rollout instanceof Value) {
    yield on(resource, pending(rollout));
  } else if (rollout?.unavailable === 0) {
    const { at } = rollout;
    const given = at.absent
      ? "is not set, which stands for 0 here"
      : `is ${at}, which stands for 0`;
    const problem = `${given}, so an update starts a pod before it stops one, but ${full}`;
    const finding = at.absent ? advice : violation;
    const fix = "set it to 1, or raise the most nodes of the pool";
    yield on(resource, finding(at, problem, fix));
  }
}

/** Names what is missing: nodes, their disk, or both. */
function roomFix(wanted: number, { pods, byGpus }: Room): string {
  const disk = "the pool's diskSizeGb: it holds fewer of them than there are GPUs on a node";
  if (wanted <= byGpus) {
    return `raise ${disk}`;
  }
  const more = "raise the most nodes of the pool";
  return pods < byGpus ? `${more}, and ${disk}` : `${more}, or run fewer pods`;
}
