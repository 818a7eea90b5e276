import { nearest, type Resource, type Value } from "../frame";
import { GPU_RESOURCE } from "../pods/gpuRequests";
import { containersOf } from "../pods/podSpec";
import { askedIn, quantityOf } from "../pods/quantity";

import { diskForPods } from "./bootDisk";
import { mostNodes } from "./nodeCount";
import type { NodeGroup } from "./nodeGroup";
import {
  ACCELERATOR_LABEL,
  COMPUTE_CLASS_LABEL,
  GPU_TAINT,
  hasLabel,
  POOL_LABEL,
  PROVISIONING_LABEL,
  SPOT_LABEL,
} from "./placement";

const DISK = "ephemeral-storage";
const GIB = 2 ** 30;

const KNOWN_LABELS = [
  ACCELERATOR_LABEL,
  COMPUTE_CLASS_LABEL,
  POOL_LABEL,
  PROVISIONING_LABEL,
  SPOT_LABEL,
];

/** Domains of labels that nodes do not get from their node pool. */
const LABELLED_BY_OTHERS = /(?:^|\.)(?:google\.com|kubernetes\.io|k8s\.io|gke\.io|nvidia\.com)\//;

/** Pods that ask for GPUs, by the template that they are made from. */
export class GpuPods {
  readonly resource: Resource;
  readonly template: Value;

  constructor(resource: Resource, template: Value) {
    this.resource = resource;
    this.template = template;
  }

  get nodeSelector(): Value {
    return this.template.at("spec", "nodeSelector");
  }

  /** The compute class that they are for; absent for none. */
  get computeClass(): Value {
    return this.nodeSelector.at(COMPUTE_CLASS_LABEL);
  }

  get tolerations(): Value {
    return this.template.at("spec", "tolerations");
  }

  /** GPUs of one pod, as far as they are known. */
  get gpus(): number {
    return this.sum(GPU_RESOURCE);
  }

  /** GiB that one pod may write to its node's disk, as far as they are known. */
  get disk(): number {
    return this.sum(DISK) / GIB;
  }

  /** Where the first container asks for GPUs, or for disk. */
  asked(what: "gpus" | "disk"): Value {
    const name = what === "gpus" ? GPU_RESOURCE : DISK;
    const places = containersOf(this.template).map((container) => askedIn(container, name));
    return places.find(({ absent }) => !absent) ?? this.template.at("spec", "containers");
  }

  private sum(name: string): number {
    const amounts = containersOf(this.template).map((each) => quantityOf(askedIn(each, name)));
    return amounts.reduce<number>((sum, amount) => sum + (amount ?? 0), 0);
  }
}

/**
 * Why pods do not fit on the nodes of a group; the later the reason, the closer they are to
 * fitting.
 */
export interface Misfit {
  readonly rank: number;
  /** The value of the pods that causes it. */
  readonly at: Value;
  readonly problem: string;
  readonly fix: string;
}

/** The first known reason why a group's nodes take none of the pods. */
export function misfitOf(pods: GpuPods, group: NodeGroup): Misfit | undefined {
  const tests = [labelMisfit, gpuMisfit, taintMisfit, diskMisfit];
  for (const [rank, test] of tests.entries()) {
    const misfit = test(pods, group);
    if (misfit !== undefined) {
      return { rank, ...misfit };
    }
  }
  return undefined;
}

type Reason = Omit<Misfit, "rank"> | undefined;

function labelMisfit(pods: GpuPods, group: NodeGroup): Reason {
  const lacking = (pods.nodeSelector.fields ?? []).find(([label, wanted]) => {
    return !wanted.unknown && lacksLabel(pods, group, label, wanted);
  });
  if (lacking === undefined) {
    return undefined;
  }
  const [label, wanted] = lacking;
  const fix = "write a label that nodes with GPUs have";
  return {
    at: wanted,
    problem: `nodes of ${group.name} have no label ${label}=${wanted.text}`,
    fix,
  };
}

function lacksLabel(pods: GpuPods, group: NodeGroup, label: string, wanted: Value): boolean {
  if (label === SPOT_LABEL || label === PROVISIONING_LABEL) {
    return ["true", "spot"].includes(wanted.text ?? "") && group.spot === false;
  }
  const own = group.config.at("labels", label);
  const isKnown = KNOWN_LABELS.includes(label);
  const mayBeThere = LABELLED_BY_OTHERS.test(label) && !isSlip(label);
  return isKnown || mayBeThere
    ? !hasLabel(pods.resource, group, label, wanted)
    : !own.unknown && own.text !== wanted.text;
}

/**
 * Whether it is a misspelt label of GKE; one with more than two letters more may be another label.
 */
