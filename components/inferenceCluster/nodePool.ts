import { type Cluster, NodePool } from "@pulumi/gcp/container";
import type * as pulumi from "@pulumi/pulumi";

import { customTimeouts } from "./timeouts";

type NodePoolInputs = ConstructorParameters<typeof NodePool>[1];

/** What distinguishes a pool from the cluster's others. */
export interface NodePoolShape extends Pick<
  NodePoolInputs,
  "initialNodeCount" | "nodeLocations" | "upgradeSettings" | "nodeDrainConfigs"
> {
  autoscaling: NodePoolInputs["autoscaling"];
  /** @default true */
  autoRepair?: boolean;
  nodeConfig: NodeConfigShape;
  /** Paths of properties that keep what the cloud makes of them. */
  ignoreChanges?: string[];
  /** Paths of properties that make a new pool where the provider would change this one. */
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

/** What a pool stands on. */
export interface NodePoolGround {
  cluster: Cluster;
  nodeServiceAccount: pulumi.Input<string>;
  parent: pulumi.Resource;
}

/**
 * A pool of hardened nodes. It is given no name: one that has to be replaced then gets its successor first, under a
 * name of its own.
 */
export function createNodePool(
  name: string,
  { autoRepair = true, nodeConfig, ignoreChanges = [], replaceOnChanges, ...shape }: NodePoolShape,
  { cluster, nodeServiceAccount, parent }: NodePoolGround,
): NodePool {
  return new NodePool(
    name,
    {
      cluster: cluster.id,
      ...shape,
      management: { autoRepair, autoUpgrade: true },
      nodeConfig: {
        ...nodeConfig,
        imageType: "COS_CONTAINERD",
        serviceAccount: nodeServiceAccount,
        oauthScopes: ["https://www.googleapis.com/auth/cloud-platform"],
        metadata: { "disable-legacy-endpoints": "true" },
        shieldedInstanceConfig: { enableSecureBoot: true, enableIntegrityMonitoring: true },
        workloadMetadataConfig: { mode: "GKE_METADATA" },
      },
    },
    {
      parent,
      // The autoscaler owns the size.
      ignoreChanges: ["initialNodeCount", "nodeCount", ...ignoreChanges],
      replaceOnChanges,
      customTimeouts,
    },
  );
}
