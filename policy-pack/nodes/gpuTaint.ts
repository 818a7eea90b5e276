import { advice, type Finding, on } from "../frame";

import type { NodeGroup } from "./nodeGroup";
import { GPU_TAINT } from "./placement";

/**
 * Node pools with GPUs, beside others, without the taint that keeps other pods away. GKE adds it by
 * itself only to a pool that it makes when the cluster has other nodes already.
 * https://cloud.google.com/kubernetes-engine/docs/how-to/gpus (create a pool);
 * terraform-google-modules/terraform-google-kubernetes-engine#703
 */
export function* untaintedFindings(groups: readonly NodeGroup[]): Generator<Finding> {
  const hasOthers = groups.some(({ hasGpus, at }) => !hasGpus && !at.unknown);
  for (const { resource, config, hasGpus } of hasOthers ? groups : []) {
    const taints = config.at("taints");
    const keys = (taints.items ?? []).map((taint) => taint.at("key"));
    const isTainted = keys.some(({ text, unknown }) => unknown || text === GPU_TAINT);
    if (hasGpus && !isTainted && !config.unknown && !taints.unknown) {
      const problem =
        `names no ${GPU_TAINT}, and GKE adds that by itself only to pools that it makes after ` +
        "others, so pods without GPUs may fill these nodes";
      const fix = `add {key: "${GPU_TAINT}", value: "present", effect: "NO_SCHEDULE"}`;
      yield on(resource, advice(taints, problem, fix));
    }
  }
}
