import { CLUSTER, NETWORK_ENDPOINT_GROUP } from "../kinds";
import { projectOf } from "../names";
import { COLLECTED_SECONDS } from "../tables/durations";
import { endpointGroupName } from "./names";
import type { Sight, Wanted } from "./sight";

/**
 * A network endpoint group for each port of an exported pool in each zone of its cluster, while its
 * cluster is in the fleet and the feature is on. Source: "Multiport and NEG limits" of the how-to.
 */
export function endpointGroups({ store, view, pools }: Sight): Wanted[] {
  return pools.flatMap(({ cluster: id, pool, ports }) => {
    const project = projectOf(id);
    const cluster = store.get(CLUSTER, id)?.body;
    const isMember = view.members(project).some((member) => member.cluster === id);
    if (!cluster || !isMember || view.configCluster(project) === undefined) return [];
    const { network, subnetwork, locations } = cluster;
    return ports.flatMap((port) =>
      locations.map((zone) => ({
        kind: NETWORK_ENDPOINT_GROUP,
        name: `projects/${project}/zones/${zone}/networkEndpointGroups/${endpointGroupName(id, pool, port)}`,
        body: { network, subnetwork, zone, networkEndpointType: "GCE_VM_IP_PORT" },
        managed: { cluster: id, collectedAfterSeconds: COLLECTED_SECONDS },
      })),
    );
  });
}
