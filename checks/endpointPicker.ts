import { isChartVersion } from "../catalog/chartVersions";

import { chartVersionProblem } from "./chartVersion";
import { pickerFlagProblem } from "./pickerFlags";
import { pickerPluginProblems } from "./pickerPlugins";
import type { Refusal } from "./refusal";

/** The settings of the endpoint picker; `EndpointPicker` of InferencePoolChart explains them. */
export interface PickerChoice {
  version: string;
  flowControl: boolean;
  flags: Record<string, string>;
  plugins?: object;
}

/** Every setting with which the endpoint picker would not start, or not work as intended. */
export function endpointPickerProblems(choice: PickerChoice): Refusal[] {
  return [...versionProblems(choice), ...flagProblems(choice.flags), ...pluginProblems(choice)];
}

export function versionProblems({ version }: Pick<PickerChoice, "version">): Refusal[] {
  const allowed = chartVersionProblem(version);
  return allowed ? [{ path: ["version"], given: version, allowed }] : [];
}

export function flagProblems(flags: PickerChoice["flags"]): Refusal[] {
  return Object.entries(flags).flatMap(([flag, given]) => {
    const allowed = pickerFlagProblem(flag, given);
    return allowed ? [{ path: ["flags", flag], given, allowed }] : [];
  });
}

/** Which plugins there are depends on the version; of an unknown one nothing is said. */
export function pluginProblems(choice: Omit<PickerChoice, "flags">): Refusal[] {
  const { version, flowControl, plugins = {} } = choice;
  if (!isChartVersion(version)) return [];
  return pickerPluginProblems({ ...plugins }, version, flowControl).map((refusal) => ({
    ...refusal,
    path: ["plugins", ...refusal.path],
  }));
}
