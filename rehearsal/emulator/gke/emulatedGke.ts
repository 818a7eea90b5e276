import * as fs from "node:fs/promises";
import * as path from "node:path";

import { abandonedIn } from "./abandoned";
import { Iam } from "./access/iam";
import { AccessWebhook } from "./access/webhook";
import { Cluster, type PodSettings } from "./cluster";
import { Controllers } from "./controllers/controllers";
import { diagnoseGateways } from "./controllers/diagnose";
import { exportedAmong } from "./controllers/exports";
import { GatewayHistory } from "./controllers/gatewayHistory";
import { ControlPlane } from "./controlPlane/controlPlane";
import { Binaries } from "./controlPlane/config";
import { Etcd } from "./controlPlane/etcd";
import { CertificateAuthority } from "./controlPlane/pki";
import { CustomMetricsServer } from "./customMetrics/server";
import { CrdFiles } from "./crds/install";
import { Forwarding } from "./forwarding";
import {
  CloudView,
  ClusterEndpoint,
  ClusterId,
  ClusterSpec,
  ControlPlaneInfo,
  ExportedPool,
  Gke,
  LoadBalancer,
  MultiClusterGateways,
  NodePoolSpec,
} from "./gke";
import { diagnosePods } from "./kubelet/diagnose";
import { diagnoseComputeClasses } from "./nodes/diagnose";
import { Queue } from "./queue";
import { emulatedVersion } from "./versions";
import { API_VERSIONS, InferencePool } from "./world/kinds";
import { World } from "./world/world";

export interface GkeConfig {
  stateDir: string;
  binaries: Binaries & { etcd: string };
  crds: CrdFiles;
  /** Bearer token of the clusters' administrators. */
  token: string;
  /** What everybody else may do in the clusters. */
  iam: Iam;
  /** 0 is at once, 1 is as long as the real GKE takes. */
  timeScale: () => number;
  /** What runs in place of the images of pods; undefined where pods are only said to run. */
  pods?: PodSettings;
  /** Told when the controllers have looked at the world. */
  looked: () => void;
}

/** Emulated GKE: real control planes, and GKE's own controllers in this process. */
export class EmulatedGke implements Gke {
  private readonly clusters = new Map<ClusterId, Cluster>();
  private readonly history = new GatewayHistory();
  private readonly controllers: Controllers;
  private readonly abandonedObjects: string[] = [];
  /** Changes of one cluster happen one after the other. */
  private readonly queue = new Queue();
  private etcd: Promise<Etcd> | undefined;
  /** Clusters on their way, which need etcd already. */
  private starting = 0;
  /** Clusters that are being deleted, whose keys are still in etcd. */
  private ending = 0;

  constructor(
    private readonly config: GkeConfig,
    private readonly view: CloudView,
    private readonly ca: CertificateAuthority,
    private readonly access: AccessWebhook,
  ) {
    this.controllers = new Controllers({
      world: () => this.world(),
      client: (id) => this.clusters.get(id)?.plane.client,
      timeScale: config.timeScale,
      looked: config.looked,
      installed: (id) => this.clusters.get(id)?.expectKinds(),
    });
  }

  createCluster(spec: ClusterSpec): Promise<ClusterEndpoint> {
    return this.queue.run(spec.id, async () => {
      if (this.clusters.has(spec.id)) throw new Error(`${spec.id} exists already`);
      const cluster = await this.startCluster(spec);
      return this.endpoint(cluster);
    });
  }

  updateCluster(spec: ClusterSpec): Promise<void> {
    return this.queue.run(spec.id, async () => {
      await this.require(spec.id).update(spec);
      this.controllers.trigger();
    });
  }

  deleteCluster(id: ClusterId): Promise<void> {
    return this.queue.run(id, async () => {
      this.ending++;
      await this.end(id).finally(() => this.ending--);
      if (this.clusters.size + this.starting + this.ending === 0) await this.stopEtcd();
    });
  }

  private async end(id: ClusterId): Promise<void> {
    const cluster = this.clusters.get(id);
    await this.noteAbandoned(id, cluster);
    this.clusters.delete(id);
    await cluster?.stop();
    if (this.etcd) await (await this.etcd).deletePrefix(prefixOf(id));
    await fs.rm(this.directoryOf(id), { recursive: true, force: true });
    this.cloudChanged();
  }

  abandoned(): string[] {
    return [...this.abandonedObjects];
  }

  /** A cluster that does not answer any more is deleted all the same. */
  private async noteAbandoned(id: ClusterId, cluster: Cluster | undefined): Promise<void> {
    if (!cluster) return;
    const found = await abandonedIn(cluster.plane.client).catch(() => []);
    this.abandonedObjects.push(...found.map((object) => `${id}: ${object}`));
  }

  setNodePool(pool: NodePoolSpec): Promise<void> {
    return this.queue.run(pool.cluster, async () => {
      await this.require(pool.cluster).setNodePool(pool);
      this.controllers.trigger();
    });
  }

  deleteNodePool(id: ClusterId, name: string): Promise<void> {
    return this.queue.run(id, async () => {
      await this.clusters.get(id)?.deleteNodePool(name);
      this.controllers.trigger();
    });
  }

  cloudChanged(): void {
    this.controllers.trigger();
    for (const cluster of this.clusters.values()) cluster.wake();
  }

  loadBalancers(): LoadBalancer[] {
    return this.controllers.loadBalancers();
  }

  forwardings(): Forwarding[] {
    return this.controllers.forwardings();
  }

  exportedPools(): ExportedPool[] {
    return [...this.clusters.values()].flatMap(lastSeen);
  }

