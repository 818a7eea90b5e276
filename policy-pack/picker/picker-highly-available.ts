import { deployments } from "../fleet/kinds";
import {
  type Finding,
  isOneOf,
  pending,
  productionStacks,
  reliability,
  resourcePolicy,
  type Value,
  violation,
} from "../frame";

import { type EndpointPicker, endpointPickerOf, endpointPickers } from "./endpointPicker";
import { isOn } from "./flags";

const ELECTION = "ha-enable-leader-election";

export const pickerHighlyAvailable = resourcePolicy({
  name: "picker-highly-available",
  description: "In production a second endpoint picker stands by, and of several only one leads.",
  severity: "medium",
  enforcementLevel: "advisory",
  framework: reliability,
  remediationSteps:
    "Run two replicas of the endpoint picker in production, and wherever there is more than one, " +
    "give them --ha-enable-leader-election and the right to leases.",
  url: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/blob/v1.5.0/config/charts/inferencepool/README.md",
  settings: { productionStacks },
  judges: {
    label: "Deployments of endpoint pickers",
    matches: (resource) => deployments.matches(resource) && endpointPickers.matches(resource),
  },

  *judge(resource, { productionStacks: serving }) {
    const replicas = resource.props.at("spec", "replicas");
    if (replicas.unknown) {
      yield pending(replicas);
    } else if (replicasIn(replicas) > 1) {
      yield* electionFindings(endpointPickerOf(resource), replicas);
    } else if (isOneOf(resource.stack, serving)) {
      const given = replicas.absent ? "is not set, so it is 1" : `is ${replicas}`;
      const problem = `${given} in the production stack ${resource.stack}, so there is no standby`;
      yield violation(replicas, problem, `set it to 2, with --${ELECTION}`);
    }
  },
});

function* electionFindings(
  picker: EndpointPicker | undefined,
  replicas: Value,
): Generator<Finding> {
  if (picker === undefined || isOn(picker.flag(ELECTION))) {
    return;
  }
  const args = picker.container.at("args");
  if (picker.hidesFlags) {
    yield pending(args);
  } else {
    const problem = `${replicas} pickers without --${ELECTION} do not know of each other's choices`;
    yield violation(picker.flag(ELECTION)?.at ?? args, problem, `add "--${ELECTION}"`);
  }
}

/** The number of replicas; the default of Kubernetes is one. */
function replicasIn(replicas: Value): number {
  return replicas.absent ? 1 : Number(replicas.raw);
}
