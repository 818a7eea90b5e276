import type { GCPInferencePoolImportRef } from "../../customResources/gcpInferencePoolImport";

/** A reference to the pools of this name, as the config cluster sees them. */
export function importOf(poolName: string): GCPInferencePoolImportRef {
  return { group: "networking.gke.io", kind: "GCPInferencePoolImport", name: poolName };
}
