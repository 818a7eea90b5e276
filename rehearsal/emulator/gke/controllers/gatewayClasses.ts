import { KubeObject } from "../../kube/objects";
import { Delays, SECONDS } from "../delays";
import { ClusterState, isConfigCluster, World } from "../world/world";
import { isTrue, withConditions, yes } from "./conditions";
import { Write } from "./writes";

/** The name by which GKE's Gateway controllers sign; single- and multi-cluster ones share it. */
export const CONTROLLER = "networking.gke.io/gateway";

/** Installed where the Gateway API is enabled. */
export const SINGLE_CLUSTER_CLASSES = [
  "gke-l7-global-external-managed",
  "gke-l7-regional-external-managed",
  "gke-l7-rilb",
  "gke-l7-gxlb",
];

/** The class whose Gateways the rehearsal programs. */
export const CROSS_REGION_CLASS = "gke-l7-cross-regional-internal-managed-mc";

/**
 * Installed on the config cluster, some minutes after the multiclusteringress feature is enabled.
 */
export const MULTI_CLUSTER_CLASSES = [
  CROSS_REGION_CLASS,
  "gke-l7-global-external-managed-mc",
  "gke-l7-regional-external-managed-mc",
  "gke-l7-rilb-mc",
  "gke-l7-gxlb-mc",
];

/** Creates the classes that belong on each cluster, accepts them, and removes those that do not. */
export function gatewayClasses(world: World, delays: Delays): Write[] {
  return world.clusters
    .filter((cluster) => cluster.serves("GatewayClass"))
    .flatMap((cluster) => classesOf(cluster, wantsMultiCluster(world, cluster, delays)));
}

/**
 * Whether a cluster has the Gateway API: without it no class is installed, whatever the feature.
 */
export function hasGatewayApi(cluster: ClusterState): boolean {
  return cluster.spec.gatewayApiChannel !== "CHANNEL_DISABLED";
}

function wantsMultiCluster(world: World, cluster: ClusterState, delays: Delays): boolean {
  if (!isConfigCluster(world, cluster) || !hasGatewayApi(cluster)) return false;
  const installed = cluster.get("GatewayClass", undefined, CROSS_REGION_CLASS) !== undefined;
  return installed || delays.passed(`${cluster.spec.id}/classes`, SECONDS.gatewayClasses);
}

function classesOf(cluster: ClusterState, multiCluster: boolean): Write[] {
  const single = hasGatewayApi(cluster) ? SINGLE_CLUSTER_CLASSES : [];
  const wanted = [...single, ...(multiCluster ? MULTI_CLUSTER_CLASSES : [])];
  const ours = cluster.list("GatewayClass").filter((c) => c.spec.controllerName === CONTROLLER);
  const id = cluster.spec.id;
  const missing = wanted.filter((name) => !ours.some((c) => c.metadata.name === name));
  return [
    ...missing.map((name): Write => ({ do: "create", cluster: id, object: gatewayClass(name) })),
    ...ours.flatMap((c): Write[] => {
      if (!wanted.includes(c.metadata.name)) return [{ do: "delete", cluster: id, object: c }];
      if (isTrue(c.status?.conditions, "Accepted")) return [];
      const { generation } = c.metadata;
      const conditions = withConditions(c.status?.conditions, [yes("Accepted")], generation);
      return [{ do: "status", cluster: id, object: c, status: { conditions } }];
    }),
  ];
}

function gatewayClass(name: string): KubeObject {
  return {
    apiVersion: "gateway.networking.k8s.io/v1",
    kind: "GatewayClass",
    metadata: { name },
    spec: { controllerName: CONTROLLER },
  };
}
