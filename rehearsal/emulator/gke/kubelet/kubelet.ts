import { createHash } from "node:crypto";

import { KubeClient, MERGE_PATCH } from "../../kube/client";
import { KubeError } from "../../kube/errors";
import { timestamp } from "../controllers/conditions";
import { Loop } from "../controllers/loop";
import { Delays, SECONDS } from "../delays";
import { CloudView } from "../gke";
import { cidrOf, freeAddress } from "../../ipv4";
import { Node, Pod } from "../world/kinds";
import { ClusterState, keyOf } from "../world/world";
import { nextStatus } from "./lifecycle";
import { loopbackRange } from "./processes/loopback";
import type { PodProcesses } from "./processes/podProcesses";
import { containerRefusal, mountRefusal } from "./references";

/** What the kubelets of a cluster work with. */
export interface KubeletConfig {
  cluster: ClusterState;
  client: KubeClient;
  cloud: CloudView;
  /** How fast the cloud works: 0 is at once, 1 is as long as GKE takes. */
  timeScale: () => number;
  /** How fast a pod with processes ends, with its hooks and its grace period. */
  podTimeScale: () => number;
  /** The processes behind the pods; undefined where pods are only said to run. */
  processes?: PodProcesses;
}

/**
 * The kubelets of all nodes of one cluster, as far as the control plane sees them: pods that are
 * bound to a node start, become Ready and end. No image is run; for some images a real program runs in its place, and
 * then its probes decide.
 */
export class Kubelet {
  private readonly loop = new Loop(() => this.pass());
  private readonly delays: Delays;
  private readonly realDelays: Delays;
  private readonly podDelays: Delays;
  /** Addresses by pod uid: the API server's copy lags behind. */
  private readonly addresses = new Map<string, { node: string; address: string }>();
  private readonly reported = new Set<string>();
  /** Pods whose processes have been asked to end, by uid. */
  private readonly asked = new Set<string>();

  private readonly cluster: ClusterState;
  private readonly client: KubeClient;
  private readonly cloud: CloudView;
  private readonly processes: PodProcesses | undefined;

  constructor({ cluster, client, cloud, timeScale, podTimeScale, processes }: KubeletConfig) {
    this.cluster = cluster;
    this.client = client;
    this.cloud = cloud;
    this.processes = processes;
    const delays = (scale: () => number) => new Delays(scale, (ms) => this.loop.triggerIn(ms));
    this.delays = delays(timeScale);
    this.realDelays = delays(() => 1);
    this.podDelays = delays(podTimeScale);
  }

  /** A pod, a node, or something that a pod refers to has changed. */
  trigger(): void {
    this.loop.trigger();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
    this.processes?.stop();
  }

  private async pass(): Promise<void> {
    const pods = this.cluster.list("Pod");
    this.forgetAddresses(pods);
    const results = await Promise.allSettled(pods.map((pod) => this.sync(pod, pods)));
    await this.forgetProcesses(pods);
    for (const delays of [this.delays, this.realDelays, this.podDelays]) delays.endPass();
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }

  private async sync(pod: Pod, pods: Pod[]): Promise<void> {
    const node = this.cluster.get("Node", undefined, pod.spec.nodeName ?? "");
    if (pod.metadata.deletionTimestamp !== undefined) {
      if (pod.spec.nodeName !== undefined) await this.terminate(pod);
      return;
    }
    if (!node) return;
    const status = nextStatus(pod, {
      objects: this.cluster,
      cloud: this.cloud,
      node,
      pods,
      neighbours: pods.filter(
        (other) =>
          other.spec.nodeName === pod.spec.nodeName &&
          other.metadata.uid !== pod.metadata.uid &&
          other.status?.startTime !== undefined,
      ),
      passed: (step, seconds) => this.delays.passed(`${pod.metadata.uid}/${step}`, seconds),
      reallyPassed: (step, seconds) =>
        this.realDelays.passed(`${pod.metadata.uid}/${step}`, seconds),
      podAddress: () => this.addressFor(pod, node),
      processes: this.processes,
    });
    if (status) await this.patchStatus(pod, status);
    await this.reportRefusals(pod);
  }

  /** Ends a pod after its preStop hooks, or after its grace period if that is shorter. */
  private async terminate(pod: Pod): Promise<void> {
    const { finalizers = [], uid = "" } = pod.metadata;
    if (!(this.processes?.pods.has(uid) ? this.endProcesses(pod) : this.isOver(pod))) return;
    // A controller that guards the pod with a finalizer waits until it has ended.
    const ended = ["Succeeded", "Failed"].includes(pod.status?.phase ?? "");
    if (finalizers.length > 0 && !ended) await this.patchStatus(pod, { phase: "Failed" });
    const { name, namespace } = pod.metadata;
    await this.client
      .delete(
        { apiVersion: "v1", kind: "Pod", name, namespace },
        { gracePeriodSeconds: 0, preconditions: { uid } },
      )
      .catch(ignore(404, 409));
  }

