import type { Dated } from "../frame";

export const SPOT_ONLY_DATED: Dated = {
  title: "Machine types that are sold as Spot or flex-start only",
  source: "https://cloud.google.com/compute/docs/gpus",
  asOf: "2026-08-20",
  goodForMonths: 6,
};

/** A part of a host with eight GPUs. */
export const SPOT_ONLY = ["a3-highgpu-1g", "a3-highgpu-2g", "a3-highgpu-4g"];
