import type { Cluster, NodePool } from "@pulumi/gcp/container";
import { Provider } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import type { InferenceClusterArgs } from "./args";
import { COMPUTE_CLASS, createComputeClass } from "./computeClass";
import { createControlPlane } from "./controlPlane";
import { type GpuPoolArgs, gpuPoolShape } from "./gpuPool";
import { createNodePool, type NodePoolGround } from "./nodePool";
import { systemPoolShape } from "./systemPool";
import { kubeconfig } from "./kubeconfig";

export type { GpuPoolArgs, InferenceClusterArgs };

/**
 * A regional GKE cluster that serves a model: control plane, a small pool for the endpoint picker, GPU pools, and the
 * Kubernetes provider with which everything in the cluster is made. With more than one GPU pool it has a compute class
 * too, by which GKE fills them in order.
 *
 * ### Cost
 * 0.10 $ an hour for the control plane, one `e2-standard-8` in each zone, and the GPU nodes, which decide: in
 * europe-west3 a spot `g2-standard-8` is below 1 $ an hour, a spot `a3-highgpu-2g` above 10 $.
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
  /** What pods without GPUs need to run: for `dependsOn`. */
  readonly systemPool: NodePool;
  /** What model servers need to run, pools and compute class: for `dependsOn`. Empty without GPUs. */
  readonly gpuNodes: pulumi.Resource[];
  /** Names of the GPU pools, the preferred one first. */
  readonly gpuPoolNames: pulumi.Output<string>[];
  /** What model servers select, with more than one GPU pool. */
  readonly computeClass?: string;
  /** `<project>.svc.id.goog`, known once it exists: it does from the project's first cluster with it on. */
  readonly workloadPool: pulumi.Output<string>;

  constructor(
    private readonly name: string,
    args: InferenceClusterArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("inference-gateway:index:InferenceCluster", name, {}, opts);
    this.location = args.region;
    this.context = `gke_${args.project}_${args.region}_${name}`;

    const cluster = createControlPlane(name, args, this);
    this.id = cluster.id;
    this.workloadPool = workloadPool(cluster, args.project);
    this.kubeconfig = this.createKubeconfig(cluster);
    this.provider = this.createProvider();

    const ground = { cluster, nodeServiceAccount: args.nodeServiceAccount, parent: this };
    this.systemPool = createNodePool(`${name}-system`, systemPoolShape(args.zones), ground);
    const gpuPools = this.createGpuPools(args.gpuPools, ground);
    this.gpuPoolNames = gpuPools.map(({ name: pool }) => pool);
    const ordered = gpuPools.length > 1;
    this.computeClass = ordered ? COMPUTE_CLASS : undefined;
    this.gpuNodes = ordered ? [...gpuPools, this.createComputeClass(gpuPools)] : gpuPools;

    this.registerOutputs({
      location: this.location,
      context: this.context,
      kubeconfig: this.kubeconfig,
      computeClass: this.computeClass,
    });
  }

  private createGpuPools(pools: Record<string, GpuPoolArgs>, ground: NodePoolGround): NodePool[] {
    const ordered = Object.keys(pools).length > 1;
    return Object.entries(pools).map(([pool, args]) =>
      createNodePool(`${this.name}-${pool}`, gpuPoolShape(args, ordered), ground),
    );
  }

  private createComputeClass(pools: NodePool[]): pulumi.Resource {
    return createComputeClass(this.name, pools, { parent: this, provider: this.provider });
  }

  private createKubeconfig(cluster: Cluster): pulumi.Output<string> {
    const endpoint = cluster.controlPlaneEndpointsConfig.dnsEndpointConfig.endpoint;
    return pulumi.secret(
      endpoint.apply((host) => kubeconfig({ context: this.context, endpoint: host })),
    );
  }

  private createProvider(): Provider {
    return new Provider(
      this.name,
      // The identifier is known before the cluster is, and stays: a changed endpoint then replaces no object.
      {
        kubeconfig: this.kubeconfig,
        clusterIdentifier: this.context,
        // Else a changed ConfigMap or Secret is deleted first, and a pod that starts meanwhile does not find it.
        enableConfigMapMutable: true,
        enableSecretMutable: true,
      },
      { parent: this },
    );
  }
}

/** Taken from the cluster and not only spelled, so that a grant to its identities waits for the cluster. */
function workloadPool(cluster: Cluster, project: string): pulumi.Output<string> {
  return cluster.workloadIdentityConfig.apply(
    ({ workloadPool: pool }) => pool ?? `${project}.svc.id.goog`,
  );
}
