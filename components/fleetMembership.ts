import { Membership } from "@pulumi/gcp/gkehub";
import * as pulumi from "@pulumi/pulumi";

export interface FleetMembershipArgs {
  /** Id of the project whose fleet it is. */
  project: string;
  /** Id of the membership, unique in the fleet. */
  membershipId: string;
  /** `projects/<project>/locations/<location>/clusters/<name>` */
  cluster: pulumi.Input<string>;
}

/**
 * Registers one cluster in the project's fleet. The cluster's own `fleet` block would register it a second time, at its
 * region, and the multi-cluster feature would not find it. So no cluster has that block.
 *
 * @example
 * ```ts
 * const membership = new FleetMembership(
 *   "gke-west",
 *   { project, membershipId: "gke-west", cluster: cluster.id },
 *   { dependsOn: apis.of("gkehub") },
 * );
 * ```
 */
export class FleetMembership extends pulumi.ComponentResource {
  /** `projects/<project>/locations/global/memberships/<membershipId>` */
  readonly id: pulumi.Output<string>;

  constructor(name: string, args: FleetMembershipArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:FleetMembership", name, {}, opts);
    const membership = new Membership(
      name,
      {
        project: args.project,
        membershipId: args.membershipId,
        location: "global",
        endpoint: {
          gkeCluster: {
            resourceLink: pulumi.interpolate`//container.googleapis.com/${args.cluster}`,
          },
        },
        authority: {
          issuer: pulumi.interpolate`https://container.googleapis.com/v1/${args.cluster}`,
        },
      },
      // Two memberships cannot share an id, so the old one goes first.
      { parent: this, deleteBeforeReplace: true },
    );
    this.id = membership.id;
    this.registerOutputs({ id: this.id });
  }
}
