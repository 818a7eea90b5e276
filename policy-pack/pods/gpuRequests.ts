import type { Value } from "../frame";

/** The resource by which a container asks for NVIDIA GPUs. */
export const GPU_RESOURCE = "nvidia.com/gpu";

/** Whether a container asks for GPUs, or the value that is not known yet. */
export function asksForGpus(container: Value): boolean | Value {
  const amounts = amountsIn(container).map((amount) => amount.at(GPU_RESOURCE));
  if (amounts.some((amount) => amount.present && Number(amount.raw) > 0)) {
    return true;
  }
  return amounts.find(({ unknown }) => unknown) ?? false;
}

/** Whether a container asks for GPUs, even if their number is not known yet. */
export function namesGpus(container: Value): boolean {
  return amountsIn(container).some((amounts) => {
    const amount = amounts.at(GPU_RESOURCE);
    return !amounts.unknown && !amount.absent && Number(amount.raw) !== 0;
  });
}

function amountsIn(container: Value): readonly Value[] {
  return ["limits", "requests"].map((kind) => container.at("resources", kind));
}
