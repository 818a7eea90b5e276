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
  const { version, flowControl, flags, plugins = {} } = choice;
  const problem = chartVersionProblem(version);
  return [
    ...(problem ? [{ path: ["version"], given: version, allowed: problem }] : []),
    ...Object.entries(flags).flatMap(([flag, given]) => {
      const allowed = pickerFlagProblem(flag, given);
      return allowed ? [{ path: ["flags", flag], given, allowed }] : [];
    }),
    // Which plugins there are depends on the version.
    ...(isChartVersion(version)
      ? pickerPluginProblems({ ...plugins }, version, flowControl).map((refusal) => ({
          ...refusal,
          path: ["plugins", ...refusal.path],
        }))
      : []),
  ];
}
