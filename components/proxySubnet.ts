import { Subnetwork } from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";

export interface ProxySubnetArgs {
  /** Id of the project. */
  project: string;
  /** The VPC, by id. */
  network: pulumi.Input<string>;
  /** Region whose proxies have their addresses from it. */
  region: string;
  /** /26 or larger; Google recommends /23. It must not overlap any other subnet of the VPC. */
  cidr: string;
}

/**
 * The addresses from which the gateway's proxies in one region send requests to model servers. A gateway gets an
 * address in a region only where such a subnet is; a VPC holds one of them, of either purpose, in each region.
 *
 * @example
 * ```ts
 * const proxies = new ProxySubnet("europe-west3", {
 *   project,
 *   region: "europe-west3",
 *   network: network.id,
 *   cidr: proxyRange("europe-west3"),
 * });
 * ```
 */
export class ProxySubnet extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  readonly cidr: string;

  constructor(name: string, args: ProxySubnetArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:ProxySubnet", name, {}, opts);
    const subnet = new Subnetwork(
      `${name}-proxy`,
      {
        project: args.project,
        region: args.region,
        network: args.network,
        ipCidrRange: args.cidr,
        // Not REGIONAL_MANAGED_PROXY: that one serves gateways of a single region.
        purpose: "GLOBAL_MANAGED_PROXY",
        role: "ACTIVE",
      },
      { parent: this },
    );
    this.id = subnet.id;
    this.cidr = args.cidr;
    this.registerOutputs({ id: this.id, cidr: this.cidr });
  }
}
