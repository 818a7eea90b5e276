import { INFERENCE_POOL } from "../fleet/kinds";
import { isPartial } from "../fleet/kubernetesObject";
import { Namespaces } from "../fleet/namespaces";
import { Scopes } from "../fleet/scopes";
import {
  type Finding,
  nameHint,
  on,
  pending,
  reliability,
  Resource,
  type Stack,
  stackPolicy,
  type Value,
  violation,
} from "../frame";

import { configFileFindings } from "./configFile";
import type { EndpointPicker } from "./endpointPicker";
import { flagsOf } from "./flags";
import { KNOWN_FLAGS, knowsFlags } from "./knownFlags";
import { PickedPools } from "./pickedPools";
import { PickerConfigs } from "./pickerConfig";
import { pickerReferences, PickerServices } from "./pickerServices";
import { toldPoolFindings } from "./toldPool";

/**
 * Flags that need a value: without it the endpoint picker exits, or takes the next flag as the
 * value.
 */
const WITH_VALUE = ["pool-name", "pool-namespace", "pool-group", "config-file"];

export const pickerServesPool = stackPolicy({
  name: "picker-serves-pool",
  description:
    "An endpoint picker starts, and routes the requests of the InferencePool that leads to it.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Give the endpoint picker the pool's name and namespace by --pool-name and --pool-namespace, " +
    "have the pool's endpointPickerRef lead to this endpoint picker, and mount the ConfigMap that " +
    "has the file of --config-file. Where another stack owns the pools, disable this policy.",
  url: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/blob/main/docs/pool-namespace-behavior.md",
  settings: {},

  *judge(stack) {
    const scopes = new Scopes(stack);
    const namespaces = new Namespaces(stack);
    const picked = new PickedPools(stack, scopes);
    const configs = new PickerConfigs(scopes);
    const pickers = picked.pickers.filter(({ resource }) => !isPartial(resource));
    for (const picker of pickers) {
      if (picker.hidesFlags) {
        yield on(picker.resource, pending(hiddenLine(picker)));
        continue;
      }
      yield* flagFindings(picker);
      yield* configFileFindings(picker, configs);
    }
    yield* toldPoolFindings(stack, namespaces, pickers);
    yield* strayFindings(stack, new PickerServices(stack, scopes, namespaces), picked);
  },
});

function hiddenLine({ container }: EndpointPicker): Value {
  const command = container.at("command");
  return command.unknown ? command : container.at("args");
}

/** Flags that make the endpoint picker exit at once. */
function* flagFindings(picker: EndpointPicker): Generator<Finding> {
  const { resource } = picker;
  for (const { name, at, value } of flagsOf(picker.container).values()) {
    if (knowsFlags(picker) && !KNOWN_FLAGS.includes(name)) {
      const problem = `an endpoint picker ${picker.version} has no flag --${name} and exits at once`;
      const fix = nameHint(name, KNOWN_FLAGS, "remove it", (meant) => `--${meant}`);
      yield on(resource, violation(at, problem, fix));
    } else if (WITH_VALUE.includes(name) && (value.absent || value.raw === "")) {
      yield on(resource, violation(at, `--${name} has no value`, "write it behind the flag"));
    } else if (name === "pool-group" && isOtherGroup(value)) {
      const problem = `${value} is not an API group of InferencePools`;
      yield on(resource, violation(value, problem, `set it to ${INFERENCE_POOL.groups[0]}`));
    }
  }
}

function isOtherGroup({ text }: Value): boolean {
  return text !== undefined && !text.includes("$(") && !INFERENCE_POOL.groups.includes(text);
}

/** Pools whose reference leads to an endpoint picker of another pool. */
function* strayFindings(
  stack: Stack,
  services: PickerServices,
  picked: PickedPools,
): Generator<Finding> {
  for (const reference of pickerReferences(stack)) {
    const service = services.of(reference);
    const pickers = service instanceof Resource ? services.pickersBehind(service) : [];
    const told = pickers.map((picker) => ({ picker, pool: picked.poolOf(picker) }));
    const [wrong] = told.filter(({ pool }) => pool !== undefined && pool !== reference.pool);
    if (wrong !== undefined && told.every(({ pool }) => pool !== reference.pool)) {
      const { picker, pool } = wrong;
      const problem =
        `${reference.name} leads to the endpoint picker ${picker.resource.name}, ` +
        `which routes for the InferencePool ${pool?.name}`;
      const fix = "give each InferencePool an endpoint picker and a Service of its own";
      yield on(reference.pool, violation(reference.name, problem, fix));
    }
  }
}
