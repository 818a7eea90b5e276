import * as pulumi from "@pulumi/pulumi";

import { CrossRegionGateway } from "./components/crossRegionGateway";
import { createDeletionGuard } from "./components/deletionGuard";
import { GatewayMonitoring } from "./components/gatewayMonitoring";
import { namedMetric } from "./components/kvCacheMetrics";
import { PrivateDns } from "./components/privateDns";
import { loadConfig } from "./config";
import { negCountOf, prioritiesOf, unknownCluster } from "./config/derived";
import { costMessage, estimateCost } from "./cost";
import { gatewayArgs } from "./gateway";
import { createMember, kubeconfigsOf, summariesOf } from "./member";
import { monitoringArgs } from "./monitoring";
import { createShared } from "./shared";

const config = loadConfig();
const { project, regions, privateDnsName: dnsName } = config;

// Shared by the clusters: APIs, one VPC, the identity of their nodes, a proxy-only subnet in each region.
const shared = createShared(config);
const { apis, network } = shared;

// Each cluster: control plane, nodes, fleet membership, model server, exported pool, metric.
const members = Object.keys(config.clusters).map((name) => createMember(name, config, shared));

// One gateway in front of all of them, on the config cluster.
const configMember = members.find(({ name }) => name === config.configCluster);
if (!configMember) throw unknownCluster(config.configCluster, config.clusters);
const requires = [...shared.proxySubnets, apis.agentRole];
const gateway = new CrossRegionGateway(
  "cross-region-gateway",
  gatewayArgs(config, { members, configMember, requires }),
  { providers: [configMember.cluster.provider], dependsOn: apis.forGateway },
);
const { addresses } = gateway;
const dns = dnsName
  ? new PrivateDns(
      "dns",
      { project, network: network.id, dnsName, regions, addresses },
      { dependsOn: apis.of("dns") },
    )
  : undefined;

/** Cost of the stack by component, from a dated price table. */
export const cost = estimateCost({ clusters: config.clusters, regions, gpuPools: config.gpuPools });
void pulumi.log.info(costMessage(cost, new Date()));

// Its alerts come when all that they watch serves: before, they would page that nothing does.
const watched = [gateway, ...members.flatMap(({ parts }) => parts), ...apis.of("monitoring")];
const watchArgs = monitoringArgs(config, { network: network.id, cost });
const monitoring =
  watchArgs && new GatewayMonitoring("monitoring", watchArgs, { dependsOn: watched });
const guarded = [apis, network, gateway, dns, monitoring].flatMap((resource) => resource ?? []);
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
