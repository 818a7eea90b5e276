import type * as pulumi from "@pulumi/pulumi";

import type { ReleaseChannel } from "../../catalog/gkeVersion";
import type { Weekday } from "../../catalog/maintenance";

import type { GpuPoolArgs } from "./gpuPool";

export interface InferenceClusterArgs {
  /** Id of the project. */
  project: string;
  /** The cluster is regional: its control plane runs in all zones of this region. */
  region: string;
  /** Zones of its nodes without GPUs. @default GKE's choice, three of the region */
  zones?: string[];
  /** The VPC, by id. */
  network: pulumi.Input<string>;
  /** Subnet of the cluster's region, by id, with the two secondary ranges below. */
  subnetwork: pulumi.Input<string>;
  /** Name of the subnet's secondary range for pods. */
  podsRange: string;
  /** Name of the subnet's secondary range for services. */
  servicesRange: string;
  /** Email of the service account that the nodes run as. */
  nodeServiceAccount: pulumi.Input<string>;
  /**
   * Oldest version of the control plane: a minor such as `1.36`, of which GKE takes the newest version, or a full
   * version, which GKE refuses once its channel no longer has it. Raised, it upgrades in place, a minor at a time.
   * @default the channel's default
   */
  gkeVersion?: string;
  /** Channel that installs and upgrades the cluster. */
  releaseChannel: ReleaseChannel;
  /** When GKE may upgrade it: GKE demands 12 hours a week, in windows of 4 or more. `startTime` is `HH:MM`, UTC. */
  maintenance: { days: Weekday[]; startTime: string; hours: number };
  /** GPU pools by name, the preferred one first; none for a cluster that serves no model. */
  gpuPools: Record<string, GpuPoolArgs>;
  /** Pods may mount buckets of Cloud Storage, by its CSI driver. */
  bucketVolumes: boolean;
  /** Pods may mount secrets of Secret Manager, by its CSI driver. */
  secretManager: boolean;
  /** Google Cloud and Pulumi both refuse to delete the cluster. */
  deletionProtection: boolean;
}
