import { PropertyMap } from "../../../plugin";
import { Json } from "../../engine/cloud";
import { Change, Context } from "../../engine/resource";
import { patchOf } from "../../engine/rest";
import { at, text } from "../../engine/values";
import { properties } from "./properties";
import { clusterToApi } from "./translate";

/** One call that changes a cluster. */
export interface ClusterUpdate {
  verb: "POST" | "PUT";
  /** Behind the cluster's own path. */
  path?: string;
  body: Json;
}

/** Properties whose field of `ClusterUpdate` is not `desired` and the field of the cluster, and where that field is. */
const ELSEWHERE: Record<string, [field: string, path: string]> = {
  clusterAutoscaling: ["desiredClusterAutoscaling", "autoscaling"],
  dnsConfig: ["desiredDnsConfig", "networkConfig.dnsConfig"],
  defaultSnatStatus: ["desiredDefaultSnatStatus", "networkConfig.defaultSnatStatus"],
  gatewayApiConfig: ["desiredGatewayApiConfig", "networkConfig.gatewayApiConfig"],
  serviceExternalIpsConfig: [
    "desiredServiceExternalIpsConfig",
    "networkConfig.serviceExternalIpsConfig",
  ],
  datapathProvider: ["desiredDatapathProvider", "networkConfig.datapathProvider"],
  enableShieldedNodes: ["desiredShieldedNodes", "shieldedNodes"],
  nodeLocations: ["desiredLocations", "locations"],
  masterAuthorizedNetworksConfig: [
    "desiredControlPlaneEndpointsConfig",
    "controlPlaneEndpointsConfig",
  ],
  privateClusterConfig: ["desiredControlPlaneEndpointsConfig", "controlPlaneEndpointsConfig"],
};
/** What has no call of its own: settings of the provider alone, and what the version is compared with. */
const NO_CALL = [
  "deletionPolicy",
  "deletionProtection",
  "effectiveLabels",
  "minMasterVersion",
  "pulumiLabels",
  "removeDefaultNodePool",
];

/**
 * The calls that make a change: each property has one of its own.
 * Source: `resourceContainerClusterUpdate` of terraform-provider-google-beta, 93c65b2d60.
 */
export async function clusterUpdates(
  { cloud, deadline }: Context,
  url: string,
  change: Change,
): Promise<ClusterUpdate[]> {
  const updates: ClusterUpdate[] = [];
  for (const property of change.changed.filter((name) => !NO_CALL.includes(name))) {
    const patch = clusterToApi(patchOf(properties, { ...change, changed: [property] }));
    if (Object.keys(patch).length === 0) continue;
    if (property === "maintenancePolicy") {
      updates.push(await maintenance(patch));
    } else if (property === "resourceLabels") {
      const { labelFingerprint } = change.before;
      const { resourceLabels } = patch;
      updates.push({
        verb: "POST",
        path: ":setResourceLabels",
        body: { labelFingerprint, ...(resourceLabels !== null && { resourceLabels }) },
      });
    } else {
      const [field, path] = ELSEWHERE[property] ?? [desired(property), property];
      updates.push(desire(field, at(patch, path) as unknown));
    }
  }
  const version = newVersion(change.before, change.after);
  if (version !== undefined) updates.push(desire("desiredMasterVersion", version));
  return updates;

  /** A policy is set on the version that is there. */
  async function maintenance({ maintenancePolicy }: Json): Promise<ClusterUpdate> {
    const now = await cloud.call("GET", url, undefined, deadline);
    const resourceVersion = at(now, "maintenancePolicy.resourceVersion");
    const policy = {
      ...(maintenancePolicy as object),
      ...(resourceVersion ? { resourceVersion } : {}),
    };
    return { verb: "POST", path: ":setMaintenancePolicy", body: { maintenancePolicy: policy } };
  }
}

function desired(property: string): string {
  return `desired${property.charAt(0).toUpperCase()}${property.slice(1)}`;
}

function desire(field: string, value: unknown): ClusterUpdate {
  return { verb: "PUT", body: { update: { [field]: value } } };
}

/**
 * `minMasterVersion` is a floor that counts where it changes: it upgrades an older cluster and leaves a newer one alone.
 * A minor such as `1.36` compares as 1.36.0 and is sent as it is; GKE takes its newest version.
 * Source: resource_container_cluster.go of terraform-provider-google-beta, 93c65b2d60.
 */
function newVersion(state: PropertyMap, inputs: PropertyMap): string | undefined {
  const wanted = text(inputs.minMasterVersion);
  if (wanted === "" || wanted === state.minMasterVersion) return undefined;
  return isOlder(text(state.masterVersion), wanted) ? wanted : undefined;
}

/** As hashicorp/go-version has it: `-gke.1391002` is a pre-release, older than the same without it. */
function isOlder(version: string, than: string): boolean {
  const [left, right] = [version, than].map(numbersOf);
  const index = (left ?? []).findIndex((number, i) => number !== right?.[i]);
  return index >= 0 && (left?.[index] ?? 0) < (right?.[index] ?? 0);
}

function numbersOf(version: string): number[] {
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:-gke\.(\d+))?$/.exec(version);
  if (!match) throw new Error(`malformed version: ${version}`);
  const [, major, minor = 0, patch = 0, build = Infinity] = match;
  return [major, minor, patch, build].map(Number);
}
