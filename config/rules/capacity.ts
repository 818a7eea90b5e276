import { hasGke, POD_METRICS_GKE_VERSION } from "../../catalog/gkeVersion";
import { gpuMachines } from "../../catalog/gpuMachines";
import type { Provisioning } from "../../catalog/provisioning";
import { type Problem, refused } from "../problem";
import type { Accelerator } from "../schema";

import { rule } from "./rule";

/** Rules about how GPU nodes are bought, and about the model servers that have to fit on them. */
export const capacityRules = [
  rule(["accelerator"], ({ accelerator }) => poolProblems(["accelerator"], accelerator)),

  rule(["fallbacks"], ({ fallbacks }) =>
    fallbacks.flatMap((pool, i) => poolProblems(["fallbacks", i], pool)),
  ),

  rule(["accelerator", "fallbacks", "model"], ({ accelerator, fallbacks, model: { replicas } }) => {
    const gpus = gpusOf([accelerator, ...fallbacks]);
    if (replicas > gpus) return [refused(["model", "replicas"], replicas, atMostGpus(gpus))];
    if (gpus > 1) return [];
    const allowed = "room for 2 GPUs: the successor of a single model server runs before it goes";
    return [refused(["accelerator", "maxNodes"], accelerator.maxNodes, allowed)];
  }),

  rule(["accelerator", "fallbacks", "validClusters"], (known) => {
    const gpus = gpusOf([known.accelerator, ...known.fallbacks]);
    return Object.entries(known.validClusters).flatMap(
      ([name, { model: { replicas = 0 } = {} }]) =>
        replicas <= gpus
          ? []
          : [refused(["clusters", name, "model", "replicas"], replicas, atMostGpus(gpus))],
    );
  }),

  rule(["accelerator", "fallbacks", "autoscaling"], ({ accelerator, fallbacks, autoscaling }) => {
    const gpus = gpusOf([accelerator, ...fallbacks]);
    if (!autoscaling || autoscaling.maxReplicas <= gpus) return [];
    return [refused(["autoscaling", "maxReplicas"], autoscaling.maxReplicas, atMostGpus(gpus))];
  }),

  rule(["model", "autoscaling"], ({ model, autoscaling }) => {
    if (!autoscaling || autoscaling.maxReplicas > model.replicas) return [];
    const allowed = `more than model.replicas, ${model.replicas}`;
    return [refused(["autoscaling", "maxReplicas"], autoscaling.maxReplicas, allowed)];
  }),

  rule(["gkeVersion", "releaseChannel", "autoscaling"], (known) => {
    const { gkeVersion, releaseChannel, autoscaling } = known;
    if (!autoscaling || hasGke({ gkeVersion, releaseChannel }, POD_METRICS_GKE_VERSION)) return [];
    const [minor] = /^\d+\.\d+/.exec(POD_METRICS_GKE_VERSION) ?? [];
    const allowed = `${minor} or newer, or nothing, with \`autoscaling\`: older clusters hand the metrics of pods to load balancers only`;
    return [refused(["gkeVersion"], gkeVersion, allowed)];
  }),
];

function poolProblems(path: PropertyKey[], pool: Accelerator): Problem[] {
  const { machineType, provisioning, reservation, minNodes, maxNodes } = pool;
  const problems: Problem[] = [];
  const unsold = provisioningProblem(machineType, provisioning);
  if (unsold) problems.push(refused([...path, "provisioning"], provisioning, unsold));
  if (provisioning === "reservation" && !reservation) {
    problems.push(refused([...path, "reservation"], reservation, "the name of a reservation"));
  }
  if (provisioning !== "reservation" && reservation) {
    const allowed = "nothing, or `provisioning: reservation` beside it";
    problems.push(refused([...path, "reservation"], reservation, allowed));
  }
  if (provisioning === "flex-start" && minNodes > 0) {
    const allowed = "0: flex-start nodes come when a pod needs them";
    problems.push(refused([...path, "minNodes"], minNodes, allowed));
  }
  if (minNodes > maxNodes) {
    problems.push(refused([...path, "minNodes"], minNodes, `at most maxNodes, ${maxNodes}`));
  }
  return problems;
}

/**
 * Whether Google sells a machine type in this way.
 * @returns words that follow "allowed: "; undefined if it does, or if the type is not in the table
 */
export function provisioningProblem(
  machineType: string,
  provisioning: Provisioning,
): string | undefined {
  const soldAs = gpuMachines[machineType]?.soldAs;
  if (!soldAs || soldAs.includes(provisioning)) return undefined;
  return `${soldAs.join(" or ")}: ${machineType} is sold no other way`;
}

function atMostGpus(gpus: number): string {
  return `at most ${gpus}, the GPUs of its pools`;
}

function gpusOf(pools: Accelerator[]): number {
  return pools.reduce((sum, { machineType, maxNodes }) => {
    return sum + maxNodes * (gpuMachines[machineType]?.gpusPerNode ?? 0);
  }, 0);
}
