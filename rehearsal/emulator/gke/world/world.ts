import { KubeObject } from "../../kube/objects";
import { ClusterId, ClusterSpec, CloudView, NodePoolSpec } from "../gke";
import { KindName, Kinds } from "./kinds";

/** Everything a controller decides from, at one moment. */
export interface World {
  view: CloudView;
  clusters: ClusterState[];
}

/** A cluster as its informers last saw it. */
export interface ClusterState {
  spec: ClusterSpec;
  pools: NodePoolSpec[];
  /** Whether its API server answers. */
  reachable: boolean;
  /** Whether its API server knows the kind. */
  serves(kind: KindName): boolean;
  list<K extends KindName>(kind: K): Kinds[K][];
  get<K extends KindName>(
    kind: K,
    namespace: string | undefined,
    name: string,
  ): Kinds[K] | undefined;
}

/** A member of a project's fleet. */
export interface Member {
  membership: string;
  cluster: ClusterState;
}

/** `projects/p/locations/l/memberships/m`, or `m` alone, gives `m`. */
export function shortName(membership: string): string {
  return membership.slice(membership.lastIndexOf("/") + 1);
}

/** The region of a region or zone: `us-east4` of `us-east4-a`. */
export function regionOf(location: string): string {
  return location.replace(/-[a-z]$/, "");
}

export function projectsOf(world: World): string[] {
  return [...new Set(world.clusters.map((cluster) => cluster.spec.project))];
}

export function clusterById(world: World, id: ClusterId | undefined): ClusterState | undefined {
  return world.clusters.find((cluster) => cluster.spec.id === id);
}

/** The cluster that holds a project's multi-cluster Gateways, while the feature is on. */
export function configClusterOf(world: World, project: string): ClusterState | undefined {
  return clusterById(world, world.view.configCluster(project));
}

export function isConfigCluster(world: World, cluster: ClusterState): boolean {
  return world.view.configCluster(cluster.spec.project) === cluster.spec.id;
}

/** The clusters of a project's fleet that run; a membership of another's cluster is left out. */
export function membersOf(world: World, project: string): Member[] {
  return world.view.members(project).flatMap(({ membership, cluster: id }) => {
    const cluster = clusterById(world, id);
    return cluster ? [{ membership: shortName(membership), cluster }] : [];
  });
}

/** `namespace/name`, or the name alone of an object without a namespace. */
export function keyOf(object: KubeObject): string {
  const { namespace, name } = object.metadata;
  return namespace === undefined ? name : `${namespace}/${name}`;
}