  /** Whether a pod without processes has ended. */
  private isOver(pod: Pod): boolean {
    const seconds = Math.min(graceOf(pod), hookOf(pod) + SECONDS.containerStopped);
    return this.delays.passed(`${pod.metadata.uid}/terminate`, seconds);
  }

  /** Runs the hooks, then asks the processes to end, and ends them when the grace period is over. @returns whether all have ended */
  private endProcesses(pod: Pod): boolean {
    const { uid } = pod.metadata;
    const over = this.podDelays.passed(`${uid}/grace`, graceOf(pod));
    if (this.podDelays.passed(`${uid}/hooks`, hookOf(pod))) this.askToEnd(pod);
    return over || !this.processes?.remain(pod);
  }

  private askToEnd(pod: Pod): void {
    const { uid = "" } = pod.metadata;
    if (this.asked.has(uid)) return;
    this.asked.add(uid);
    this.processes?.terminate(pod);
  }

  /** Ends what is left of pods that are gone. */
  private async forgetProcesses(pods: Pod[]): Promise<void> {
    const live = new Set(pods.map(({ metadata }) => metadata.uid));
    const gone = [...(this.processes?.pods ?? [])].filter((uid) => !live.has(uid));
    await Promise.all(gone.map((uid) => this.processes?.forget(uid)));
    for (const uid of gone) this.asked.delete(uid);
  }

  private async patchStatus(pod: Pod, status: object): Promise<void> {
    // With its uid: a pod of the same name may have taken its place.
    const body = { metadata: { uid: pod.metadata.uid }, status };
    await this.client.patch(pod, body, MERGE_PATCH, {}, "status").catch(ignore(404, 409));
  }

  private addressFor(pod: Pod, node: Node): string | undefined {
    const uid = pod.metadata.uid ?? keyOf(pod);
    const known = this.addresses.get(uid);
    if (known) return known.address;
    const onNode = [...this.addresses.values()].filter((a) => a.node === node.metadata.name);
    const range = cidrOf(this.rangeFor(pod, node));
    const address = freeAddress(range, new Set(onNode.map((a) => a.address)));
    if (address !== undefined) this.addresses.set(uid, { node: node.metadata.name, address });
    return address;
  }

  /** The range of the node, or its loopback range for pods with processes. */
  private rangeFor({ spec }: Pod, node: Node): string {
    const { podCIDR = "" } = node.spec;
    const called = spec.containers.some((container) => this.processes?.runs(container));
    return called ? loopbackRange(podCIDR, this.processes?.cloud ?? "") : podCIDR;
  }

  /**
   * Addresses of deleted pods are free again; those that an earlier daemon gave are taken.
   */
  private forgetAddresses(pods: Pod[]): void {
    const live = new Map(pods.map((pod) => [pod.metadata.uid ?? keyOf(pod), pod]));
    for (const uid of this.addresses.keys()) if (!live.has(uid)) this.addresses.delete(uid);
    for (const [uid, { spec, status }] of live) {
      if (status?.podIP === undefined || spec.nodeName === undefined) continue;
      this.addresses.set(uid, { node: spec.nodeName, address: status.podIP });
    }
  }

  /** Writes the events with which a kubelet explains why a pod does not start. */
  private async reportRefusals(pod: Pod): Promise<void> {
    if (pod.status?.phase !== "Pending" || pod.status.startTime === undefined) return;
    const mount = mountRefusal({ objects: this.cluster, cloud: this.cloud }, pod);
    const containers = [...(pod.spec.initContainers ?? []), ...pod.spec.containers];
    const refusals = containers.map((c) => containerRefusal(this.cluster, pod, c));
    const messages = [
      ...(mount === undefined ? [] : [{ reason: "FailedMount", message: mount }]),
      ...refusals.flatMap((r) => (r ? [{ reason: "Failed", message: `Error: ${r.message}` }] : [])),
    ];
    await Promise.all(messages.map(({ reason, message }) => this.event(pod, reason, message)));
  }

  private async event(pod: Pod, reason: string, message: string): Promise<void> {
    const { name, namespace, uid } = pod.metadata;
    const hash = createHash("sha256").update(`${uid}/${reason}/${message}`).digest("hex");
    if (this.reported.has(hash)) return;
    this.reported.add(hash);
    const now = timestamp();
    await this.client
      .create({
        apiVersion: "v1",
        kind: "Event",
        metadata: { name: `${name}.${hash.slice(0, 16)}`, namespace },
        involvedObject: { apiVersion: "v1", kind: "Pod", name, namespace, uid },
        reason,
        message,
        type: "Warning",
        source: { component: "kubelet", host: pod.spec.nodeName },
        firstTimestamp: now,
        lastTimestamp: now,
        count: 1,
      })
      .catch(ignore(403, 404, 409));
  }
}

function graceOf({ metadata }: Pod): number {
  return Number(metadata.deletionGracePeriodSeconds ?? 0);
}

/** Seconds that the longest preStop hook sleeps. */
function hookOf({ spec }: Pod): number {
  return Math.max(0, ...spec.containers.map((c) => c.lifecycle?.preStop?.sleep?.seconds ?? 0));
}

function ignore(...codes: number[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof KubeError) || !codes.includes(error.code)) throw error;
  };
}
