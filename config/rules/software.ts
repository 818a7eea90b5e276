import { endpointPickerProblems } from "../../catalog/endpointPicker";
import { maintenanceProblem } from "../../catalog/maintenance";
import { vllmProblem } from "../../catalog/modelServers";
import { maintenanceDaysOf } from "../derived";
import { type Problem, refused } from "../problem";
import type { Model } from "../schema";

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