  async exportedPoolsOf(id: ClusterId): Promise<ExportedPool[]> {
    const cluster = this.clusters.get(id);
    if (!cluster?.serves("InferencePool")) return [];
    const list = cluster.plane.client.list(API_VERSIONS.InferencePool, "InferencePool");
    return list.then(
      (pools) => exportedAmong(id, pools as InferencePool[]),
      () => lastSeen(cluster),
    );
  }

  multiClusterGateways(project: string): MultiClusterGateways {
    return this.history.of(this.world(), project);
  }

  async diagnose(): Promise<string[]> {
    const world = this.world();
    const clusters = [...this.clusters.values()];
    const { failure } = this.controllers;
    return [
      ...clusters.flatMap((cluster) => cluster.plane.problems),
      ...clusters.flatMap(({ reachable, spec, plane }) =>
        reachable ? [] : [`cluster ${spec.name}: its API server ${plane.address} does not answer`],
      ),
      ...clusters.flatMap(diagnoseComputeClasses),
      ...clusters.flatMap((cluster) => diagnosePods(cluster, this.view)),
      ...diagnoseGateways(world, this.loadBalancers()),
      ...(failure instanceof Error ? [`GKE's controllers try again: ${failure.message}`] : []),
    ];
  }

  controlPlanes(): ControlPlaneInfo[] {
    return [...this.clusters.values()].map(({ spec, plane }) => ({
      id: spec.id,
      address: plane.address,
      pids: plane.pids,
    }));
  }

  async resume(
    specs: ClusterSpec[],
    pools: NodePoolSpec[],
  ): Promise<Map<ClusterId, ClusterEndpoint>> {
    const started = await Promise.all(
      specs.map((spec) =>
        this.queue.run(spec.id, async () => {
          const cluster = await this.startCluster(spec);
          const own = pools.filter((pool) => pool.cluster === spec.id);
          cluster.pools.push(...own);
          for (const pool of own) await cluster.setNodePool(pool);
          return [spec.id, this.endpoint(cluster)] as const;
        }),
      ),
    );
    return new Map(started);
  }

  async stop(): Promise<void> {
    await this.controllers.stop();
    await Promise.all([...this.clusters.values()].map((cluster) => cluster.stop()));
    this.clusters.clear();
    await this.stopEtcd();
    await this.access.stop();
  }

  private async startCluster(spec: ClusterSpec): Promise<Cluster> {
    this.starting++;
    try {
      const cluster = await this.startProcesses(spec);
      this.clusters.set(spec.id, cluster);
      this.controllers.trigger();
      return cluster;
    } finally {
      this.starting--;
    }
  }

  private async startProcesses(spec: ClusterSpec): Promise<Cluster> {
    const { binaries, crds, timeScale, token, pods } = this.config;
    const etcd = await this.startEtcd();
    const directory = this.directoryOf(spec.id);
    // Before the API server, which asks it at once if it knows it from an earlier start.
    const customMetrics = await CustomMetricsServer.start(directory, this.ca);
    const plane = await ControlPlane.start(
      {
        cluster: spec.name,
        directory,
        binaries,
        etcd: { url: etcd.url, prefix: prefixOf(spec.id) },
        ca: this.ca,
        token,
        issuer: `https://container.googleapis.com/v1/${spec.id}`,
        accessUrl: `${this.access.url}/${spec.id}`,
      },
      emulatedVersion(spec.version),
    ).catch(async (error: unknown) => {
      await customMetrics.stop();
      throw error;
    });
    const changed = () => {
      this.history.observe(this.world());
      this.controllers.trigger();
    };
    const podDirectory = path.join(directory, "pods");
    const cloud = this.view;
    const cluster = new Cluster(spec, plane, {
      crds,
      timeScale,
      pods,
      podDirectory,
      cloud,
      customMetrics,
      caCertificate: this.ca.pem,
      changed,
    });
    await cluster.start().catch(async (error: unknown) => {
      await cluster.stop();
      throw error;
    });
    return cluster;
  }

  /** One for all clusters; a start that failed is tried again by the next. */
  private startEtcd(): Promise<Etcd> {
    const directory = path.join(this.config.stateDir, "etcd");
    this.etcd ??= Etcd.start(this.config.binaries.etcd, directory).catch((error: unknown) => {
      this.etcd = undefined;
      throw error;
    });
    return this.etcd;
  }

  private async stopEtcd(): Promise<void> {
    const etcd = this.etcd;
    this.etcd = undefined;
    await (await etcd)?.stop();
  }

  private require(id: ClusterId): Cluster {
    const cluster = this.clusters.get(id);
    if (!cluster) throw new Error(`${id} does not run`);
    return cluster;
  }

  private endpoint({ plane }: Cluster): ClusterEndpoint {
    const caCertificate = Buffer.from(this.ca.pem).toString("base64");
    return { address: plane.address, caCertificate };
  }

  private world(): World {
    return { view: this.view, clusters: [...this.clusters.values()] };
  }

  /** Named like the kubeconfig context that gcloud writes for the cluster. */
  private directoryOf(id: ClusterId): string {
    const [, project, , location, , name] = id.split("/");
    return path.join(this.config.stateDir, "clusters", `gke_${project}_${location}_${name}`);
  }
}

function lastSeen(cluster: Cluster): ExportedPool[] {
  return exportedAmong(cluster.spec.id, cluster.list("InferencePool"));
}

/** The trailing slash keeps `gke-1` apart from `gke-10`. */
function prefixOf(id: ClusterId): string {
  return `/${id}/`;
}
