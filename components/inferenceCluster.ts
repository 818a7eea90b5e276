import { Cluster, NodePool } from "@pulumi/gcp/container";
import { Provider } from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { gpuMachines } from "../catalog/gpuMachines";

import { kubeconfig } from "./kubeconfig";

export interface InferenceClusterArgs {
  project: string;
  /** The cluster is regional: its control plane runs in all zones of this region. */
  region: string;
  /** Zones of its nodes. @default GKE's choice */
  zones?: string[];
  /** The VPC, by id. */
  network: pulumi.Input<string>;
  /** Subnet of the cluster's region, by id, with the two secondary ranges below. */
  subnetwork: pulumi.Input<string>;
  podsRange: string;
  servicesRange: string;
  /** Email of the service account that the nodes run as. */
  nodeServiceAccount: pulumi.Input<string>;
  /** Oldest control-plane version, such as `1.34.1-gke.1127000`. */
  version: string;
  releaseChannel: "RAPID" | "REGULAR" | "STABLE";
  /** GPU pools by name. */
  gpuPools: Record<string, GpuPoolArgs>;
  /** Google Cloud and Pulumi both refuse to delete the cluster. */
  deletionProtection: boolean;
}

export interface GpuPoolArgs {
  machineType: string;
  spot: boolean;
  /** Nodes in all zones together. */
  minNodes: number;
  maxNodes: number;
}

/** Fits one endpoint picker (4 CPUs, 8 GiB requested) beside GKE's own pods. */
const SYSTEM_MACHINE_TYPE = "e2-standard-8";
/** Of which pods get about three quarters: room for image, weights and one pod more while a pool is replaced. */
const GPU_DISK_GB = 200;
/** Half an hour has orphaned regional clusters whose creation took longer. */
const CREATE_TIMEOUT = "60m";

