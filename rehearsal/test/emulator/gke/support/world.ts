import { Write } from "../../../../emulator/gke/controllers/writes";
import { Delays } from "../../../../emulator/gke/delays";
import { CloudView, ClusterSpec, NodePoolSpec } from "../../../../emulator/gke/gke";
import { API_VERSIONS, KindName, Kinds } from "../../../../emulator/gke/world/kinds";
import { ClusterState, keyOf, World } from "../../../../emulator/gke/world/world";
import { KubeObject } from "../../../../emulator/kube/objects";

export const NETWORK = "projects/demo/global/networks/inference";
export const AGENT = "serviceAccount:service-42@gcp-sa-multiclusteringress.iam.gserviceaccount.com";
export const NODES = "nodes@demo.iam.gserviceaccount.com";
export const MC_CLASS = "gke-l7-cross-regional-internal-managed-mc";

export function clusterId(name: string, location: string): string {
  return `projects/demo/locations/${location}/clusters/${name}`;
}

export function clusterSpec(
  name: string,
  location: string,
  over: Partial<ClusterSpec> = {},
): ClusterSpec {
  return {
    id: clusterId(name, location),
    name,
    project: "demo",
    location,
    network: NETWORK,
    version: "1.34.1-gke.1127000",
    hpaProfile: "PERFORMANCE",
    gatewayApiChannel: "CHANNEL_STANDARD",
    managedPrometheus: true,
    ...over,
  };
}

export function nodePool(cluster: ClusterSpec, over: Partial<NodePoolSpec> = {}): NodePoolSpec {
  return {
    cluster: cluster.id,
    name: "gpu",
    machineType: "a3-highgpu-2g",
    zones: [`${cluster.location}-a`],
    nodesPerZone: 1,
    spot: true,
    flexStart: false,
    accelerator: { type: "nvidia-h100-80gb", count: 2 },
    labels: {},
    taints: [],
    serviceAccount: NODES,
    ...over,
  };
}

/** A cluster whose API server serves every kind but `absent`, with the given objects. */
export class FakeCluster implements ClusterState {
  reachable = true;
  pools: NodePoolSpec[] = [];
  absent: KindName[] = ["GCPInferencePoolImport"];

  constructor(
    readonly spec: ClusterSpec,
    readonly objects: KubeObject[] = [],
  ) {}

  serves(kind: KindName): boolean {
    return !this.absent.includes(kind);
  }

  list<K extends KindName>(kind: K): Kinds[K][] {
    return this.objects.filter((object) => object.kind === kind) as Kinds[K][];
  }

  get<K extends KindName>(kind: K, namespace: string | undefined, name: string) {
    const key = namespace === undefined ? name : `${namespace}/${name}`;
    return this.list(kind).find((object) => keyOf(object) === key);
  }

  /** Adds objects, in the place of those of the same kind and name. */
  put(...objects: KubeObject[]): this {
    for (const object of objects) {
      const at = this.objects.findIndex(
        (o) => o.kind === object.kind && keyOf(o) === keyOf(object),
      );
      if (at < 0) this.objects.push(object);
      else this.objects[at] = object;
    }
    return this;
  }
}

export function object<K extends KindName>(
  kind: K,
  key: string,
  fields: Record<string, unknown> = {},
  metadata: object = {},
): Kinds[K] {
  const [namespace, name] = key.includes("/") ? key.split("/") : [undefined, key];
  return {
    apiVersion: API_VERSIONS[kind],
    kind,
    metadata: { ...(namespace !== undefined && { namespace }), name, ...metadata },
    ...fields,
  } as unknown as Kinds[K];
}

/** A cloud in which everything that a cross-region Gateway needs is there. */
export class FakeCloud implements CloudView {
  membersList: { membership: string; cluster: string }[] = [];
  config: string | undefined;
  proxySubnets = [
    { name: "proxy-west", region: "europe-west3", cidr: "10.1.0.0/23" },
    { name: "proxy-east", region: "us-east4", cidr: "10.5.0.0/23" },
  ];
  ordinarySubnets = [
    { name: "west", region: "europe-west3", cidr: "10.10.0.0/24" },
    { name: "east", region: "us-east4", cidr: "10.20.0.0/24" },
  ];
  roles = new Set([
    `roles/container.admin ${AGENT}`,
    `roles/autoscaling.metricsWriter serviceAccount:${NODES}`,
  ]);
  apis = new Set(["autoscaling.googleapis.com"]);
  drivers = ["gcsfuse.csi.storage.gke.io", "secrets-store-gke.csi.k8s.io"];
  pool: string | undefined = "demo.svc.id.goog";
  buckets = new Set<string>();
  secretVersions = new Set<string>();
  /** On buckets and secrets: `resource role member`. */
  grants = new Set<string>();

