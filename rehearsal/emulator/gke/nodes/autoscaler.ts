import { Loop } from "../controllers/loop";
import { Delays, SECONDS } from "../delays";
import { NodePoolSpec } from "../gke";
import { Pod } from "../world/kinds";
import { ClusterState, keyOf } from "../world/world";
import { COMPUTE_CLASS_KEY, poolNames } from "./diagnose";
import { Amounts, fits, isAllowedOn, requestsOf, roomOf, without } from "./fit";
import { nodeName, Placement } from "./node";
import { belongsTo } from "./nodePools";

/** Within this time the scheduler has looked at a new node. */
const SCHEDULED_WITHIN_MS = 10_000;

/** A node that is added for pods that the scheduler has not placed yet. */
interface Upcoming {
  pool: NodePoolSpec;
  placement: Placement;
  name: string;
  free: Amounts;
  /** Uids of the pods that it is for. */
  pods: Set<string>;
  until: number;
}

/**
 * GKE's cluster autoscaler, as far as it adds nodes: for each pod without room, one of the first
 * pool that the pod may run in and that may grow. A pod that selects a compute class has the pools
 * of that class, in its order. Unused nodes stay.
 */
export class Autoscaler {
  private readonly loop = new Loop(() => this.pass());
  private readonly delays: Delays;
  private upcoming: Upcoming[] = [];

  constructor(
    private readonly cluster: ClusterState,
    private readonly add: (pool: NodePoolSpec, placement: Placement) => Promise<void>,
    timeScale: () => number,
    private readonly now: () => number = Date.now,
  ) {
    this.delays = new Delays(timeScale, (ms) => this.loop.triggerIn(ms));
  }

  /** A pod, a node, a compute class or a pool has changed. */
  trigger(): void {
    this.loop.trigger();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  async pass(): Promise<void> {
    const waiting = this.cluster.list("Pod").filter(isUnschedulable);
    const uids = new Set(waiting.map(uidOf));
    this.upcoming = this.upcoming.filter(({ pods, until }) => {
      return until > this.now() && [...pods].some((uid) => uids.has(uid));
    });
    for (const pod of waiting) await this.findRoom(pod);
    this.delays.endPass();
    if (this.upcoming.length > 0) this.loop.triggerIn(SCHEDULED_WITHIN_MS);
  }

  private async findRoom(pod: Pod): Promise<void> {
    const uid = uidOf(pod);
    if (this.upcoming.some(({ pods }) => pods.has(uid))) return;
    const requests = requestsOf(pod);
    const shared = this.upcoming.find((node) => this.hasRoom(pod, requests, node));
    const node = shared ?? this.choose(pod, requests);
    if (!node) return;
    if (!shared) {
      if (!this.delays.passed(`${uid}/node`, SECONDS.nodeAdded)) return;
      await this.add(node.pool, node.placement);
      this.upcoming.push(node);
    }
    node.pods.add(uid);
    node.free = without(node.free, requests);
  }

  /** The node to add; undefined where no pool may grow for this pod. */
  private choose(pod: Pod, requests: Amounts): Upcoming | undefined {
    return this.poolsFor(pod)
      .flatMap((pool) => this.placesIn(pool))
      .find((node) => this.hasRoom(pod, requests, node));
  }

  private hasRoom(pod: Pod, requests: Amounts, { pool, placement, free }: Upcoming): boolean {
    return isAllowedOn(pod, pool, this.cluster.pools, placement) && fits(requests, free);
  }

  /** In order of preference. */
  private poolsFor(pod: Pod): NodePoolSpec[] {
    const { pools } = this.cluster;
    const selector = pod.spec.nodeSelector as Record<string, string> | undefined;
    const selected = selector?.[COMPUTE_CLASS_KEY];
    if (selected === undefined) return pools;
    const computeClass = this.cluster.get("ComputeClass", undefined, selected);
    const names = computeClass ? poolNames(computeClass) : [];
    return names.flatMap((name) => pools.find((pool) => pool.name === name) ?? []);
  }

  /** Where a pool may grow: one place in each of its zones, the emptiest zone first. */
  private placesIn(pool: NodePoolSpec): Upcoming[] {
    const { autoscaling } = pool;
    const nodes = this.cluster.list("Node").filter((node) => belongsTo(node, pool.name));
    const coming = this.upcoming.filter((node) => node.pool.name === pool.name);
    const taken = new Set([...nodes.map((n) => n.metadata.name), ...coming.map((n) => n.name)]);
    if (!autoscaling || taken.size >= autoscaling.maxNodes) return [];
    const until = this.now() + SCHEDULED_WITHIN_MS;
    return autoscaling.zones
      .map((zone) => ({ pool, ...this.freePlace(pool, zone, taken) }))
      .sort((a, b) => a.placement.index - b.placement.index)
      .map((place) => ({ ...place, free: roomOf(pool), pods: new Set<string>(), until }));
  }

  private freePlace(pool: NodePoolSpec, zone: string, taken: Set<string>) {
    for (let index = 0; ; index++) {
      const placement = { zone, index };
      const name = nodeName(this.cluster.spec, pool, placement);
      if (!taken.has(name)) return { placement, name };
    }
  }
}

function isUnschedulable({ metadata, spec, status }: Pod): boolean {
  const scheduled = status?.conditions?.find(({ type }) => type === "PodScheduled");
  return (
    metadata.deletionTimestamp === undefined &&
    spec.nodeName === undefined &&
    scheduled?.status === "False" &&
    scheduled.reason === "Unschedulable"
  );
}

function uidOf(pod: Pod): string {
  return pod.metadata.uid ?? keyOf(pod);
}
