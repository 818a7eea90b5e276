import * as compute from "@pulumi/gcp/compute";
import * as pulumi from "@pulumi/pulumi";

import { clusterRanges, proxyRange } from "../catalog/addressPlan";
import { PORTS } from "../catalog/ports";
import type { Region } from "../catalog/regions";

export interface NetworkArgs {
  /** Id of the project. */
  project: string;
  /** Clusters by name, each with its region and with the address block that it uses there. */
  clusters: Record<string, { region: Region; block: number }>;
  /** Port on which the model servers listen: what proxies and health checks may reach, beside the endpoint picker. */
  serverPort: number;
}

/** The subnet of one cluster. */
export interface ClusterSubnet {
  /** Its id. */
  subnetwork: pulumi.Output<string>;
  /** Name of the secondary range for pods. */
  podsRange: string;
  /** Name of the secondary range for services. */
  servicesRange: string;
}

/** Google's health checkers, <https://cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges>. */
const HEALTH_CHECKERS = ["35.191.0.0/16", "130.211.0.0/22"];

/**
 * The VPC that all clusters share (the gateway works within one VPC only): a subnet for each cluster, a NAT for each
 * region, and a firewall rule that lets proxies and health checks reach model servers and endpoint pickers.
 *
 * A subnet belongs to one cluster, not to its region, so that a cluster which joins or leaves touches no other.
 *
 * ### Cost
 * Each Cloud NAT up to 0.0448 $ an hour, and 0.045 $ for each GiB that passes through it.
 *
 * @example
 * ```ts
 * const network = new Network(
 *   "network",
 *   {
 *     project,
 *     clusters: { "gke-west": { region: "europe-west3", block: 0 } },
 *     serverPort: 8000,
 *   },
 *   { dependsOn: apis.of("compute") },
 * );
 * const { subnetwork, podsRange, servicesRange } = network.subnetOf("gke-west");
 * ```
 */
export class Network extends pulumi.ComponentResource {
  readonly id: pulumi.Output<string>;
  private readonly subnets: Record<string, ClusterSubnet>;

  constructor(name: string, args: NetworkArgs, opts?: pulumi.ComponentResourceOptions) {
    super("inference-gateway:index:Network", name, {}, opts);
    const { project, clusters, serverPort } = args;
    const vpc = createVpc(name, { project }, { parent: this });
    this.id = vpc.id;
    this.subnets = createSubnets(name, { project, clusters, vpc }, { parent: this });
    createNats(name, { project, clusters, vpc }, { parent: this });
    allowLoadBalancer(
      `${name}-load-balancer`,
      { project, clusters, serverPort, vpc },
      { parent: this },
    );
    this.registerOutputs({ id: this.id });
  }

  /** @throws if the network was given no cluster of this name */
  subnetOf(cluster: string): ClusterSubnet {
    const subnet = this.subnets[cluster];
    if (!subnet) {
      throw new Error(
        `network: unknown cluster "${cluster}"; configured: ${Object.keys(this.subnets).join(", ")}`,
      );
    }
    return subnet;
  }
}

/** Arguments of all resources in the VPC. */
interface InVpc {
  vpc: compute.Network;
}

function createVpc(
  name: string,
  { project }: Pick<NetworkArgs, "project">,
  opts: pulumi.CustomResourceOptions,
): compute.Network {
  const args = { project, autoCreateSubnetworks: false, routingMode: "GLOBAL" };
  return new compute.Network(name, args, opts);
}

function createSubnets(
  name: string,
  { project, clusters, vpc }: Pick<NetworkArgs, "project" | "clusters"> & InVpc,
  opts: pulumi.CustomResourceOptions,
): Record<string, ClusterSubnet> {
  const subnets = Object.entries(clusters).map(([cluster, { region, block }]) => {
    const ranges = clusterRanges(region, block);
    const [podsRange, servicesRange] = ["pods", "services"] as const;
    const subnet = new compute.Subnetwork(
      `${name}-${cluster}`,
      {
        project,
        region,
        network: vpc.id,
        ipCidrRange: ranges.nodes,
        secondaryIpRanges: [
          { rangeName: podsRange, ipCidrRange: ranges.pods },
          { rangeName: servicesRange, ipCidrRange: ranges.services },
        ],
        privateIpGoogleAccess: true,
      },
      // GKE links the pods' range once there are nodes, and the link must not be removed.
      { ...opts, ignoreChanges: ["secondaryIpRanges[*].reservedInternalRange"] },
    );
    return [cluster, { subnetwork: subnet.id, podsRange, servicesRange }] as const;
  });
  return Object.fromEntries(subnets);
}

/** Private nodes reach Hugging Face and the container registries through a NAT. */
function createNats(
  name: string,
  { project, clusters, vpc }: Pick<NetworkArgs, "project" | "clusters"> & InVpc,
  opts: pulumi.CustomResourceOptions,
): void {
  for (const region of regionsOf(clusters)) {
    const router = new compute.Router(
      `${name}-${region}`,
      { project, region, network: vpc.id },
      opts,
    );
    new compute.RouterNat(
      `${name}-${region}`,
      {
        project,
        region,
        router: router.name,
        natIpAllocateOption: "AUTO_ONLY",
        // By default a node has 64 ports; the model servers of its GPUs load weights over more connections than that.
        enableDynamicPortAllocation: true,
        sourceSubnetworkIpRangesToNat: "ALL_SUBNETWORKS_ALL_IP_RANGES",
        logConfig: { enable: true, filter: "ERRORS_ONLY" },
      },
      opts,
    );
  }
}

function allowLoadBalancer(
  name: string,
  { project, clusters, serverPort, vpc }: NetworkArgs & InVpc,
  opts: pulumi.CustomResourceOptions,
): void {
  new compute.Firewall(
    name,
    {
      project,
      network: vpc.id,
      direction: "INGRESS",
      sourceRanges: [...HEALTH_CHECKERS, ...regionsOf(clusters).map(proxyRange)],
      allows: [
        {
          protocol: "tcp",
          ports: [serverPort, PORTS.picker.extProc, PORTS.picker.health].map(String),
        },
      ],
    },
    opts,
  );
}

function regionsOf(clusters: NetworkArgs["clusters"]): Region[] {
  return [...new Set(Object.values(clusters).map(({ region }) => region))];
}
