import { LoadBalancer } from "../gke/gke";
import { Cloud } from "./cloud";
import { at, JsonObject } from "./json";
import { CLUSTER, Kind, NODE_POOL } from "./kinds";
import { deadTargets } from "./services/dns/answers";

/**
 * One line for each thing of the cloud that is not as its owner wants it. GKE's own lines are not
 * among them.
 */
export function diagnoseCloud(cloud: Cloud): string[] {
  return [
    ...failedResources(cloud, CLUSTER),
    ...failedResources(cloud, NODE_POOL),
    ...cloud.gke.loadBalancers().flatMap((balancer) => missingPrerequisites(cloud, balancer)),
    ...deadTargets(cloud),
  ];
}

function failedResources<T extends JsonObject>({ store }: Cloud, kind: Kind<T>): string[] {
  return store
    .list(kind)
    .filter(({ body }) => String(body.status).includes("ERROR"))
    .map(({ name, body }) => `${name}: ${String(body.status)}: ${String(body.statusMessage)}`);
}

/**
 * What multi-cluster Gateways need of the config cluster.
 * Source: "Prepare the environment for multi-cluster Gateways", 2026-08.
 */
function missingPrerequisites({ store }: Cloud, { gateway, cluster }: LoadBalancer): string[] {
  const body = store.get(CLUSTER, cluster)?.body;
  const lines: string[] = [];
  if (at(body, "workloadIdentityConfig.workloadPool") === undefined) {
    lines.push(`Gateway ${gateway}: config cluster ${cluster} has no Workload Identity`);
  }
  if (at(body, "addonsConfig.httpLoadBalancing.disabled") === true) {
    lines.push(
      `Gateway ${gateway}: config cluster ${cluster} has its HttpLoadBalancing add-on off`,
    );
  }
  return lines;
}
