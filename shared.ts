import { proxyRange } from "./catalog/addressPlan";
import { optionalApis } from "./catalog/apis";
import { PORTS } from "./catalog/ports";
import { claimFleet } from "./components/crossRegionGateway/fleetClaim";
import { Network } from "./components/network";
import { NodeIdentity } from "./components/nodeIdentity";
import { ProjectServices } from "./components/projectServices";
import { ProxySubnet } from "./components/proxySubnet";
import type { GatewayConfig } from "./config";

/** The resources that all clusters share. */
export interface SharedResources {
  apis: ProjectServices;
  network: Network;
  nodes: NodeIdentity;
  /** One in each region, for the proxies of the gateway. */
  proxySubnets: ProxySubnet[];
  /** Fails if another stack owns the fleet's gateways: then no cluster is created. */
  claim: Promise<void>;
}

/** APIs, one VPC, the identity of the nodes, a proxy-only subnet in each region, and the claim to the fleet. */
export function createShared(config: GatewayConfig): SharedResources {
  const { project, clusters, regions } = config;
  // A fleet has one config cluster, which must not belong to another stack.
  const claim = claimFleet({ project, membershipIds: Object.keys(clusters) });
  const apis = new ProjectServices("apis", { project, optional: optionalApis(config) });
  const networkArgs = { project, clusters, serverPort: PORTS.modelServer };
  const network = new Network("network", networkArgs, { dependsOn: apis.of("compute") });
  const identityApis = apis.of("iam", "cloudresourcemanager");
  const nodes = new NodeIdentity("nodes", { project }, { dependsOn: identityApis });
  const proxySubnets = regions.map((region) => {
    const cidr = proxyRange(region);
    return new ProxySubnet(region, { project, region, network: network.id, cidr });
  });
  return { apis, network, nodes, proxySubnets, claim };
}
