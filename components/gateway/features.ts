import { Feature } from "@pulumi/gcp/gkehub";
import type * as pulumi from "@pulumi/pulumi";

export interface FleetFeaturesArgs {
  /** Id of the project whose fleet it is. */
  project: string;
  /** Membership of the cluster that holds the gateway's objects, by id. Another one is taken over in place. */
  configMembership: pulumi.Input<string>;
}

/** Google refuses to take a feature away for five to ten minutes after the last Gateway went. */
const DELETE_TIMEOUT = "30m";

/**
 * Switches on what makes GKE install the gateway classes on the config cluster and import the pools of the others:
 * `multiclusteringress`, with `multiclusterservicediscovery` before it, which it needs to be taken away again.
 */
export function enableFeatures(
  name: string,
  { project, configMembership }: FleetFeaturesArgs,
  parent: pulumi.Resource,
): Feature[] {
  // The name is the feature: an automatic one would be no feature at all.
  const enable = (feature: string, spec?: object, dependsOn: Feature[] = []) =>
    new Feature(
      `${name}-${feature}`,
      { project, name: feature, location: "global", spec },
      { parent, dependsOn, customTimeouts: { delete: DELETE_TIMEOUT } },
    );
  const discovery = enable("multiclusterservicediscovery");
  const spec = { multiclusteringress: { configMembership } };
  return [discovery, enable("multiclusteringress", spec, [discovery])];
}
