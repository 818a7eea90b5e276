import * as pulumi from "@pulumi/pulumi";

import { proxyRange } from "./catalog/addressPlan";
import { optionalApis } from "./catalog/apis";
import { PORTS } from "./catalog/ports";
import { CrossRegionGateway } from "./components/crossRegionGateway";
import { claimFleet } from "./components/crossRegionGateway/fleetClaim";
import { namedMetric } from "./components/kvCacheMetrics";
import { createDeletionGuard } from "./components/deletionGuard";
import { GatewayMonitoring } from "./components/gatewayMonitoring";
import { Network } from "./components/network";
import { NodeIdentity } from "./components/nodeIdentity";
import { PrivateDns } from "./components/privateDns";
import { ProjectServices } from "./components/projectServices";
import { ProxySubnet } from "./components/proxySubnet";
import { loadConfig } from "./config";
import { negCountOf, prioritiesOf, unknownCluster } from "./config/derived";
import { costMessage, estimateCost } from "./cost";
import { gatewayArgs } from "./gateway";
import { createMember, kubeconfigsOf, summariesOf } from "./member";
import { monitoringArgs } from "./monitoring";

const config = loadConfig();
const { project, regions, privateDnsName: dnsName } = config;

// A fleet has one config cluster, which must not belong to another stack.
const claim = claimFleet({ project, membershipIds: Object.keys(config.clusters) });

// Shared by the clusters: APIs, one VPC, the identity of their nodes, a proxy-only subnet in each region.
const apis = new ProjectServices("apis", { project, optional: optionalApis(config) });
const networkArgs = { project, clusters: config.clusters, serverPort: PORTS.modelServer };
const network = new Network("network", networkArgs, { dependsOn: apis.of("compute") });
const identityApis = apis.of("iam", "cloudresourcemanager");
const nodes = new NodeIdentity("nodes", { project }, { dependsOn: identityApis });
const proxySubnets = regions.map((region) => {
  const cidr = proxyRange(region);
  return new ProxySubnet(region, { project, region, network: network.id, cidr });
});

// Each cluster: control plane, nodes, fleet membership, model server, exported pool, metric.
const shared = { apis, network, nodes, claim };
const members = Object.keys(config.clusters).map((name) => createMember(name, config, shared));

// One gateway in front of all of them, on the config cluster.
const configMember = members.find(({ name }) => name === config.configCluster);
if (!configMember) throw unknownCluster(config.configCluster, config.clusters);
const requires = [...proxySubnets, apis.agentRole];
const gateway = new CrossRegionGateway(
  "cross-region-gateway",
  gatewayArgs(config, { members, configMember, requires }),
  { providers: [configMember.cluster.provider], dependsOn: apis.forGateway },
);
const { addresses } = gateway;
const dnsArgs = dnsName && { project, network: network.id, dnsName, regions, addresses };
const dns = dnsArgs && new PrivateDns("dns", dnsArgs, { dependsOn: apis.of("dns") });

/** Cost of the stack by component, from a dated price table. */
export const cost = estimateCost({ clusters: config.clusters, regions, gpuPools: config.gpuPools });
void pulumi.log.info(costMessage(cost, new Date()));

// Its alerts come when all that they watch serves: before, they would page that nothing does.
const watched = [gateway, ...members.flatMap(({ parts }) => parts), ...apis.of("monitoring")];
const watchArgs = monitoringArgs(config, { network: network.id, cost });
const monitoring =
  watchArgs && new GatewayMonitoring("monitoring", watchArgs, { dependsOn: watched });
const guarded = [
  apis,
  network,
  gateway,
  ...(dns ? [dns] : []),
  ...(monitoring ? [monitoring] : []),
];
createDeletionGuard("cross-region-gateway", { guarded, protect: config.deletionProtection });

/** The version of `docs/outputs.schema.json` that these outputs follow. */
export const outputsVersion = 1;
/** IP address of the gateway by region; a client uses the one of its own. */
export const { addresses: gatewayAddresses, urls: gatewayUrls } = gateway;
/** One URL for clients of all regions; null if the stack has no `privateDnsName`. */
export const privateUrl = dns ? dns.url : null;
/** The dashboard in the console; null if the stack has no `monitoring`. */
export const dashboardUrl = monitoring ? monitoring.dashboardUrl : null;
/** Value of a request's field `model`; adapters have their own names. */
export const model = config.model.id;
/** Location, context, membership and model of each. */
export const clusters = summariesOf(members);
/** Priorities of requests by name, which a client puts into the header `x-gateway-inference-objective`. */
export const objectives = prioritiesOf(config.objectives);
/** Regions that get no request now. */
export const { drained } = gateway;
/** Where model server, pool and gateway are in every cluster, and the name of the pool. */
export const { namespace, poolName } = config;
export const metricName = namedMetric();
/** Network endpoint groups of the gateway's backend service, of which Google Cloud takes 50. */
export const negCount = negCountOf(config);
export const { hourlyUsd: hourlyCostUsd, monthlyUsd: monthlyCostUsd } = cost;
/** A kubeconfig for each cluster. They hold no credential, but show where the control planes are. */
export const kubeconfigs = pulumi.secret(kubeconfigsOf(members));
