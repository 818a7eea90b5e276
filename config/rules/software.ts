import { modelServers, VLLM_FLOOR } from "../../catalog/modelServers";
import { isReleaseAtLeast } from "../../catalog/releases";
import { endpointPickerProblems } from "../../checks/endpointPicker";
import { maintenanceDaysOf } from "../derived";
import { type Problem, refused } from "../problem";
import type { Model } from "../schema";

import { maintenanceProblem } from "./maintenance";
import { rule } from "./rule";

/** Rules about versions and when they change. */
export const softwareRules = [
  rule(["endpointPicker"], ({ endpointPicker }) =>
    endpointPickerProblems(endpointPicker).map(({ path, given, allowed }) =>
      refused(["endpointPicker", ...path], given, allowed),
    ),
  ),

  rule(["model"], ({ model }) => vllmProblems(["model"], model)),

  rule(["validClusters"], ({ validClusters }) =>
    Object.entries(validClusters).flatMap(([name, { model = {} }]) =>
      vllmProblems(["clusters", name, "model"], model),
    ),
  ),

  rule(["validClusters", "maintenanceWindow"], ({ validClusters, maintenanceWindow: { hours } }) =>
    Object.entries(validClusters).flatMap(([name, cluster]) => {
      const days = maintenanceDaysOf(cluster);
      const problem = maintenanceProblem(days, hours);
      return problem ? [refused(["clusters", name, "maintenanceDays"], days, problem)] : [];
    }),
  ),
];

function vllmProblems(path: PropertyKey[], { vllmVersion }: Partial<Model>): Problem[] {
  const problem = vllmVersion && vllmProblem(vllmVersion);
  return problem ? [refused([...path, "vllmVersion"], vllmVersion, problem)] : [];
}

/**
 * The versions of vLLM that are allowed; undefined if this one is.
 * @param version release of vLLM: `v0.18.1`
 */
export function vllmProblem(version: string): string | undefined {
  if (isReleaseAtLeast(modelServers.vllm.title, version, VLLM_FLOOR)) return undefined;
  return `${VLLM_FLOOR} or newer: the images of v0.9.0 to v0.11.0 do not find the GPU's driver on GKE`;
}
