import { ControlPlane } from "./controlPlane/controlPlane";
import { PodValues } from "./customMetrics/podValues";
import { register, registration } from "./customMetrics/registration";
import { CustomMetricsServer } from "./customMetrics/server";
import { CrdFiles, gkeDefinitions, install } from "./crds/install";
import { CloudView, ClusterSpec, NodePoolSpec } from "./gke";
import { Kubelet } from "./kubelet/kubelet";
import { PodProcesses } from "./kubelet/processes/podProcesses";
import type { PodBinaries } from "./kubelet/processes/program";
import { Autoscaler } from "./nodes/autoscaler";
import { machine } from "./nodes/machineTypes";
import { NodePools } from "./nodes/nodePools";
import { throughOutage } from "./outage";
import { installNamespaces } from "./systemNamespaces";
import { emulatedVersion } from "./versions";
import { Informer } from "./world/informer";
import { API_VERSIONS, KindName, Kinds } from "./world/kinds";
import { ClusterState } from "./world/world";

/** What runs in place of the images of pods. */
export interface PodSettings {
  binaries: PodBinaries;
  /** What tells clouds of one machine apart. */
  cloud: string;
  /** Settings of the simulator of vLLM: its flags without dashes. */
  modelServer: () => Readonly<Record<string, string>>;
  /** How fast pods end, with their hooks and grace periods. 0 is at once, 1 is as long as it takes. */
  timeScale: () => number;
}

/** Kinds that decide whether a pool has to grow. */
const AUTOSCALER_KINDS: KindName[] = ["Pod", "Node", "ComputeClass"];
/** Kinds that decide whether a pod can start. */
const KUBELET_KINDS: KindName[] = ["Pod", "Node", "ConfigMap", "Secret", "SecretProviderClass"];

export interface ClusterOptions {
  crds: CrdFiles;
  timeScale: () => number;
  /** What runs in place of images; undefined where pods are only said to run. */
  pods?: PodSettings;
  /** Where the processes of pods keep their files. */
  podDirectory: string;
  /** What the cluster's add-ons and volumes depend on. */
  cloud: CloudView;
  /** Where its API server finds custom metrics. Ends with the cluster. */
  customMetrics: CustomMetricsServer;
  /** PEM, of the CA that signed the certificate of every server. */
  caCertificate: string;
  /** Told of every change of an object. */
  changed: () => void;
}

/** A running cluster: its control plane, the copies of its objects, its nodes and kubelets. */
export class Cluster implements ClusterState {
  readonly pools: NodePoolSpec[] = [];
  private readonly informers: ReadonlyMap<KindName, Informer>;
  private readonly kubelet: Kubelet;
  private readonly nodePools: NodePools;
  private readonly autoscaler: Autoscaler;
  private readonly podValues: PodValues;

  constructor(
    public spec: ClusterSpec,
    readonly plane: ControlPlane,
    private readonly options: ClusterOptions,
  ) {
    const { client } = plane;
    const kinds = Object.keys(API_VERSIONS) as KindName[];
    this.informers = new Map(
      kinds.map((kind) => [kind, new Informer(client, kind, () => this.changed(kind))]),
    );
    this.kubelet = this.createKubelet();
    this.nodePools = new NodePools(
      client,
      () => this.spec,
      () => this.pools,
      options.timeScale,
    );
    this.autoscaler = new Autoscaler(
      this,
      (pool, placement) => this.nodePools.add(pool, placement),
      options.timeScale,
    );
    this.podValues = new PodValues(this, client);
    options.customMetrics.source = this.podValues;
  }

  /** Installs what GKE installs, and begins to look after the cluster. */
  async start(): Promise<void> {
    await this.installAddons();
    for (const informer of this.informers.values()) informer.start();
  }

  async update(spec: ClusterSpec): Promise<void> {
    this.spec = spec;
    await this.plane.behaveAs(emulatedVersion(spec.version));
    await this.installAddons();
    this.expectKinds();
  }

  async setNodePool(pool: NodePoolSpec): Promise<void> {
    // Refuses a machine type that it does not know before anything has changed.
    machine(pool.machineType);
    const at = this.pools.findIndex((p) => p.name === pool.name);
    if (at < 0) this.pools.push(pool);
    else this.pools[at] = pool;
    await throughOutage(() => this.nodePools.set(pool));
    this.autoscaler.trigger();
  }

  async deleteNodePool(name: string): Promise<void> {
    const at = this.pools.findIndex((p) => p.name === name);
    const [pool] = at >= 0 ? this.pools.splice(at, 1) : [];
    const respectsBudgets = pool?.respectsBudgets ?? false;
    await throughOutage(() => this.nodePools.delete(name, respectsBudgets));
  }

  async stop(): Promise<void> {
    for (const informer of this.informers.values()) informer.stop();
    await this.autoscaler.stop();
    await this.kubelet.stop();
    await this.plane.stop();
    this.podValues.stop();
    await this.options.customMetrics.stop();
  }

  /** To be called when kinds have been installed. */
  expectKinds(): void {
    for (const informer of this.informers.values()) informer.expect();
  }

  /** To be called when time passes at another speed. */
  wake(): void {
    this.kubelet.trigger();
    this.autoscaler.trigger();
  }

  get reachable(): boolean {
    return [...this.informers.values()].every((informer) => informer.reachable);
  }

  serves(kind: KindName): boolean {
    return this.informers.get(kind)?.served === true;
  }

  list<K extends KindName>(kind: K): Kinds[K][] {
    return (this.informers.get(kind)?.list() ?? []) as Kinds[K][];
  }

  get<K extends KindName>(
    kind: K,
    namespace: string | undefined,
    name: string,
  ): Kinds[K] | undefined {
    const key = namespace === undefined ? name : `${namespace}/${name}`;
    return this.informers.get(kind)?.get(key) as Kinds[K] | undefined;
  }

  private createKubelet(): Kubelet {
    const { client } = this.plane;
    const { cloud, timeScale, pods, podDirectory: directory } = this.options;
    const changed = () => this.kubelet.trigger();
    const processes = pods && new PodProcesses({ ...pods, client, directory, changed });
    const podTimeScale = pods?.timeScale ?? timeScale;
    return new Kubelet({ cluster: this, client, cloud, timeScale, podTimeScale, processes });
  }

  private async installAddons(): Promise<void> {
    const { client } = this.plane;
    const { cloud, crds, customMetrics, caCertificate } = this.options;
    const drivers = cloud.csiDrivers(this.spec.id);
    const definitions = await gkeDefinitions(this.spec, drivers, crds);
    const metricsApi = registration(customMetrics.port, caCertificate);
    await Promise.all([
      throughOutage(() => install(client, definitions)),
      throughOutage(() => register(client, metricsApi)),
    ]);
    await throughOutage(() => installNamespaces(client, this.spec));
  }

  private changed(kind: KindName): void {
    if (KUBELET_KINDS.includes(kind)) this.kubelet.trigger();
    if (AUTOSCALER_KINDS.includes(kind)) this.autoscaler.trigger();
    this.options.changed();
  }
}
