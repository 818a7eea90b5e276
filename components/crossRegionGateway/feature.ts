import { Feature } from "@pulumi/gcp/gkehub";
import type * as pulumi from "@pulumi/pulumi";

export interface FleetFeatureArgs {
  /** Id of the project whose fleet it is. */
  project: string;
  /** Membership of the cluster that holds the gateway's objects, by id. Another one is taken over in place. */
  configMembership: pulumi.Input<string>;
  /** Memberships of all clusters. The feature goes before the first of them. */
  memberships: pulumi.Resource[];
}

/** Google refuses to disable the feature for five to ten minutes after the last Gateway is deleted. */
const DELETE_TIMEOUT = "30m";

/**
 * Switches on `multiclusteringress`, which makes GKE install the gateway classes on the config cluster and import the
 * pools of the others.
 *
 * It waits for every membership because of the order of deletion: a cluster that leaves the fleet while the feature is
 * on leaves a firewall rule behind, which keeps the VPC
 * (GoogleCloudPlatform/terraform-ecommerce-microservices-on-gke#49).
 *
 * The feature `multiclusterservicediscovery` is not switched on: it shares Services (ServiceImport), and the gateway
 * imports pools (GCPInferencePoolImport). `gcloud container fleet ingress enable` enables its API and not the feature,
 * and neither does Google's how-to (as of 2026-11), nor a gateway of three regions that Google's engineers measured
 * ("SGLang + Kimi k2.5 + GKE Inference Gateway on G4", 2026-04). Its API stays enabled, because `multiclusteringress`
 * depends on it (hashicorp/terraform-provider-google#11403).
 */
export function enableFeature(
  name: string,
  { project, configMembership, memberships }: FleetFeatureArgs,
  opts: pulumi.CustomResourceOptions,
): Feature {
  return new Feature(
    name,
    {
      project,
      // The name selects the feature, so Pulumi must not generate one.
      name: "multiclusteringress",
      location: "global",
      spec: { multiclusteringress: { configMembership } },
    },
    {
      ...opts,
      dependsOn: memberships,
      customTimeouts: { delete: DELETE_TIMEOUT },
    },
  );
}
