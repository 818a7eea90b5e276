import { isAtLeast } from "../fleet/version";
import type { Dated } from "../frame";

export const BLIND_RELEASES_DATED: Dated = {
  title: "Releases of vLLM whose images do not look for the driver where GKE puts it",
  source:
    "https://github.com/vllm-project/vllm/issues/18859; vllm-project/vllm#25766, in the release v0.11.1",
  asOf: "2025-11-18",
  goodForMonths: 24,
};

/**
 * NVIDIA's base images stopped looking there with CUDA 12.8, which vLLM uses from this release on.
 */
const FORGOTTEN = "0.9.0";
/** vLLM's own images look there again from this release on. */
export const REMEMBERED = "0.11.1";

/** Whether a tag of a vLLM image is such a release; false if the tag is not a version. */
export function isBlind(tag: string): boolean {
  return isAtLeast(tag, FORGOTTEN) === true && isAtLeast(tag, REMEMBERED) === false;
}
