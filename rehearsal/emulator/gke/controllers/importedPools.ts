import { BackendPolicy, HealthCheckPolicy } from "../world/kinds";
import { ClusterState, World } from "../world/world";
import { Export, exportsOf } from "./exports";
import { attachedPolicy } from "./policies";

/** An imported pool as its load balancer sees it: who exports it, and the policies that are attached to it. */
export interface ImportedPool {
  exports: Export[];
  policy: BackendPolicy | undefined;
  health: HealthCheckPolicy | undefined;
}

/** @param cluster the config cluster @param key `namespace/name` of the import */
export function importedPool(world: World, cluster: ClusterState, key: string): ImportedPool {
  const [namespace = "", name = ""] = key.split("/");
  const kind = "GCPInferencePoolImport";
  const target = { group: "networking.gke.io", kind, name, namespace };
  return {
    exports: exportsOf(world, cluster.spec.project).get(key) ?? [],
    policy: attachedPolicy(cluster, "GCPBackendPolicy", target),
    health: attachedPolicy(cluster, "HealthCheckPolicy", target),
  };
}