/**
 * A regional GKE cluster that serves a model: control plane, a small pool for the endpoint picker, GPU pools, and the
 * Kubernetes provider with which everything in the cluster is made.
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
  /** What model servers need to run: for `dependsOn`. */
  readonly gpuPools: NodePool[];

  constructor(
    private readonly name: string,
    args: InferenceClusterArgs,
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super("inference-gateway:index:InferenceCluster", name, {}, opts);
    this.location = args.region;
    this.context = `gke_${args.project}_${args.region}_${name}`;

    const cluster = this.createCluster(args);
    this.id = cluster.id;
    this.systemPool = this.createSystemPool(args, cluster);
    this.gpuPools = this.createGpuPools(args, cluster);
    this.kubeconfig = this.createKubeconfig(cluster);
    this.provider = this.createProvider();

    this.registerOutputs({
      location: this.location,
      context: this.context,
      kubeconfig: this.kubeconfig,
    });
  }

  private createCluster(args: InferenceClusterArgs): Cluster {
    return new Cluster(
      this.name,
      {
        name: this.name,
        project: args.project,
        location: args.region,
        nodeLocations: args.zones,
        network: args.network,
        subnetwork: args.subnetwork,
        networkingMode: "VPC_NATIVE",
        datapathProvider: "ADVANCED_DATAPATH",
        ipAllocationPolicy: {
          clusterSecondaryRangeName: args.podsRange,
          servicesSecondaryRangeName: args.servicesRange,
        },
        privateClusterConfig: { enablePrivateNodes: true },
        controlPlaneEndpointsConfig: {
          dnsEndpointConfig: { allowExternalTraffic: true },
          ipEndpointsConfig: { enabled: false },
        },
        workloadIdentityConfig: { workloadPool: `${args.project}.svc.id.goog` },
        gatewayApiConfig: { channel: "CHANNEL_STANDARD" },
        // Custom metrics reach the load balancer with this profile only.
        podAutoscaling: { hpaProfile: "PERFORMANCE" },
        monitoringConfig: {
          enableComponents: ["SYSTEM_COMPONENTS", "DCGM"],
          managedPrometheus: { enabled: true },
        },
        releaseChannel: { channel: args.releaseChannel },
        minMasterVersion: args.version,
        removeDefaultNodePool: true,
        initialNodeCount: 1,
        // The pool that is made and removed at once runs as the nodes' own account too, not as Compute Engine's.
        nodeConfig: { serviceAccount: args.nodeServiceAccount, machineType: "e2-medium" },
        deletionProtection: args.deletionProtection,
      },
      {
        parent: this,
        protect: args.deletionProtection,
        // It describes the removed pool, so there is nothing left to change.
        ignoreChanges: ["nodeConfig"],
        customTimeouts: { create: CREATE_TIMEOUT, update: CREATE_TIMEOUT, delete: CREATE_TIMEOUT },
      },
    );
  }

  private createSystemPool(args: InferenceClusterArgs, cluster: Cluster): NodePool {
    return this.createNodePool("system", args, cluster, {
      // Left out it would be none, and the first pod would wait for the autoscaler.
      initialNodeCount: 1,
      autoscaling: { minNodeCount: 1, maxNodeCount: 2 },
      nodeConfig: { machineType: SYSTEM_MACHINE_TYPE },
    });
  }

  private createGpuPools(args: InferenceClusterArgs, cluster: Cluster): NodePool[] {
    return Object.entries(args.gpuPools).map(([pool, shape]) => {
      const machine = gpuMachines[shape.machineType];
      if (!machine)
        throw new Error(`${this.name}: unknown GPU machine type "${shape.machineType}"`);
      return this.createNodePool(pool, args, cluster, {
        autoscaling: {
          totalMinNodeCount: shape.minNodes,
          totalMaxNodeCount: shape.maxNodes,
          locationPolicy: "ANY",
        },
        nodeConfig: {
          machineType: shape.machineType,
          diskSizeGb: GPU_DISK_GB,
          spot: shape.spot,
          guestAccelerators: [
            {
              type: machine.gpu,
              count: machine.gpusPerNode,
              gpuDriverInstallationConfig: { gpuDriverVersion: "LATEST" },
            },
          ],
        },
      });
    });
  }

  private createNodePool(
    pool: string,
    args: InferenceClusterArgs,
    cluster: Cluster,
    shape: {
      initialNodeCount?: number;
      autoscaling: NodePoolAutoscaling;
      nodeConfig: NodePoolConfig;
    },
  ): NodePool {
    return new NodePool(
      // No `name`: a pool that has to be replaced gets its successor first, under a name of its own.
      `${this.name}-${pool}`,
      {
        cluster: cluster.id,
        initialNodeCount: shape.initialNodeCount,
        autoscaling: shape.autoscaling,
        management: { autoRepair: true, autoUpgrade: true },
        nodeConfig: {
          ...shape.nodeConfig,
          imageType: "COS_CONTAINERD",
          serviceAccount: args.nodeServiceAccount,
          oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
          metadata: { "disable-legacy-endpoints": "true" },
          shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
          workloadMetadataConfig: { mode: "GKE_METADATA" },
        },
      },
      {
        parent: this,
        // The autoscaler owns the size.
        ignoreChanges: ["initialNodeCount", "nodeCount"],
        customTimeouts: { create: CREATE_TIMEOUT, update: CREATE_TIMEOUT, delete: CREATE_TIMEOUT },
      },
    );
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
      { kubeconfig: this.kubeconfig, clusterIdentifier: this.context },
      { parent: this },
    );
  }
}

type NodePoolArgs = ConstructorParameters<typeof NodePool>[1];
type NodePoolAutoscaling = NonNullable<NodePoolArgs["autoscaling"]>;
type NodePoolConfig = {
  diskSizeGb?: number;
  machineType: string;
  spot?: boolean;
  guestAccelerators?: GuestAccelerator[];
};
interface GuestAccelerator {
  type: string;
  count: number;
  gpuDriverInstallationConfig: { gpuDriverVersion: string };
}
