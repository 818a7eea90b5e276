import { type Cluster, NodePool } from "@pulumi/gcp/container";
import type * as pulumi from "@pulumi/pulumi";

import { customTimeouts } from "./timeouts";

type NodePoolInputs = ConstructorParameters<typeof NodePool>[1];

/** Settings that all pools of a cluster share. */
export interface PoolParent {
  /** The cluster that the pool belongs to. */
  cluster: Cluster;
  /** Email of the service account that its nodes run as. */
  nodeServiceAccount: pulumi.Input<string>;
}

/** Settings of a single pool. */
export interface NodePoolShape extends Pick<
  NodePoolInputs,
  "initialNodeCount" | "nodeLocations" | "upgradeSettings" | "nodeDrainConfigs"
> {
  autoscaling: NodePoolInputs["autoscaling"];
  /** @default true */
  autoRepair?: boolean;
  nodeConfig: NodeConfigShape;
  /** Paths of properties that keep the cloud's value. */
  ignoreChanges?: string[];
  /** Paths of properties whose change replaces the pool, although the provider would update it. */
  replaceOnChanges?: string[];
}

/** The part of a node's configuration that is the pool's own. */
export type NodeConfigShape = Pick<
  Exclude<
    NonNullable<NodePoolInputs["nodeConfig"]>,
    PromiseLike<unknown> | pulumi.OutputInstance<unknown>
  >,
  | "machineType"
  | "diskSizeGb"
  | "ephemeralStorageLocalSsdConfig"
  | "spot"
  | "flexStart"
  | "maxRunDuration"
  | "reservationAffinity"
  | "guestAccelerators"
  | "labels"
  | "taints"
>;

export interface NodePoolArgs extends PoolParent {
  /** Settings of this pool. */
  shape: NodePoolShape;
}

/**
 * A pool of hardened nodes. Pulumi generates its name, so that a successor is created before a replaced pool is
 * deleted.
 */
export function createNodePool(
  name: string,
  { cluster, nodeServiceAccount, shape }: NodePoolArgs,
  opts: pulumi.CustomResourceOptions,
): NodePool {
  const { autoRepair = true, nodeConfig, ignoreChanges = [] } = shape;
  return new NodePool(
    name,
    {
      cluster: cluster.id,
      nodeLocations: shape.nodeLocations,
      initialNodeCount: shape.initialNodeCount,
      autoscaling: shape.autoscaling,
      upgradeSettings: shape.upgradeSettings,
      nodeDrainConfigs: shape.nodeDrainConfigs,
      management: { autoRepair, autoUpgrade: true },
      nodeConfig: {
        machineType: nodeConfig.machineType,
        diskSizeGb: nodeConfig.diskSizeGb,
        ephemeralStorageLocalSsdConfig: nodeConfig.ephemeralStorageLocalSsdConfig,
        spot: nodeConfig.spot,
        flexStart: nodeConfig.flexStart,
        maxRunDuration: nodeConfig.maxRunDuration,
        reservationAffinity: nodeConfig.reservationAffinity,
        guestAccelerators: nodeConfig.guestAccelerators,
        labels: nodeConfig.labels,
        taints: nodeConfig.taints,
        imageType: "COS_CONTAINERD",
        serviceAccount: nodeServiceAccount,
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        metadata: { "disable-legacy-endpoints": "true" },
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        workloadMetadataConfig: { mode: "GKE_METADATA" },
      },
    },
    {
      ...opts,
      // The autoscaler owns the size.
      ignoreChanges: ["initialNodeCount", "nodeCount", ...ignoreChanges],
      replaceOnChanges: shape.replaceOnChanges,
      customTimeouts,
    },
  );
}
