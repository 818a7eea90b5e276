import type { Resource, Value } from "../frame";

import type { NodeGroup } from "./nodeGroup";

export const SPOT_LABEL = "cloud.google.com/gke-spot";
export const PROVISIONING_LABEL = "cloud.google.com/gke-provisioning";
export const POOL_LABEL = "cloud.google.com/gke-nodepool";
export const ACCELERATOR_LABEL = "cloud.google.com/gke-accelerator";
export const COMPUTE_CLASS_LABEL = "cloud.google.com/compute-class";

/** GKE adds the toleration of this taint to pods that ask for GPUs. */
export const GPU_TAINT = "nvidia.com/gpu";

/** Whether a pod itself asks for Spot nodes. */
export function asksForSpot(template: Value): boolean {
  const selector = template.at("spec", "nodeSelector");
  const tolerations = template.at("spec", "tolerations").items ?? [];
  return (
    selector.at(SPOT_LABEL).text === "true" ||
    selector.at(PROVISIONING_LABEL).text === "spot" ||
    tolerations.some((toleration) => toleration.at("key").text === SPOT_LABEL)
  );
}

/** Whether a pod that asks for GPUs may be put on a group's Spot nodes, as far as that is known. */
export function fitsSpotGroup(runner: Resource, template: Value, group: NodeGroup): boolean {
  const selector = template.at("spec", "nodeSelector").fields ?? [];
  const tolerations = template.at("spec", "tolerations").items ?? [];
  const taints = group.config.at("taints").items ?? [];
  return (
    selector.every(([label, wanted]) => hasLabel(runner, group, label, wanted)) &&
    taints.every((taint) => isTolerated(taint.at("key").text, tolerations))
  );
}

/** Whether the nodes of a group of Spot nodes have a label, as far as that is known. */
export function hasLabel(
  runner: Resource,
  group: NodeGroup,
  label: string,
  wanted: Value,
): boolean {
  const own = group.config.at("labels", label);
  switch (label) {
    case SPOT_LABEL:
      return wanted.text === "true";
    case PROVISIONING_LABEL:
      return wanted.text === "spot";
    case POOL_LABEL:
      return isNamed(runner, group, wanted);
    case ACCELERATOR_LABEL: {
      const types = (group.config.at("guestAccelerators").items ?? []).map((gpu) => gpu.at("type"));
      return types.length === 0 || types.some((type) => type.unknown || type.text === wanted.text);
    }
    case COMPUTE_CLASS_LABEL:
      return own.unknown || own.text === wanted.text;
    default:
      // GKE sets most labels itself, so they are not in the properties of the pool.
      return !own.present || own.text === wanted.text;
  }
}

/** Before a pool exists, its name is not known, but that the pod's value comes from it is. */
function isNamed(runner: Resource, { resource, at }: NodeGroup, wanted: Value): boolean {
  const name = at.at("name").text;
  return wanted.text !== undefined && name !== undefined
    ? wanted.text === name
    : runner.dependenciesOf("spec").includes(resource.urn);
}

/** Whether a pod may be put on nodes with a taint of that key. */
export function isTolerated(taint: string | undefined, tolerations: readonly Value[]): boolean {
  return (
    taint === undefined ||
    taint === GPU_TAINT ||
    tolerations.some((toleration) => {
      const key = toleration.at("key");
      const every = key.absent && toleration.at("operator").text === "Exists";
      return every || key.unknown || key.text === taint;
    })
  );
}
