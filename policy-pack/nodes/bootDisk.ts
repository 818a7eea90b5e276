import type { Dated } from "../frame";

import type { NodeGroup } from "./nodeGroup";

export const BOOT_DISK_DATED: Dated = {
  title: "What GKE keeps of a boot disk, and which machines bring SSDs of their own",
  source:
    "https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes; " +
    "https://cloud.google.com/compute/docs/disks/local-ssd",
  asOf: "2026-08-20",
  goodForMonths: 12,
};

/** GKE's default, in GB. */
const STANDARD_SIZE = 100;

/** The operating system's part of a boot disk, in GiB: the node on the page below has 94.25 of 100. */
const SYSTEM_GIB = 5.75;

/** Machines with local SSDs, to which GKE writes, or may write, the ephemeral storage of pods. */
const BRINGS_SSDS = /^(?:a2-ultragpu|a3|a4|a4x|z3)-|-lssd$/;

const SSD_SETTINGS = ["ephemeralStorageLocalSsdConfig", "ephemeralStorageConfig"];

/**
 * GiB of its boot disk that a node leaves to pods. GKE reserves 10 % of what the system leaves
 * free, and in addition the smallest of: half of the disk, 6 GiB plus 35 % of it, and 100 GiB.
 * Undefined if that is not known, or if pods write to other disks.
 * https://cloud.google.com/kubernetes-engine/docs/concepts/plan-node-sizes
 */
export function diskForPods({ config, machineType }: NodeGroup): number | undefined {
  const ownSize = config.at("bootDisk", "sizeGb");
  const size = ownSize.absent ? config.at("diskSizeGb") : ownSize;
  const gib = size.absent ? STANDARD_SIZE : size.number;
  const onSsd = SSD_SETTINGS.some((setting) => !config.at(setting).absent);
  if (
    gib === undefined ||
    machineType.unknown ||
    onSsd ||
    BRINGS_SSDS.test(machineType.text ?? "")
  ) {
    return undefined;
  }
  return Math.max(0, 0.9 * (gib - SYSTEM_GIB) - Math.min(0.5 * gib, 6 + 0.35 * gib, 100));
}
