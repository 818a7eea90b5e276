import type { Dated } from "../frame";

export const GPU_MACHINES_DATED: Dated = {
  title: "GPUs that each machine type brings",
  source: "https://cloud.google.com/compute/docs/gpus",
  asOf: "2026-08-20",
  goodForMonths: 12,
};

/** The GPUs of a machine: their type, as GKE names it, and their number. */
export interface MachineGpus {
  readonly type: string;
  readonly count: number;
}

/** Beginnings of machine types, their GPU, and its number by the rest of the type. */
const MACHINES: readonly (readonly [string, string, Readonly<Record<string, number>>])[] = [
  ["g2-standard-", "nvidia-l4", { 4: 1, 8: 1, 12: 1, 16: 1, 32: 1, 24: 2, 48: 4, 96: 8 }],
  ["g4-standard-", "nvidia-rtx-pro-6000", { 48: 1, 96: 2, 192: 4, 384: 8 }],
  ["a2-highgpu-", "nvidia-tesla-a100", { "1g": 1, "2g": 2, "4g": 4, "8g": 8 }],
  ["a2-megagpu-", "nvidia-tesla-a100", { "16g": 16 }],
  ["a2-ultragpu-", "nvidia-a100-80gb", { "1g": 1, "2g": 2, "4g": 4, "8g": 8 }],
  ["a3-highgpu-", "nvidia-h100-80gb", { "1g": 1, "2g": 2, "4g": 4, "8g": 8 }],
  ["a3-megagpu-", "nvidia-h100-mega-80gb", { "8g": 8 }],
  ["a3-ultragpu-", "nvidia-h200-141gb", { "8g": 8 }],
  ["a4-highgpu-", "nvidia-b200", { "8g": 8 }],
];

/** Families whose machines never have GPUs; only N1 takes any that are added to it. */
const WITHOUT_GPUS = /^(?:e2|n2|n2d|n4|n4d|c2|c2d|c3|c3d|c4|c4a|c4d|t2d|t2a|m1|m2|m3|m4|h3|z3)-/;

/** GPUs of a machine type: none for some families, undefined where that is not known. */
export function gpusOfMachine(type: string): MachineGpus | "none" | undefined {
  if (WITHOUT_GPUS.test(type)) {
    return "none";
  }
  const [beginning = "", gpu = "", counts = {}] =
    MACHINES.find(([each]) => type.startsWith(each)) ?? [];
  const count = counts[type.slice(beginning.length)];
  return count === undefined ? undefined : { type: gpu, count };
}
