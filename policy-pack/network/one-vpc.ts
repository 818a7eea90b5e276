import { fleetOf } from "../fleet/fleet";
import { inferencePools } from "../fleet/kinds";
import {
  type Finding,
  on,
  pending,
  reliability,
  type Resource,
  type Stack,
  stackPolicy,
  violation,
} from "../frame";

import { proxiesByRegion } from "./gatewayProxies";
import { type Vpc, Vpcs } from "./vpc";

export const oneVpc = stackPolicy({
  name: "one-vpc",
  description: "All clusters behind a multi-cluster gateway, and its proxies, are in one VPC.",
  severity: "critical",
  framework: reliability,
  remediationSteps:
    "Give every cluster with an inference pool or a fleet membership, and the gateway's " +
    "proxy-only subnets, the same network; a cluster that names none is in the project's default " +
    "one.",
  url: "https://cloud.google.com/kubernetes-engine/docs/how-to/setup-multicluster-inference-gateway",
  settings: {},

  *judge(stack) {
    const vpcs = new Vpcs(stack.resources);
    const placed = (resource: Resource) => ({ resource, vpc: vpcs.of(resource) });
    const clusters = clustersBehind(stack).map(placed);
    const known = clusters.filter(({ vpc }) => vpc.key !== undefined);
    const config = fleetOf(stack).configCluster;
    const first = known.find(({ resource }) => resource === config) ?? known[0];

    for (const cluster of clusters.length > 1 ? clusters : []) {
      yield* differences(cluster, `cluster ${cluster.resource.name} is`, first);
    }
    for (const [region, subnets] of proxiesByRegion(stack)) {
      const proxies = subnets.map(({ resource }) => placed(resource));
      // Proxies in the gateway's VPC are its own; others may serve another gateway.
      if (first !== undefined && proxies.every(({ vpc }) => vpc.key !== first.vpc.key)) {
        for (const proxy of proxies) {
          yield* differences(proxy, `the gateway's proxies in ${region} are`, first);
        }
      }
    }
  },
});

interface Placed {
  readonly resource: Resource;
  readonly vpc: Vpc;
}

function* differences(
  here: Placed,
  subject: string,
  first: Placed | undefined,
): Generator<Finding> {
  const { resource, vpc } = here;
  const network = resource.props.at("network");
  if (vpc.key === undefined && network.unknown) {
    yield on(resource, pending(network));
  } else if (vpc.key !== undefined && first !== undefined && vpc.key !== first.vpc.key) {
    const reason = network.absent ? "is not set, so " : "";
    const other = `cluster ${first.resource.name} is in VPC ${first.vpc.name}`;
    const problem = `${reason}${subject} in VPC ${vpc.name}, but ${other}`;
    yield on(resource, violation(network, problem, "put both in the same VPC"));
  }
}

/**
 * Clusters of this stack that serve models, and the config cluster. Where none is known to serve, all
 * members of the fleet may: another stack may have the pools.
 */
function clustersBehind(stack: Stack): readonly Resource[] {
  const fleet = fleetOf(stack);
  const members = [...fleet.byMember(stack.select(inferencePools)).keys()];
  const serving = new Set(members.flatMap(({ cluster }) => cluster ?? []));
  return fleet.clusters.filter((cluster) => {
    const isMember = fleet.membershipsOf(cluster).length > 0;
    return (
      serving.has(cluster) || cluster === fleet.configCluster || (serving.size === 0 && isMember)
    );
  });
}
