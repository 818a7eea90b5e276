import { defaultMaintenanceDays } from "../../catalog/maintenance";
import { modelServers, VLLM_FLOOR } from "../../catalog/modelServers";
import { isReleaseAtLeast } from "../../catalog/releases";
import { flagProblems, pluginProblems, versionProblems } from "../../checks/endpointPicker";
import type { Refusal } from "../../checks/refusal";
import { type Problem, refused } from "../problem";
import { inEach } from "../readable";
import type { Model } from "../schema";

import { maintenanceProblem } from "./maintenance";
import type { Rule } from "./rule";

/** Rules about versions and when they change. */
export const softwareRules: Rule[] = [
  ({ endpointPicker }) => pickerProblems(versionProblems(endpointPicker)),
  ({ endpointPicker: { flags } }) =>
    inEach(flags, (flag, value) => pickerProblems(flagProblems({ [flag]: value }))),
  ({ endpointPicker: { version, flowControl, plugins } }) =>
    pickerProblems(pluginProblems({ version, flowControl, plugins })),

  ({ model }) => vllmProblems(["model"], model),

  ({ clusters }) =>
    inEach(clusters, (name, { model = {} }) => vllmProblems(["clusters", name, "model"], model)),

  ({ clusters, maintenanceWindow: { hours } }) =>
    inEach(clusters, (name, { region, block, maintenanceDays }) => {
      const days = maintenanceDays ?? defaultMaintenanceDays(region, block);
      const problem = maintenanceProblem(days, hours);
      return problem ? [refused(["clusters", name, "maintenanceDays"], days, problem)] : [];
    }),
];

function pickerProblems(refusals: Refusal[]): Problem[] {
  return refusals.map(({ path, given, allowed }) =>
    refused(["endpointPicker", ...path], given, allowed),
  );
}

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
