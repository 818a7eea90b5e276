import { inferenceObjectives } from "../fleet/kinds";
import { Scopes } from "../fleet/scopes";
import {
  allOn,
  type Finding,
  reliability,
  requireValue,
  type Resource,
  stackPolicy,
} from "../frame";

import type { EndpointPicker } from "./endpointPicker";
import { PickedPools } from "./pickedPools";
import { PickerConfigs } from "./pickerConfig";

const GATE = "flowControl";
/** Another way to enable the feature, and the only one before v1.2. */
const GATE_VARIABLE = "ENABLE_EXPERIMENTAL_FLOW_CONTROL_LAYER";

export const prioritiesNeedFlowControl = stackPolicy({
  name: "priorities-need-flow-control",
  description: "Where requests have a priority, the endpoint picker queues them by it.",
  severity: "low",
  enforcementLevel: "advisory",
  framework: reliability,
  remediationSteps:
    "Add flowControl to featureGates of the endpoint picker's EndpointPickerConfig. Without it " +
    "requests of any priority from 0 on are served in the order in which they come.",
  url: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/blob/v1.5.0/site-src/guides/flow-control.md",
  settings: {},

  *judge(stack) {
    const scopes = new Scopes(stack);
    const pools = new PickedPools(stack, scopes);
    const configs = new PickerConfigs(scopes);
    for (const objective of stack.select(inferenceObjectives)) {
      const pool = pools.poolBeside(objective, objective.props.at("spec", "poolRef", "name"));
      const picker = pool === undefined ? undefined : pools.pickerOf(pool);
      if (picker !== undefined && controlsFlow(picker, configs) === false) {
        yield* objectiveFindings(objective, picker);
      }
    }
  },
});

function objectiveFindings(objective: Resource, picker: EndpointPicker): Iterable<Finding> {
  const priority = objective.props.at("spec", "priority");
  const problem =
    `${priority} has no effect, because the endpoint picker ${picker.resource.name} runs ` +
    "without flow control";
  const findings = requireValue(priority, {
    whenWrong: Number(priority.raw) > 0 ? problem : undefined,
    fix: `add ${GATE} to featureGates of its EndpointPickerConfig, or leave the priority out`,
  });
  return allOn(objective, findings);
}

/** Whether a picker has flow control; undefined if its configuration is not in this stack. */
function controlsFlow(picker: EndpointPicker, configs: PickerConfigs): boolean | undefined {
  const config = configs.of(picker);
  const variable = (picker.container.at("env").items ?? []).find((each) => {
    return each.at("name").text === GATE_VARIABLE;
  });
  if (picker.maker === undefined || config === undefined) {
    return undefined;
  }
  if (config.featureGates.includes(GATE)) {
    return true;
  }
  const value = variable?.at("value").text;
  return variable !== undefined && value === undefined ? undefined : isTrue(value);
}

/** Reads a boolean as Go does. */
function isTrue(text: string | undefined): boolean {
  return ["1", "t", "true"].includes(text?.toLowerCase() ?? "");
}
