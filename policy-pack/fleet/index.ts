import type { Policies } from "@pulumi/policy";

import { cloudReferenceKnown } from "./cloud-reference-known";
import { fleetRegisteredOnce } from "./fleet-registered-once";
import { gatewayControllerRole } from "./gateway-controller-role";
import { gatewayOnConfigCluster } from "./gateway-on-config-cluster";
import { namespaceExists } from "./namespace-exists";
import { noAuthoritativeIam } from "./no-authoritative-iam";
import { noPublicGrant } from "./no-public-grant";

/** Which object belongs in which cluster, and who may act on the fleet. */
export const fleet: Policies = [
  cloudReferenceKnown,
  fleetRegisteredOnce,
  gatewayControllerRole,
  gatewayOnConfigCluster,
  namespaceExists,
  noAuthoritativeIam,
  noPublicGrant,
];
