import * as pulumi from "@pulumi/pulumi";

import { proxyRange } from "./catalog/addressPlan";
import { CrossRegionGateway } from "./components/crossRegionGateway";
import { namedMetric } from "./components/kvCacheMetrics";
import { SERVER_PORT } from "./components/modelServer";
import { Network } from "./components/network";
import { NodeIdentity } from "./components/nodeIdentity";
import { ProjectServices } from "./components/projectServices";
import { ProxySubnet } from "./components/proxySubnet";
import { loadConfig } from "./config";
import { createMember } from "./member";

const config = loadConfig();
const { project, regions, poolName } = config;

// What the clusters share: APIs, one VPC, the identity of their nodes, a proxy-only subnet in each region.
const apis = new ProjectServices("apis", { project });
const { clusters: places } = config;
const networkArgs = { project, clusters: places, serverPort: SERVER_PORT };
const network = new Network("network", networkArgs, { dependsOn: apis.of("compute") });
const identityApis = apis.of("iam", "cloudresourcemanager");
const nodes = new NodeIdentity("nodes", { project }, { dependsOn: identityApis });
const proxySubnets = regions.map((region) => {
  return new ProxySubnet(region, {
    project,
    region,
    network: network.id,
    cidr: proxyRange(region),
  });
});

// Each cluster: control plane, nodes, fleet membership, model server, exported pool, metric.
const ground = { apis, network, nodes };
const members = Object.keys(config.clusters).map((name) => createMember(name, config, ground));

// One gateway in front of all of them, on the config cluster.
const configMember = members.find(({ name }) => name === config.configCluster);
if (!configMember) throw new Error(`"${config.configCluster}" is no cluster of this stack`);
const gateway = new CrossRegionGateway(
  "cross-region-gateway",
  {
    ...config,
    configMembership: configMember.membership.id,
    requires: [...proxySubnets, ...members.map(({ pool }) => pool), apis.agentRole],
    serverPort: SERVER_PORT,
    metricName: namedMetric(),
  },
  {
    providers: [configMember.cluster.provider],
    dependsOn: apis.of(
      "gkehub",
      "multiclusteringress",
      "multiclusterservicediscovery",
      "trafficdirector",
    ),
  },
);

/** IP address of the gateway by region; a client uses the one of its own. */
export const gatewayAddresses = gateway.addresses;
export const gatewayUrls = gateway.urls;
/** What a request gives in its field `model`; adapters answer to their own names. */
export const model = config.model.id;
export const clusters = Object.fromEntries(
  members.map(({ name, cluster: { location, context }, membership }) => [
    name,
    { location, context, membership: membership.id },
  ]),
);
/** Where model server, pool and gateway are in every cluster, and the name of the pool. */
export const { namespace } = config;
export { poolName };
export const metricName = namedMetric();
/** By cluster. No credential is in them, but they show where the control planes are. */
export const kubeconfigs = pulumi.secret(
  Object.fromEntries(members.map(({ name, cluster }) => [name, cluster.kubeconfig])),
);
