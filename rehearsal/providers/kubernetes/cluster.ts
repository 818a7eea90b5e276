import { KubeClient } from "../../kube/client";
import { ClusterUnreachable, reasonOf } from "../../kube/errors";
import { loadKubeconfig } from "./config/kubeconfig";
import { Settings } from "./config/settings";

/** The configured cluster, as it was found when the provider was configured: nothing tests it again later. */
export type Cluster = ReachableCluster | UnreachableCluster;

export interface ReachableCluster {
  client: KubeClient;
  /** Namespace of objects that name none. */
  defaultNamespace: string;
  unreachable?: undefined;
}

export interface UnreachableCluster {
  /** Which cluster, and why. */
  unreachable: string;
  defaultNamespace: string;
}

/**
 * Asks the API server for its core resources: that takes a kubeconfig, credentials and an answer. Any failure makes
 * the cluster unreachable for the whole run; it is no error yet, because a preview can do without.
 */
export async function connect(settings: Settings): Promise<Cluster> {
  let defaultNamespace = settings.namespace ?? "default";
  try {
    const config = loadKubeconfig(settings);
    const context = config.getContextObject(config.getCurrentContext());
    defaultNamespace = settings.namespace ?? context?.namespace ?? "default";
    const client = new KubeClient(config);
    await client.resourceFor("v1", "Namespace").catch((error: unknown) => {
      if (error instanceof ClusterUnreachable) throw error;
      throw new Error(`${client.server} (context ${client.context}): ${reasonOf(error)}`);
    });
    return { client, defaultNamespace };
  } catch (error) {
    return { unreachable: reasonOf(error), defaultNamespace };
  }
}

/** @throws Error in the words of the real provider where there is no cluster to work with */
export function reachable(cluster: Cluster): ReachableCluster {
  if (cluster.unreachable === undefined) return cluster;
  throw new Error(unreachableMessage(cluster.unreachable));
}

export function unreachableMessage(reason: string): string {
  return `configured Kubernetes cluster is unreachable: ${reason}`;
}

/** What to do where the cluster will not come back. */
export const DELETE_UNREACHABLE =
  "If the cluster was deleted, you can remove this resource from Pulumi state by rerunning the " +
  'operation with the PULUMI_K8S_DELETE_UNREACHABLE environment variable set to "true"';

/** What went wrong with a request, in the words of the real provider where the server did not answer it. */
export function describeFailure(error: unknown): string {
  const reason = reasonOf(error);
  return error instanceof ClusterUnreachable ? unreachableMessage(reason) : reason;
}
