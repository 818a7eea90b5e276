import type { Cluster, NodePool } from "@pulumi/gcp/container";
import { Provider } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { InferenceClusterArgs } from "./args";
import { COMPUTE_CLASS, createComputeClass } from "./computeClass";
import { createControlPlane } from "./controlPlane";
import { type GpuPoolArgs, gpuPoolShape } from "./gpuPool";
import { createNodePool, type PoolParent } from "./nodePool";
import { systemPoolShape } from "./systemPool";
import { kubeconfig } from "./kubeconfig";

export type { GpuPoolArgs, InferenceClusterArgs };

/**
 * A regional GKE cluster that serves a model: control plane, a small pool for the endpoint picker, GPU pools, and the
 * Kubernetes provider with which everything in the cluster is made. With more than one GPU pool it has a compute class
 * too, by which GKE fills them in order.
 *
 * ### Cost
 * 0.10 $ an hour for the control plane, one `e2-standard-8` in each zone, and the GPU nodes, which cost most: in
 * europe-west3 a spot `g2-standard-8` is below 1 $ an hour, a spot `a3-highgpu-2g` above 10 $.
 *
 * @example
 * ```ts
 * const cluster = new InferenceCluster(
 *   "gke-west",
 *   {
 *     project,
 *     region: "europe-west3",
 *     network: network.id,
 *     subnetwork,
 *     podsRange,
 *     servicesRange,
 *     nodeServiceAccount: nodes.email,
 *     releaseChannel: "REGULAR",
 *     maintenance: { days: ["saturday", "sunday"], startTime: "02:00", hours: 6 },
 *     gpuPools: {
 *       gpu: {
 *         machineType: "g2-standard-8",
 *         provisioning: "spot",
 *         zones: ["europe-west3-a", "europe-west3-b"],
 *         minNodes: 1,
 *         maxNodes: 2,
 *       },
 *     },
 *     bucketVolumes: true,
 *     secretManager: false,
 *     deletionProtection: true,
 *   },
 *   { dependsOn: apis.of("container") },
 * );
 * ```
 */
export class InferenceCluster extends pulumi.ComponentResource {
  /** Where the control plane runs: the region. */
  readonly location: string;
  /** Context name in the kubeconfig, `gke_<project>_<location>_<name>`. */
  readonly context: string;
  /** `projects/<project>/locations/<location>/clusters/<name>` */
  readonly id: pulumi.Output<string>;
  readonly kubeconfig: pulumi.Output<string>;
  readonly provider: Provider;
  /** The pool for pods without GPUs, for `dependsOn`. */
  readonly systemPool: NodePool;
  /** GPU pools and compute class, for `dependsOn` of model servers. Empty without GPUs. */
  readonly gpuNodes: pulumi.Resource[];
  /** Names of the GPU pools, the preferred one first. */
  readonly gpuPoolNames: pulumi.Output<string>[];
  /** The compute class that model servers select, with more than one GPU pool. */
  readonly computeClass?: string;
  /** `<project>.svc.id.goog`, known once it exists: the project's first cluster with Workload Identity creates it. */
  readonly workloadPool: pulumi.Output<string>;

  constructor(name: string, args: InferenceClusterArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:InferenceCluster", name, {}, opts);
    this.location = args.region;
    this.context = `gke_${args.project}_${args.region}_${name}`;

    const cluster = createControlPlane(name, args, { parent: this });
    this.id = cluster.id;
    this.workloadPool = workloadPool(cluster, args.project);
    this.kubeconfig = secretKubeconfig(cluster, this.context);
    this.provider = createProvider(
      name,
      { kubeconfig: this.kubeconfig, context: this.context },
      { parent: this },
    );

    const { nodeServiceAccount } = args;
    this.systemPool = createNodePool(
      `${name}-system`,
      { cluster, nodeServiceAccount, shape: systemPoolShape(args.zones) },
      { parent: this },
    );
    const gpuPools = createGpuPools(
      name,
      { cluster, nodeServiceAccount, pools: args.gpuPools },
      { parent: this },
    );
    this.gpuPoolNames = gpuPools.map(({ name: pool }) => pool);
    const ordered = gpuPools.length > 1;
    this.computeClass = ordered ? COMPUTE_CLASS : undefined;
    this.gpuNodes = gpuPools;
    if (ordered) {
      const inside = { parent: this, provider: this.provider };
      const computeClass = createComputeClass(`${name}-compute-class`, { pools: gpuPools }, inside);
      this.gpuNodes = [...gpuPools, computeClass];
    }

    this.registerOutputs({
      location: this.location,
      context: this.context,
      kubeconfig: this.kubeconfig,
      computeClass: this.computeClass,
    });
  }
}

interface GpuPoolsArgs extends PoolParent {
  /** GPU pools by name, the preferred one first. */
  pools: Record<string, GpuPoolArgs>;
}

function createGpuPools(
  name: string,
  { cluster, nodeServiceAccount, pools }: GpuPoolsArgs,
  opts: pulumi.CustomResourceOptions,
): NodePool[] {
  const ordered = Object.keys(pools).length > 1;
  return Object.entries(pools).map(([pool, args]) =>
    createNodePool(
      `${name}-${pool}`,
      { cluster, nodeServiceAccount, shape: gpuPoolShape(args, ordered) },
      opts,
    ),
  );
}

function secretKubeconfig(cluster: Cluster, context: string): pulumi.Output<string> {
  const { endpoint } = cluster.controlPlaneEndpointsConfig.dnsEndpointConfig;
  return pulumi.secret(endpoint.apply((host) => kubeconfig({ context, endpoint: host })));
}

interface ProviderArgs {
  /** How the provider reaches the cluster. */
  kubeconfig: pulumi.Input<string>;
  /**
   * Identifies the cluster. It is known before the cluster exists and never changes, so that a changed endpoint
   * replaces no object.
   */
  context: string;
}

function createProvider(name: string, args: ProviderArgs, opts: pulumi.ResourceOptions): Provider {
  return new Provider(
    name,
    {
      kubeconfig: args.kubeconfig,
      clusterIdentifier: args.context,
      // Otherwise a changed ConfigMap or Secret is deleted first, and a pod that starts meanwhile does not find it.
      enableConfigMapMutable: true,
      enableSecretMutable: true,
    },
    opts,
  );
}

/** Read from the cluster, not composed from the project, so that a grant to its identities waits for the cluster. */
function workloadPool(cluster: Cluster, project: string): pulumi.Output<string> {
  return cluster.workloadIdentityConfig.apply(
    ({ workloadPool: pool }) => pool ?? `${project}.svc.id.goog`,
  );
}
