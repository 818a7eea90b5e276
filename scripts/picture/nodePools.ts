import { ZONES_OF_A_REGION } from "../../catalog/networkEndpointGroups";
import type { Registration } from "../../rehearsal/stage/registrations";

import type { Costs } from "./costs";
import type { Registered } from "./registered";
import type { ClusterView, NodePoolView } from "./topology";

/** The inputs of a node pool that are drawn. */
interface NodePool {
  nodeLocations?: string[];
  autoscaling: {
    minNodeCount?: number;
    maxNodeCount?: number;
    totalMinNodeCount?: number;
    totalMaxNodeCount?: number;
  };
  nodeConfig: {
    machineType: string;
    spot?: boolean;
    flexStart?: boolean;
    reservationAffinity?: { values?: string[] };
    guestAccelerators?: { type: string; count: number }[];
  };
}

/** The node pools of a cluster; GPU pools in the order in which its compute class tries them. */
export function nodePoolsOf(
  cluster: Registration,
  registered: Registered,
  costs: Costs,
): Pick<ClusterView, "gpuPools" | "systemPools"> {
  const clusterName = String(cluster.inputs.name);
  const order = orderOf(cluster, registered);
  const pools = registered.of(cluster, "gcp:container/nodePool:NodePool");
  pools.sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id));
  const all = pools.map((registration) => {
    const inputs = registration.inputs as unknown as NodePool;
    const pool = nodePoolOf(registration.name.replace(`${clusterName}-`, ""), inputs);
    const component = pool.gpus
      ? `GPU pool ${pool.name} of ${clusterName}`
      : `system pool of ${clusterName}`;
    return { ...pool, cost: costs.take(component) };
  });
  return {
    gpuPools: all.filter(({ gpus }) => gpus !== undefined),
    systemPools: all.filter(({ gpus }) => gpus === undefined),
  };
}

/** The pools themselves, because a class has their names, which a first preview does not know. */
function orderOf(cluster: Registration, registered: Registered): string[] {
  return registered
    .objectsIn(cluster, "cloud.google.com/v1:ComputeClass")
    .flatMap(({ propertyDependencies }) => propertyDependencies.spec ?? []);
}

function nodePoolOf(name: string, { nodeLocations, autoscaling, nodeConfig }: NodePool) {
  const { machineType, guestAccelerators = [] } = nodeConfig;
  const inAll = nodeLocations?.length ?? ZONES_OF_A_REGION;
  const { minNodeCount = 0, maxNodeCount = 0 } = autoscaling;
  const [gpu] = guestAccelerators;
  return {
    name,
    machineType,
    gpus: gpu && `${gpu.count} × ${gpu.type}`,
    sold: soldAs(nodeConfig),
    zones: nodeLocations ?? [],
    least: autoscaling.totalMinNodeCount ?? minNodeCount * inAll,
    most: autoscaling.totalMaxNodeCount ?? maxNodeCount * inAll,
  } satisfies NodePoolView;
}

function soldAs({ spot, flexStart, reservationAffinity }: NodePool["nodeConfig"]): string {
  if (spot) return "spot";
  if (flexStart) return "flex-start";
  const [reservation] = reservationAffinity?.values ?? [];
  return reservation === undefined ? "on-demand" : `reservation ${reservation}`;
}