  members() {
    return this.membersList;
  }
  configCluster() {
    return this.config;
  }
  globalProxySubnets(network: string) {
    return network === NETWORK ? this.proxySubnets : [];
  }
  subnets(network: string) {
    return network === NETWORK ? this.ordinarySubnets : [];
  }
  hasRole(_project: string, role: string, member: string) {
    return this.roles.has(`${role} ${member}`);
  }
  apiEnabled(_project: string, service: string) {
    return this.apis.has(service);
  }
  projectNumber() {
    return "42";
  }
  csiDrivers() {
    return this.drivers;
  }
  workloadPool() {
    return this.pool;
  }
  hasBucket(name: string) {
    return this.buckets.has(name);
  }
  hasSecretVersion(secret: string, version: string) {
    return this.secretVersions.has(`${secret}/versions/${version}`);
  }
  holdsOnBucket(bucket: string, roles: string[], members: string[]) {
    return this.holds(bucket, roles, members);
  }
  holdsOnSecret(secret: string, roles: string[], members: string[]) {
    return this.holds(secret, roles, members);
  }
  private holds(resource: string, roles: string[], members: string[]) {
    return roles.some((r) => members.some((m) => this.grants.has(`${resource} ${r} ${m}`)));
  }
}

export interface Fleet {
  cloud: FakeCloud;
  west: FakeCluster;
  east: FakeCluster;
  world: World;
}

/** gke-west (the config cluster) and gke-east, both members; the namespace `default` in each. */
export function fleet(
  over: { west?: Partial<ClusterSpec>; east?: Partial<ClusterSpec> } = {},
): Fleet {
  const cloud = new FakeCloud();
  const west = new FakeCluster(clusterSpec("gke-west", "europe-west3", over.west));
  const east = new FakeCluster(clusterSpec("gke-east", "us-east4", over.east));
  for (const cluster of [west, east]) cluster.put(object("Namespace", "default"));
  cloud.membersList = [west, east].map(({ spec }) => ({
    membership: `projects/demo/locations/global/memberships/${spec.name}`,
    cluster: spec.id,
  }));
  cloud.config = west.spec.id;
  return { cloud, west, east, world: { view: cloud, clusters: [west, east] } };
}

export const EXPORTED = { annotations: { "networking.gke.io/export": "True" } };

export function pool(key = "default/llama", metadata: object = EXPORTED) {
  const spec = { selector: { matchLabels: { app: "vllm" } }, targetPorts: [{ number: 8000 }] };
  return object("InferencePool", key, { spec }, metadata);
}

export function poolImport(key = "default/llama", ...exportedBy: string[]) {
  const exportingClusters = exportedBy.map((name) => ({ name }));
  const controllers = [{ name: "networking.gke.io/gateway", exportingClusters }];
  return object("GCPInferencePoolImport", key, { status: { controllers } });
}

export function gatewayClass(name = MC_CLASS) {
  const conditions = [{ type: "Accepted", status: "True" }];
  return object("GatewayClass", name, {
    spec: { controllerName: "networking.gke.io/gateway" },
    status: { conditions },
  });
}

export function gateway(fields: Record<string, unknown> = {}, metadata: object = {}) {
  const regions = ["europe-west3", "us-east4"];
  const spec = {
    gatewayClassName: MC_CLASS,
    addresses: regions.map((region) => ({
      type: `networking.gke.io/ephemeral-ipv4-address/${region}`,
      value: region,
    })),
    listeners: [{ name: "http", port: 80, protocol: "HTTP" }],
  };
  return object("Gateway", "default/cross-region", { spec, ...fields }, { uid: "g1", ...metadata });
}

export function route(
  backendRefs: object[] = [
    { group: "networking.gke.io", kind: "GCPInferencePoolImport", name: "llama" },
  ],
) {
  const parentRefs = [{ name: "cross-region" }];
  return object("HTTPRoute", "default/llama", { spec: { parentRefs, rules: [{ backendRefs }] } });
}

/** A pod of the model server on a node of the pool `gpu`, Ready. */
export function modelPod(name = "vllm-1", image = "vllm/vllm-openai:v0.18.1") {
  const containers = [{ name: "vllm", image, ports: [{ containerPort: 8000, name: "http" }] }];
  return object(
    "Pod",
    `default/${name}`,
    {
      spec: { nodeName: "gpu-node", containers },
      status: { conditions: [{ type: "Ready", status: "True" }] },
    },
    { labels: { app: "vllm" } },
  );
}

export function gpuNode() {
  const labels = { "cloud.google.com/gke-nodepool": "gpu" };
  return object("Node", "gpu-node", { spec: {} }, { labels });
}

/** Delays that are over at once. */
export function noDelays(): Delays {
  return new Delays(
    () => 0,
    () => undefined,
  );
}

/** Delays of which none is over. */
export function endlessDelays(): Delays {
  return new Delays(
    () => 1,
    () => undefined,
    () => 0,
  );
}

/** A write in one line: what, kind and name, where. */
export function summary(writes: Write[]): string[] {
  return writes.map(({ do: verb, object: o, cluster }) => {
    return `${verb} ${o.kind} ${keyOf(o)} on ${cluster.split("/").at(-1)}`;
  });
}

interface Told {
  type: string;
  status: string;
  reason: string;
  message: string;
}

/** `Type=Status Reason: message` of each condition. */
export function told(conditions: Told[] | undefined): string[] {
  return (conditions ?? []).map(({ type, status, reason, message }) => {
    return `${type}=${status} ${reason}${message === "" ? "" : `: ${message}`}`;
  });
}

/** The status that the only status write wants. */
export function statusIn<T>(writes: Write[]): T {
  const found = writes.flatMap((write) => (write.do === "status" ? [write.status] : []));
  if (found.length !== 1) throw new Error(`${found.length} status writes, not 1`);
  return found[0] as T;
}
