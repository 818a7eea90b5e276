import type { Policies } from "@pulumi/policy";

import { clusterIdentifierKnown } from "./cluster-identifier-known";
import { controlPlanePrivate } from "./control-plane-private";
import { deletionProtection } from "./deletion-protection";
import { gatewayApiEnabled } from "./gateway-api-enabled";
import { gkeVersionFloor } from "./gke-version-floor";
import { hpaProfile } from "./hpa-profile";
import { maintenanceWindow } from "./maintenance-window";
import { providerOfOneCluster } from "./provider-of-one-cluster";
import { requiredApis } from "./required-apis";
import { vpcNative } from "./vpc-native";

/** What a GKE cluster has to be. */
export const clusters: Policies = [
  clusterIdentifierKnown,
  controlPlanePrivate,
  deletionProtection,
  gatewayApiEnabled,
  gkeVersionFloor,
  hpaProfile,
  maintenanceWindow,
  providerOfOneCluster,
  requiredApis,
  vpcNative,
];
