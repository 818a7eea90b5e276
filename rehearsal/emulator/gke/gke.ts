import type { Forwarding } from "./forwarding";

/**
 * What the emulated Google Cloud asks of GKE, and what GKE asks back. The cloud's container service
 * calls `Gke` when a cluster or node pool is created, changed or deleted; GKE's controllers read
 * the rest of the cloud through `CloudView`, so that a Gateway can tell whether its region has a
 * proxy-only subnet.
 */
export interface Gke {
  /**
   * Starts the cluster's API server, controllers and scheduler, and installs what GKE installs.
   * @throws StartupFailure naming the process, its last log lines and its log file
   */
  createCluster(cluster: ClusterSpec): Promise<ClusterEndpoint>;
  /** Applies a change of version, profile or channel to a running cluster. */
  updateCluster(cluster: ClusterSpec): Promise<void>;
  /** Stops its processes and drops its data. Succeeds where there is none. */
  deleteCluster(id: ClusterId): Promise<void>;
  /** Creates or changes the Node objects of a pool; resolves when every node is Ready. */
  setNodePool(pool: NodePoolSpec): Promise<void>;
  /** Drains and removes the pool's nodes. Succeeds where there is none. */
  deleteNodePool(cluster: ClusterId, name: string): Promise<void>;
  /**
   * Called after any change of the cloud that a controller may wait for (feature, role, subnet).
   */
  cloudChanged(): void;
  /** What the multi-cluster load balancers look like now, one entry a Gateway. */
  loadBalancers(): LoadBalancer[];
  /** What those that are programmed do with requests. */
  forwardings(): Forwarding[];
  /** Pools that clusters export, in the fleet or not, as the controllers last saw them. */
  exportedPools(): ExportedPool[];
  /** Those of one cluster, asked of itself; as the controllers last saw them where it does not answer. */
  exportedPoolsOf(cluster: ClusterId): Promise<ExportedPool[]>;
  /** Decides whether the multiclusteringress feature of a project may be deleted yet. */
  multiClusterGateways(project: string): MultiClusterGateways;
  /**
   * What controllers and kubelet have to say about objects that are not as their owner wants them.
   */
  diagnose(): Promise<string[]>;
  /** Objects that Pulumi had made and not removed when their cluster was deleted. */
  abandoned(): string[];
  /** The running control planes, one entry a cluster. */
  controlPlanes(): ControlPlaneInfo[];
  /**
   * Starts the processes of clusters that an earlier daemon left behind: at the same address where
   * its port is still free, otherwise at another one, so it reports every endpoint again.
   */
  resume(clusters: ClusterSpec[], pools: NodePoolSpec[]): Promise<Map<ClusterId, ClusterEndpoint>>;
  /** Ends every process. Data stays. */
  stop(): Promise<void>;
}

/** `projects/{project}/locations/{location}/clusters/{name}` */
export type ClusterId = string;

export interface ClusterSpec {
  id: ClusterId;
  name: string;
  project: string;
  /** Region or zone. */
  location: string;
  /** The VPC, as `projects/{project}/global/networks/{name}`. */
  network: string;
  /** Control-plane version, such as `1.34.1-gke.1127000`. */
  version: string;
  hpaProfile: "NONE" | "PERFORMANCE";
  gatewayApiChannel: "CHANNEL_DISABLED" | "CHANNEL_STANDARD" | "CHANNEL_EXPERIMENTAL";
  /** Managed Prometheus brings the PodMonitoring CRD. */
  managedPrometheus: boolean;
  /**
   * Primary range of the cluster's subnet; nodes get their addresses from it.
   * @default 10.128.0.0/20
   */
  nodeCidr?: string;
  /**
   * Range for pods; every node gets a /24 of it.
   * @default 10.4.0.0/14
   */
  podCidr?: string;
}

export interface ClusterEndpoint {
  /** `127.0.0.1:<port>`, the cluster's IP endpoint and its DNS endpoint alike. */
  address: string;
  /** PEM, base64: of the CA that signed the API server's certificate. */
  caCertificate: string;
}

export interface ControlPlaneInfo {
  id: ClusterId;
  address: string;
  /** Undefined while a process is being restarted. */
  pids: {
    kubeApiserver: number | undefined;
    kubeControllerManager: number | undefined;
    kubeScheduler: number | undefined;
  };
}

