import { fleetOf } from "../fleet/fleet";
import { isPartial } from "../fleet/kubernetesObject";
import {
  type Finding,
  listed,
  on,
  pending,
  reliability,
  type Resource,
  stackPolicy,
  Value,
  violation,
} from "../frame";
import { type Machine, machineOf, STANDARD_MACHINE } from "../nodes/machine";
import { type NodeGroup, nodeGroupsOf } from "../nodes/nodeGroup";
import { COMPUTE_CLASS_LABEL, hasLabel, isTolerated } from "../nodes/placement";

import { type EndpointPicker, endpointPickerOf, endpointPickers } from "./endpointPicker";
import { podRequest } from "./podRequests";

const GIB = 1024 ** 3;
export const pickerFitsNode = stackPolicy({
  name: "picker-fits-node",
  description:
    "A cluster with an endpoint picker has nodes without GPUs that are large enough for it.",
  severity: "medium",
  framework: reliability,
  remediationSteps:
    "Give the cluster a node pool without GPUs whose machines have more CPUs and memory than the " +
    "endpoint picker requests, such as e2-standard-8 for the 4 CPUs and 8Gi of the chart, or " +
    "request less. Where another stack makes that node pool, disable this policy.",
  url: "https://github.com/kubernetes-sigs/gateway-api-inference-extension/pull/2455",
  settings: {},

  *judge(stack) {
    const groupsOf = new Map<Resource, readonly NodeGroup[]>();
    for (const resource of stack.select(endpointPickers)) {
      const picker = endpointPickerOf(resource);
      const { cluster } = fleetOf(stack).memberOf(resource);
      if (picker === undefined || cluster === undefined || isPartial(resource)) {
        continue;
      }
      const groups = groupsOf.get(cluster) ?? nodeGroupsOf(cluster, fleetOf(stack));
      groupsOf.set(cluster, groups);
      if (groups.length > 0 && !makesNodes(cluster, picker)) {
        yield* fitFindings(picker, cluster, groups);
      }
    }
  },
});

/** Whether GKE creates nodes for pods that fit on none. */
function makesNodes({ props }: Resource, { template }: EndpointPicker): boolean {
  const provisioning = props.at("clusterAutoscaling", "enabled");
  const switches = [props.at("enableAutopilot"), provisioning];
  const selector = template.at("spec", "nodeSelector");
  return (
    switches.some(({ raw, unknown }) => raw === true || unknown) ||
    selector.unknown ||
    !selector.at(COMPUTE_CLASS_LABEL).absent
  );
}

function* fitFindings(
  picker: EndpointPicker,
  cluster: Resource,
  groups: readonly NodeGroup[],
): Generator<Finding> {
  const { resource, template } = picker;
  const cpus = podRequest(template, "cpu");
  const memory = podRequest(template, "memory");
  const hidden = [cpus, memory].find((amount) => amount instanceof Value);
  const least = {
    cpus: cpus instanceof Value ? 0 : cpus,
    memoryGib: memory instanceof Value ? 0 : memory / GIB,
  };
  const judged = groups.map((group) => ({ group, problem: problemOf(group, picker, least) }));
  if (judged.some(({ problem }) => problem === undefined)) {
    yield* hidden === undefined ? [] : [on(resource, pending(hidden))];
    return;
  }
  const reasons = judged.map(({ group, problem }) => `${group.name} ${problem}`);
  const asked = `${least.cpus} CPUs and ${Math.ceil(least.memoryGib * 10) / 10} GiB`;
  const problem =
    `no node pool of cluster ${cluster.name} takes a pod that requests ${asked} ` +
    `(${listed(reasons)})`;
  const fix = "add a node pool without GPUs whose machines have more than that";
  yield on(resource, violation(picker.container.at("resources", "requests"), problem, fix));
}

/** Why a group's nodes do not take the picker; undefined if they do, or if that is not known. */
function problemOf(group: NodeGroup, picker: EndpointPicker, least: Machine): string | undefined {
  const { machineType } = group;
  const machine = machineOf(machineType.absent ? STANDARD_MACHINE : (machineType.text ?? ""));
  if (group.at.unknown || group.config.unknown) {
    return undefined;
  }
  if (group.hasGpus) {
    return "has GPUs";
  }
  if (!isAdmitted(picker, group)) {
    return "has other labels or taints";
  }
  // The system uses a part of each machine.
  const fits =
    machine === undefined || (machine.cpus > least.cpus && machine.memoryGib > least.memoryGib);
  return fits ? undefined : `is of ${machineType.text ?? STANDARD_MACHINE}`;
}

/** Whether the labels and taints of a group's nodes let the picker in, as far as they are known. */
function isAdmitted({ resource, template }: EndpointPicker, group: NodeGroup): boolean {
  const tolerations = template.at("spec", "tolerations");
  const selector = template.at("spec", "nodeSelector").fields ?? [];
  const repelling = (group.config.at("taints").items ?? []).filter((taint) => {
    return taint.at("effect").text !== "PREFER_NO_SCHEDULE";
  });
  return (
    selector.every(
      ([label, wanted]) => wanted.unknown || hasLabel(resource, group, label, wanted),
    ) &&
    (tolerations.unknown ||
      repelling.every((taint) => isTolerated(taint.at("key").text, tolerations.items ?? [])))
  );
}
