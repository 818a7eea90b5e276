import { hasGke, POD_METRICS_GKE_VERSION } from "../../catalog/gkeVersion";
import { gpuMachines } from "../../catalog/gpuMachines";
import type { Provisioning } from "../../catalog/provisioning";
import { type Problem, refused } from "../problem";
import { atEach, found } from "../readable";
import type { Accelerator, Settings } from "../schema";

import { modelValues, type Rule } from "./rule";

/** Rules about how GPU nodes are bought, and about the model servers that have to fit on them. */
export const capacityRules: Rule[] = [
  ({ accelerator }) => poolProblems(["accelerator"], accelerator),

  ({ fallbacks }) => atEach(fallbacks, (pool, i) => poolProblems(["fallbacks", i], pool)),

  (settings) => {
    const gpus = gpusOf(settings);
    return modelValues(settings, "replicas")
      .filter(({ value }) => value > gpus)
      .map(({ path, value }) => refused(path, value, atMostGpus(gpus)));
  },

  (settings) => {
    if (gpusOf(settings) > 1) return [];
    const allowed = "room for 2 GPUs: the successor of a single model server runs before it goes";
    return [refused(["accelerator", "maxNodes"], settings.accelerator.maxNodes, allowed)];
  },

  (settings) => {
    const { autoscaling } = settings;
    const gpus = gpusOf(settings);
    if (!autoscaling || autoscaling.maxReplicas <= gpus) return [];
    return [refused(["autoscaling", "maxReplicas"], autoscaling.maxReplicas, atMostGpus(gpus))];
  },

  // The API server refuses an autoscaler whose most is less than its least; one that equals it never scales.
  (settings) => {
    const { autoscaling } = settings;
    if (!autoscaling) return [];
    const [largest] = modelValues(settings, "replicas").sort((a, b) => b.value - a.value);
    if (!largest || autoscaling.maxReplicas > largest.value) return [];
    const allowed = `more than ${largest.path.join(".")}, ${largest.value}`;
    return [refused(["autoscaling", "maxReplicas"], autoscaling.maxReplicas, allowed)];
  },

  ({ gkeVersion, releaseChannel, autoscaling }) => {
    if (!autoscaling || hasGke({ gkeVersion, releaseChannel }, POD_METRICS_GKE_VERSION)) return [];
    const [minor] = /^\d+\.\d+/.exec(POD_METRICS_GKE_VERSION) ?? [];
    const allowed = `${minor} or newer, or nothing, with \`autoscaling\`: older clusters hand the metrics of pods to load balancers only`;
    return [refused(["gkeVersion"], gkeVersion, allowed)];
  },
];

/** What is wrong with one pool; each check reads only what it judges. */
function poolProblems(path: PropertyKey[], pool: Accelerator): Problem[] {
  return POOL_CHECKS.flatMap((check) =>
    found(() => {
      const [key, allowed] = check(pool) ?? [];
      return key === undefined || allowed === undefined
        ? []
        : [refused([...path, key], pool[key], allowed)];
    }),
  );
}

type PoolCheck = (pool: Accelerator) => [keyof Accelerator, string | undefined] | undefined;

const POOL_CHECKS: PoolCheck[] = [
  ({ machineType, provisioning }) => [
    "provisioning",
    provisioningProblem(machineType, provisioning),
  ],
  ({ provisioning, reservation }) =>
    provisioning === "reservation" && !reservation
      ? ["reservation", "the name of a reservation"]
      : undefined,
  ({ provisioning, reservation }) =>
    provisioning !== "reservation" && reservation
      ? ["reservation", "nothing, or `provisioning: reservation` beside it"]
      : undefined,
  ({ provisioning, minNodes }) =>
    provisioning === "flex-start" && minNodes > 0
      ? ["minNodes", "0: flex-start nodes come when a pod needs them"]
      : undefined,
  ({ minNodes, maxNodes }) =>
    minNodes > maxNodes ? ["minNodes", `at most maxNodes, ${maxNodes}`] : undefined,
];

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

function gpusOf({ accelerator, fallbacks }: Pick<Settings, "accelerator" | "fallbacks">): number {
  return [accelerator, ...fallbacks].reduce((sum, { machineType, maxNodes }) => {
    return sum + maxNodes * (gpuMachines[machineType]?.gpusPerNode ?? 0);
  }, 0);
}
