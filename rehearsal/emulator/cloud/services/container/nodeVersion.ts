import { badRequest } from "../../errors";
import { at } from "../../json";
import { Cluster } from "../../kinds";
import { chooseVersion, compareVersions } from "../../tables/gkeVersions";

/**
 * The version of nodes for what was asked for: nothing and `-` mean the control plane's.
 * Source: the references of `NodePool.version` and `UpdateNodePoolRequest.nodeVersion`; of the refusal: "GKE versioning
 * and support", nodes are not newer than their control plane.
 * @throws ApiError 400
 */
export function nodeVersion(cluster: Cluster, wanted: string | undefined): string {
  const { currentMasterVersion: master } = cluster;
  if (wanted === undefined || wanted === "-" || wanted === master) return master;
  const version = chooseVersion(wanted, String(at(cluster, "releaseChannel.channel")));
  if (compareVersions(version, master) <= 0) return version;
  throw badRequest(`Node version "${version}" must not be newer than master version "${master}".`);
}
