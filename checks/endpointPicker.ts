import { isChartVersion } from "../catalog/chartVersions";

import { chartVersionProblem } from "./chartVersion";
import { pickerFlagProblem } from "./pickerFlags";
import { pickerPluginProblems } from "./pickerPlugins";
import type { Refusal } from "./refusal";

/** What can be chosen of the endpoint picker; what each means stands at `EndpointPicker` of InferencePoolChart. */
export interface PickerChoice {
  version: string;
  flowControl: boolean;
  flags: Record<string, string>;
  plugins?: object;
}

/** Everything that would give an endpoint picker that does not start, or not as meant. */
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
