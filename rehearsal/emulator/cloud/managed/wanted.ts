import { LoadBalancer } from "../../gke/gke";
import { isApiEnabled } from "../enabledApis";
import { Cluster, CLUSTER, FEATURE, FIREWALL, Managed } from "../kinds";
import { baseName, projectOf } from "../names";
import { Store, Stored } from "../store";
import { COLLECTED_SECONDS } from "../tables/durations";
import { loadBalancerParts } from "./loadBalancers";
import { endpointGroups } from "./endpointGroups";
import { clusterPrefix, gatewayName } from "./names";
import type { Sight, Wanted } from "./sight";

/** All that GKE's controllers make by themselves, as things are now. */
export function wanted(sight: Sight): Wanted[] {
  const clusters = sight.store.list(CLUSTER).filter(({ body }) => body.endpoint !== undefined);
  return [
    ...clusters.flatMap(clusterRules),
    ...clusters.flatMap((cluster) => serviceDiscoveryRule(sight, cluster)),
    ...endpointGroups(sight),
    ...sight.balancers.flatMap((balancer) => ofBalancer(sight, balancer)),
  ];
}

/**
 * The rules that come and go with every cluster. Source: "Automatically created firewall rules",
 * GKE documentation, 2026-08.
 */
function clusterRules({ name, body }: Stored<Cluster>): Wanted[] {
  const kinds = ["all", "vms", "master", "inkubelet", "exkubelet"];
  const managed = { cluster: name, ofCluster: true, collectedAfterSeconds: 0 };
  return kinds.map((kind) => firewall(body.network, `${clusterPrefix(name)}-${kind}`, managed));
}

/**
 * The rule of multi-cluster service discovery, one for each member of a fleet with a multi-cluster
 * feature. Google's own sample met it with the feature `multiclusteringress` alone and the API of
 * service discovery, on a cluster whose membership nothing kept until the feature was gone
 * (GoogleCloudPlatform/terraform-ecommerce-microservices-on-gke#49, 2023-06). That it needs no
 * exported Service is not settled; a real fleet with exported pools and none would tell.
 */
function serviceDiscoveryRule({ store, view }: Sight, { name, body }: Stored<Cluster>): Wanted[] {
  const project = projectOf(name);
  const isMember = view.members(project).some(({ cluster }) => cluster === name);
  if (!isMember || !discoversServices(store, project)) return [];
  return [firewall(body.network, `${clusterPrefix(name)}-mcsd`, collectedLate(name))];
}

function discoversServices(store: Store, project: string): boolean {
  const isOn = (feature: string) =>
    store.get(FEATURE, `projects/${project}/locations/global/features/${feature}`) !== undefined;
  const features = ["multiclusteringress", "multiclusterservicediscovery"];
  return (
    isApiEnabled(store, project, "multiclusterservicediscovery.googleapis.com") &&
    features.some(isOn)
  );
}

/** The load balancer of a Gateway, and the rule that lets its network's health checks in. */
function ofBalancer({ store }: Sight, balancer: LoadBalancer): Wanted[] {
  const cluster = store.get(CLUSTER, balancer.cluster);
  if (!cluster) return [];
  const { network } = cluster.body;
  // Source of the name: Google's filter for the rules of multi-cluster Gateways, `name:gkemcg1-l7-`.
  const rule = `gkemcg1-l7-${baseName(network).slice(0, 40)}-global`;
  return [
    firewall(network, rule, collectedLate(cluster.name)),
    ...loadBalancerParts(store, cluster, balancer, gatewayName(balancer.gateway)),
  ];
}

function collectedLate(cluster: string): Managed["managed"] {
  return { cluster, collectedAfterSeconds: COLLECTED_SECONDS };
}

function firewall(network: string, rule: string, managed: Managed["managed"]): Wanted {
  return {
    kind: FIREWALL,
    name: `projects/${projectOf(network)}/global/firewalls/${rule}`,
    body: { network, direction: "INGRESS", priority: 1000, disabled: false },
    managed,
  };
}
