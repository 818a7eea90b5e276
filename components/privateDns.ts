import { ManagedZone, RecordSet } from "@pulumi/gcp/dns";
import * as pulumi from "@pulumi/pulumi";

import { PORTS } from "../catalog/ports";
import type { Region } from "../catalog/regions";

import { addressIn } from "./crossRegionGateway/addresses";

export interface PrivateDnsArgs {
  /** Id of the project. */
  project: string;
  /** The VPC whose clients know the name, by id: that of the gateway. */
  network: pulumi.Input<string>;
  /** The name, such as `llm.corp.internal`; a trailing dot is ignored. */
  dnsName: string;
  /** Regions in which the gateway has an address, each once. Plain, so that a preview shows the whole record. */
  regions: readonly Region[];
  /** The gateway's address by region; each of `regions` has one once the gateway is made. */
  addresses: pulumi.Input<Record<string, string>>;
}

/** How long clients keep an answer, and so how long they keep calling a region that has gone. Seconds. */
const TTL = 30;

/**
 * One name for the gateway in all regions, in a private zone that the VPC alone sees. Cloud DNS answers each client
 * with the address of its own region, or of the nearest that has one. The query shows where a client is: a machine of
 * the VPC is in its region, a client behind VPN or Interconnect in the region of the tunnel.
 *
 * The zone holds this name only: one of a whole domain would hide every other name of that domain from the VPC.
 *
 * Each address is a health-checked target, not a plain record: while the proxies of a region are down, Cloud DNS
 * answers with the next region's address. (Model servers that are down do not matter here: from any address, the
 * gateway finds those that are up.) No region is fenced, so that there is always an answer.
 *
 * ### Cost
 * A zone is 0.20 $ a month, and a million queries of this kind below 1 $.
 *
 * @example
 * ```ts
 * new PrivateDns(
 *   "dns",
 *   {
 *     project,
 *     network: network.id,
 *     dnsName: "llm.corp.internal",
 *     regions: ["europe-west3"],
 *     addresses: gateway.addresses,
 *   },
 *   { dependsOn: apis.of("dns") },
 * );
 * ```
 */
export class PrivateDns extends pulumi.ComponentResource {
  /** `http://<dnsName>`, for clients of all regions. */
  readonly url: string;

  constructor(name: string, args: PrivateDnsArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:PrivateDns", name, {}, opts);
    const dnsName = args.dnsName.replace(/\.$/, "");

    const { project, network, regions, addresses } = args;
    const zone = createZone(name, { project, network, dnsName }, { parent: this });
    createRecord(
      name,
      { project, network, dnsName, regions, addresses, zone: zone.name },
      { parent: this },
    );

    this.url = `http://${dnsName}`;
    this.registerOutputs({ url: this.url });
  }
}

function createZone(
  name: string,
  { project, network, dnsName }: Pick<PrivateDnsArgs, "project" | "network" | "dnsName">,
  opts: pulumi.CustomResourceOptions,
): ManagedZone {
  return new ManagedZone(
    name,
    {
      project,
      dnsName: absolute(dnsName),
      description: "Inference gateway, by the nearest region",
      visibility: "private",
      privateVisibilityConfig: { networks: [{ networkUrl: network }] },
    },
    opts,
  );
}

interface RecordArgs extends PrivateDnsArgs {
  /** Name of the zone that holds it. */
  zone: pulumi.Input<string>;
}

function createRecord(
  name: string,
  args: RecordArgs,
  opts: pulumi.CustomResourceOptions,
): RecordSet {
  return new RecordSet(
    name,
    {
      project: args.project,
      managedZone: args.zone,
      name: absolute(args.dnsName),
      type: "A",
      ttl: TTL,
      routingPolicy: { geos: args.regions.map((region) => answerIn(region, args)) },
    },
    opts,
  );
}

/** Cloud DNS's answer to clients that are nearest to a region. */
function answerIn(region: Region, { project, network, addresses }: PrivateDnsArgs) {
  return {
    location: region,
    healthCheckedTargets: {
      internalLoadBalancers: [
        {
          // The type of a cross-region load balancer; `region` is for those of one region only.
          loadBalancerType: "globalL7ilb",
          ipAddress: pulumi.output(addresses).apply((known) => addressIn(known, region)),
          // Google Cloud takes it as text.
          port: String(PORTS.gateway),
          ipProtocol: "tcp",
          networkUrl: network,
          project,
        },
      ],
    },
  };
}

/** A name as DNS writes it in full. */
function absolute(dnsName: string): string {
  return `${dnsName}.`;
}
