import type { NodeGroup } from "./nodeGroup";

/** GKE's own, in GB, where a pool says nothing. */
const STANDARD_SIZE = 100;

/** Machines that bring SSDs of their own, on which GKE puts what pods write. */
const BRINGS_SSDS = /^(?:a2-ultragpu|a3|a4|a4x|g4|z3)-|-lssd$/;

const SSD_SETTINGS = ["ephemeralStorageLocalSsdConfig", "ephemeralStorageConfig"];

/**
 * GiB of its boot disk that a node leaves to pods: GKE keeps 10 % free, and for itself the least of
 * half of the disk, 6 GiB and 35 %, and 100 GiB. Undefined where that is not known, or pods write
 * to other disks.
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
  return gib - 0.1 * gib - Math.min(0.5 * gib, 6 + 0.35 * gib, 100);
}
