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
import { containerRefusal, mountRefusal } from "./references";

/**
 * The kubelets of all nodes of one cluster, as far as the control plane sees them: pods that are
 * bound to a node start, become Ready and end. No image is run and no probe is asked.
 */
export class Kubelet {
  private readonly loop = new Loop(() => this.pass());
  private readonly delays: Delays;
  /** Addresses by pod uid: the API server's copy lags behind. */
  private readonly addresses = new Map<string, { node: string; address: string }>();
  private readonly reported = new Set<string>();

  constructor(
    private readonly cluster: ClusterState,
    private readonly client: KubeClient,
    private readonly cloud: CloudView,
    timeScale: () => number,
  ) {
    this.delays = new Delays(timeScale, (ms) => this.loop.triggerIn(ms));
  }

  /** A pod, a node, or something that a pod refers to has changed. */
  trigger(): void {
    this.loop.trigger();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  private async pass(): Promise<void> {
    const pods = this.cluster.list("Pod");
    this.forgetAddresses(pods);
    const results = await Promise.allSettled(pods.map((pod) => this.sync(pod, pods)));
    this.delays.endPass();
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
      podAddress: () => this.addressFor(pod, node),
    });
    if (status) await this.patchStatus(pod, status);
    await this.reportRefusals(pod);
  }

  /** Ends a pod after its preStop hooks, or after its grace period if that is shorter. */
  private async terminate(pod: Pod): Promise<void> {
    const { deletionGracePeriodSeconds = 0, finalizers = [], uid } = pod.metadata;
    const hooks = pod.spec.containers.map((c) => c.lifecycle?.preStop?.sleep?.seconds ?? 0);
    const needed = Math.max(0, ...hooks) + SECONDS.containerStopped;
    const seconds = Math.min(Number(deletionGracePeriodSeconds), needed);
    if (!this.delays.passed(`${uid}/terminate`, seconds)) return;
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
    const range = cidrOf(node.spec.podCIDR ?? "");
    const address = freeAddress(range, new Set(onNode.map((a) => a.address)));
    if (address !== undefined) this.addresses.set(uid, { node: node.metadata.name, address });
    return address;
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

function ignore(...codes: number[]): (error: unknown) => void {
  return (error) => {
    if (!(error instanceof KubeError) || !codes.includes(error.code)) throw error;
  };
}