function isSlip(label: string): boolean {
  const meant = nearest(label, KNOWN_LABELS);
  return meant !== undefined && Math.abs(meant.length - label.length) <= 2;
}

function gpuMisfit(pods: GpuPods, group: NodeGroup): Reason {
  const there = gpusPerNode(group);
  if (pods.gpus <= there) {
    return undefined;
  }
  const problem =
    there === 0
      ? `${group.name} has no guestAccelerators, so its nodes offer no GPU`
      : `a pod asks for ${pods.gpus} GPUs, but a node of ${group.name} has ${there}`;
  return { at: pods.asked("gpus"), problem, fix: "use nodes with as many, or ask for fewer" };
}

/** GPUs that a node offers; Infinity if that is not known. */
export function gpusPerNode({ config }: NodeGroup): number {
  const accelerators = config.at("guestAccelerators");
  if (accelerators.unknown) {
    return Infinity;
  }
  const counts = (accelerators.items ?? []).map((each) => {
    const divided = !each.at("gpuPartitionSize").absent || !each.at("gpuSharingConfig").absent;
    return divided ? Infinity : (each.at("count").number ?? Infinity);
  });
  return counts.reduce((sum, count) => sum + count, 0);
}

function taintMisfit(pods: GpuPods, group: NodeGroup): Reason {
  const taints = group.config.at("taints").items ?? [];
  const taint = taints.find((each) => !isTolerated(each, pods));
  if (taint === undefined) {
    return undefined;
  }
  const text = `${taint.at("key").text}=${taint.at("value").text ?? ""}`;
  const problem = `do not tolerate the taint ${text} of ${group.name}`;
  return { at: pods.tolerations, problem, fix: "tolerate it, or use other nodes" };
}

function isTolerated(taint: Value, pods: GpuPods): boolean {
  const [key, value, effect] = ["key", "value", "effect"].map((field) => taint.at(field).text);
  const repels = effect === "NO_SCHEDULE" || effect === "NO_EXECUTE";
  // GKE itself tolerates these two for pods that ask for GPUs, and for a class.
  const byGke = key === GPU_TAINT || (key === COMPUTE_CLASS_LABEL && !pods.computeClass.absent);
  const byClass = pods.computeClass.unknown || pods.computeClass.text === value;
  if (!repels || key === undefined || taint.at("value").unknown || pods.tolerations.unknown) {
    return true;
  }
  if (byGke && (key === GPU_TAINT || byClass)) {
    return true;
  }
  const meant = effect === "NO_SCHEDULE" ? "NoSchedule" : "NoExecute";
  return (pods.tolerations.items ?? []).some((toleration) => {
    const field = (name: string) => toleration.at(name);
    const fits = (name: string, text: string) => {
      return field(name).absent || field(name).raw === "" || isOrMayBe(field(name), text);
    };
    const exists = isOrMayBe(field("operator"), "Exists");
    const sameValue = exists || isOrMayBe(field("value"), value ?? "");
    const anyKey = exists && fits("key", key);
    return fits("effect", meant) && sameValue && (anyKey || isOrMayBe(field("key"), key));
  });
}

function isOrMayBe(value: Value, text: string): boolean {
  return value.unknown || value.text === text || (value.absent && text === "");
}

function diskMisfit(pods: GpuPods, group: NodeGroup): Reason {
  const there = diskForPods(group);
  const asked = pods.disk;
  if (there === undefined || asked <= there) {
    return undefined;
  }
  const problem =
    `a pod asks for ${Math.round(asked)} GiB of disk, but a node of ${group.name} leaves ` +
    `${Math.floor(there)} GiB of its boot disk to pods`;
  return { at: pods.asked("disk"), problem, fix: "raise the pool's diskSizeGb, or ask for less" };
}

/** How many pods a group of the largest size holds. */
export interface Room {
  readonly pods: number;
  /** The same without the limit of the disks. */
  readonly byGpus: number;
}

/** The room that a group has for pods. */
export function roomFor(pods: GpuPods, group: NodeGroup, cluster: Resource): Room {
  const { nodes = Infinity } = mostNodes(group, cluster);
  if (nodes === 0) {
    return { pods: 0, byGpus: 0 };
  }
  const [byGpus, byDisk] = [podsByGpus(pods, group), podsByDisk(pods, group)];
  return { pods: nodes * Math.min(byGpus, byDisk), byGpus: nodes * byGpus };
}

function podsByGpus(pods: GpuPods, group: NodeGroup): number {
  return Math.floor(gpusPerNode(group) / Math.max(1, pods.gpus));
}

function podsByDisk(pods: GpuPods, group: NodeGroup): number {
  return pods.disk === 0 ? Infinity : Math.floor((diskForPods(group) ?? Infinity) / pods.disk);
}
