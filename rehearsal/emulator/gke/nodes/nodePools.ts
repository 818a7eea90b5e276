import { KubeClient, MERGE_PATCH } from "../../kube/client";
import { KubeError } from "../../kube/errors";
import { equal } from "../controllers/conditions";
import { ClusterSpec, NodePoolSpec } from "../gke";
import { cidrOf, firstFree, formatCidr, freeAddress } from "../../ipv4";
import { Queue } from "../queue";
import { Node } from "../world/kinds";
import { drain } from "./drain";
import { node, nodeLabels, nodeName, NodeNetwork, nodeTaints, Placement, placements } from "./node";

const DEFAULT_NODE_CIDR = "10.128.0.0/20";
const DEFAULT_POD_CIDR = "10.4.0.0/14";
const POD_PREFIX = 24;
const POOL_LABEL = "cloud.google.com/gke-nodepool";

/** The Node objects of one cluster. */
export class NodePools {
  /** An address is looked for and taken by one at a time. */
  private readonly creations = new Queue();

  constructor(
    private readonly client: KubeClient,
    private readonly spec: () => ClusterSpec,
    private readonly pools: () => NodePoolSpec[],
    private readonly timeScale: () => number = () => 0,
  ) {}

  /** Makes a pool's nodes as the pool says; nodes of other pools get their taints anew. */
  async set(pool: NodePoolSpec): Promise<void> {
    const existing = await this.nodes();
    const wanted = placements(pool);
    for (const at of wanted) await this.add(pool, at);
    const possible = [...wanted, ...autoscaled(pool)].map((at) => {
      return { at, name: nodeName(this.spec(), pool, at) };
    });
    const names = new Set(possible.map(({ name }) => name));
    const surplus = existing.filter((n) => belongsTo(n, pool.name) && !names.has(n.metadata.name));
    await Promise.all(existing.map((n) => this.update(n, possible, pool)));
    await this.remove(surplus, true);
  }

  /** Makes one node of a pool, unless it is there. */
  add(pool: NodePoolSpec, at: Placement): Promise<void> {
    return this.creations.run("", async () => {
      const cluster = this.spec();
      const taken = await this.nodes();
      const name = nodeName(cluster, pool, at);
      if (taken.some((n) => n.metadata.name === name)) return;
      const made = node(cluster, pool, this.pools(), at, freeNetwork(cluster, taken));
      await this.client.create(made).catch(exists);
    });
  }

  /** @param respectsBudgets pods leave as their disruption budgets allow */
  async delete(name: string, respectsBudgets: boolean): Promise<void> {
    const nodes = (await this.nodes()).filter((n) => belongsTo(n, name));
    await this.remove(nodes, respectsBudgets);
  }

  private async nodes(): Promise<Node[]> {
    return (await this.client.list("v1", "Node")) as Node[];
  }

  private async update(
    existing: Node,
    wanted: { at: Placement; name: string }[],
    changed: NodePoolSpec,
  ): Promise<void> {
    const { name, labels = {} } = existing.metadata;
    const pool = this.pools().find((p) => belongsTo(existing, p.name));
    if (!pool) return;
    const taints = nodeTaints(pool, this.pools());
    const at = pool === changed ? wanted.find((w) => w.name === name)?.at : undefined;
    const newLabels = at ? nodeLabels(pool, name, at) : labels;
    const kept = (existing.spec.taints ?? []).map(({ key, value, effect }) => ({
      key,
      value,
      effect,
    }));
    if (equal(labels, newLabels) && equal(kept, taints)) return;
    const dropped = Object.keys(labels).filter((key) => !(key in newLabels));
    const patch = { ...newLabels, ...Object.fromEntries(dropped.map((key) => [key, null])) };
    const body = { metadata: { labels: patch }, spec: { taints } };
    await this.client.patch(existing, body, MERGE_PATCH);
  }

  /** Drains a node like GKE: no new pods, pods end with their grace period, then the node is deleted. */
  private async remove(nodes: Node[], respectsBudgets: boolean): Promise<void> {
    const names = new Set(nodes.map((n) => n.metadata.name));
    if (names.size === 0) return;
    const cordon = { spec: { unschedulable: true } };
    await Promise.all(nodes.map((n) => this.client.patch(n, cordon, MERGE_PATCH)));
    await drain(this.client, names, { respectsBudgets, timeScale: this.timeScale() });
    await Promise.all(
      nodes.map((n) =>
        this.client.delete({ apiVersion: "v1", kind: "Node", name: n.metadata.name }).catch(gone),
      ),
    );
  }
}

/** Where the autoscaler may have put nodes; it owns the size of its pools. */
function autoscaled({ autoscaling }: NodePoolSpec): Placement[] {
  return (autoscaling?.zones ?? []).flatMap((zone) =>
    Array.from({ length: autoscaling?.maxNodes ?? 0 }, (_, index) => ({ zone, index })),
  );
}

export function belongsTo(existing: Node, pool: string): boolean {
  return existing.metadata.labels?.[POOL_LABEL] === pool;
}

/** An address and a pod range that no node has. */
export function freeNetwork(cluster: ClusterSpec, nodes: Node[]): NodeNetwork {
  const { nodeCidr = DEFAULT_NODE_CIDR, podCidr = DEFAULT_POD_CIDR, name } = cluster;
  const addresses = new Set(
    nodes.flatMap((n) => (n.status?.addresses ?? []).map((address) => address.address)),
  );
  const address = freeAddress(cidrOf(nodeCidr), addresses);
  if (address === undefined) throw new Error(`cluster ${name}: ${nodeCidr} has no address left`);
  const taken = nodes.flatMap(({ spec: { podCIDR } }) => (podCIDR ? [cidrOf(podCIDR)] : []));
  const range = firstFree(cidrOf(podCidr), POD_PREFIX, taken);
  if (!range) throw new Error(`cluster ${name}: ${podCidr} has no /24 left`);
  return { address, podCidr: formatCidr(range) };
}

function exists(error: unknown): void {
  if (!(error instanceof KubeError) || error.reason !== "AlreadyExists") throw error;
}

function gone(error: unknown): void {
  if (!(error instanceof KubeError) || error.code !== 404) throw error;
}