export interface NodePoolSpec {
  cluster: ClusterId;
  name: string;
  machineType: string;
  zones: string[];
  /** Nodes in each zone; with `autoscaling`, at least. */
  nodesPerZone: number;
  /** Zones in which the autoscaler may add nodes, and how many all zones may have together. */
  autoscaling?: { zones: string[]; maxNodes: number };
  spot: boolean;
  flexStart: boolean;
  accelerator?: { type: string; count: number };
  /**
   * Boot disk, which also holds the pods' ephemeral storage where local SSDs do not.
   * @default 100
   */
  diskSizeGb?: number;
  /** Local SSDs that hold the pods' ephemeral storage. @default 0 */
  localSsds?: number;
  labels: Record<string, string>;
  /** Effects as Kubernetes spells them: NoSchedule, PreferNoSchedule, NoExecute. */
  taints: { key: string; value: string; effect: string }[];
  /**
   * Email of the nodes' identity.
   * @default the project's default compute service account
   */
  serviceAccount?: string;
  /** When the pool is deleted, its pods leave as their disruption budgets allow. @default false */
  respectsBudgets?: boolean;
}

/** The parts of the cloud that GKE's controllers look at. */
export interface CloudView {
  /** Members of the fleet: memberships with the cluster behind each. */
  members(project: string): { membership: string; cluster: ClusterId }[];
  /**
   * The config cluster of the `multiclusteringress` feature; undefined while the feature is off.
   */
  configCluster(project: string): ClusterId | undefined;
  /** Proxy-only subnets of a VPC with purpose GLOBAL_MANAGED_PROXY and role ACTIVE. */
  globalProxySubnets(network: string): { name: string; region: string; cidr: string }[];
  /** Ordinary subnets of a VPC: an internal load balancer takes its addresses from them. */
  subnets(network: string): { name: string; region: string; cidr: string }[];
  /** Whether a member (`serviceAccount:...`) holds a role in a project. */
  hasRole(project: string, role: string, member: string): boolean;
  /** Whether a service such as `autoscaling.googleapis.com` is enabled in a project. */
  apiEnabled(project: string, service: string): boolean;
  /** The project's number, part of its service agents' addresses. */
  projectNumber(project: string): string;
  /** Drivers of CSI volumes that the cluster's add-ons bring along. */
  csiDrivers(cluster: ClusterId): string[];
  /** `{project}.svc.id.goog`; undefined where Workload Identity is off. */
  workloadPool(cluster: ClusterId): string | undefined;
  /** Whether there is a bucket of this name, in whichever project. */
  hasBucket(name: string): boolean;
  /** Whether `projects/{project}/secrets/{name}` has the version, a number or `latest`. */
  hasSecretVersion(secret: string, version: string): boolean;
  /** Whether one of the spellings of a member holds one of the roles, there or in the project. */
  holdsOnBucket(bucket: string, roles: string[], members: string[]): boolean;
  holdsOnSecret(secret: string, roles: string[], members: string[]): boolean;
}

export interface MultiClusterGateways {
  /** `namespace/name` of Gateways with a multi-cluster class, those being deleted included. */
  existing: string[];
  /** When the last one went, in milliseconds since 1970; undefined if there was none. */
  lastGoneAt?: number;
}

export interface ExportedPool {
  cluster: ClusterId;
  /** `namespace/name` */
  pool: string;
  ports: number[];
}

export interface LoadBalancer {
  /** `namespace/name` */
  gateway: string;
  cluster: ClusterId;
  programmed: boolean;
  /** Region to address. */
  addresses: Record<string, string>;
  backends: Backend[];
}

export interface Backend {
  /** GCPInferencePoolImport, `namespace/name`. */
  pool: string;
  /** Clusters that export the pool, with the pods that are Ready in each. */
  exportedBy: Exporter[];
  healthCheck?: { policy: string; type: string; port?: number; requestPath?: string };
  policy?: { name: string; balancingMode?: string; timeoutSec?: number };
  /** Each balanced metric, with the clusters that report it and, for those that do not, why. */
  metrics: BalancedMetric[];
}

export interface Exporter {
  cluster: ClusterId;
  region: string;
  readyPods: number;
  /** Part of its capacity that the backend policy leaves it, 0 to 100; 0: drained. */
  capacityPercent: number;
  /** Whether the backend policy has it filled before the others. */
  preferred: boolean;
}

export interface BalancedMetric {
  /** As the GCPBackendPolicy names it, such as `gke.named_metrics.kv-cache`. */
  name: string;
  reportedBy: ClusterId[];
  missing: { cluster: ClusterId; reason: string }[];
}
