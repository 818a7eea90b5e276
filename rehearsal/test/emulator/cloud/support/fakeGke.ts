import type { Forwarding } from "../../../../emulator/gke/forwarding";
import type {
  ClusterEndpoint,
  ClusterSpec,
  CloudView,
  ExportedPool,
  Gke,
  LoadBalancer,
  MultiClusterGateways,
  NodePoolSpec,
} from "../../../../emulator/gke/gke";

/** GKE as the cloud sees it: remembers what it was told and says what a test wants it to say. */
export class FakeGke implements Gke {
  readonly calls: string[] = [];
  readonly clusters = new Map<string, ClusterSpec>();
  readonly pools = new Map<string, NodePoolSpec>();
  balancers: LoadBalancer[] = [];
  forwarded: Forwarding[] = [];
  exported: ExportedPool[] = [];
  /** What a cluster itself says, where that is not what its controllers have seen. */
  exportedNow?: ExportedPool[];
  gateways: MultiClusterGateways = { existing: [] };
  cloudChanges = 0;
  /** What a creation waits for, or fails with. */
  creation: () => Promise<void> = async () => undefined;
  resumedAddress = "127.0.0.1:6443";

  constructor(readonly view: CloudView) {}

  async createCluster(cluster: ClusterSpec): Promise<ClusterEndpoint> {
    this.calls.push(`createCluster ${cluster.name}`);
    await this.creation();
    this.clusters.set(cluster.id, cluster);
    return { address: "127.0.0.1:6443", caCertificate: "Y2E=" };
  }

  async updateCluster(cluster: ClusterSpec): Promise<void> {
    this.calls.push(`updateCluster ${cluster.name}`);
    this.clusters.set(cluster.id, cluster);
  }

  async deleteCluster(id: string): Promise<void> {
    this.calls.push(`deleteCluster ${id.slice(id.lastIndexOf("/") + 1)}`);
    this.clusters.delete(id);
  }

  async setNodePool(pool: NodePoolSpec): Promise<void> {
    this.calls.push(`setNodePool ${pool.name}`);
    this.pools.set(`${pool.cluster}/${pool.name}`, pool);
  }

  async deleteNodePool(cluster: string, name: string): Promise<void> {
    this.calls.push(`deleteNodePool ${name}`);
    this.pools.delete(`${cluster}/${name}`);
  }

  cloudChanged(): void {
    this.cloudChanges++;
  }

  loadBalancers(): LoadBalancer[] {
    return this.balancers;
  }

  forwardings(): Forwarding[] {
    return this.forwarded;
  }

  exportedPools(): ExportedPool[] {
    return this.exported;
  }

  async exportedPoolsOf(id: string): Promise<ExportedPool[]> {
    return (this.exportedNow ?? this.exported).filter(({ cluster }) => cluster === id);
  }

  multiClusterGateways(): MultiClusterGateways {
    return this.gateways;
  }

  async diagnose(): Promise<string[]> {
    return ["GKE's own line"];
  }

  abandoned(): string[] {
    return ["gke-west: Namespace inference"];
  }

  controlPlanes() {
    const pids = { kubeApiserver: 1, kubeControllerManager: 2, kubeScheduler: 3 };
    return [...this.clusters.keys()].map((id) => ({ id, address: "127.0.0.1:6443", pids }));
  }

  async resume(clusters: ClusterSpec[], pools: NodePoolSpec[]) {
    this.calls.push(`resume ${[...clusters, ...pools].map(({ name }) => name).join(" ")}`);
    return new Map(
      clusters.map(({ id }) => [id, { address: this.resumedAddress, caCertificate: "Y2E=" }]),
    );
  }

  async stop(): Promise<void> {
    this.calls.push("stop");
  }
}
