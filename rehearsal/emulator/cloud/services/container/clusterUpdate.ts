import { ApiError, badRequest } from "../../errors";
import { at, isObject, Json, JsonObject } from "../../json";
import { Cluster } from "../../kinds";
import { Call } from "../../wire/call";
import { resolve } from "../../wire/values";
import { checkEtag } from "./etag";

/** Fields of the cluster that `ClusterUpdate` does not spell as `desired` and their name. */
const ELSEWHERE: Record<string, string> = {
  desiredAmbientNetworkingConfig: "networkConfig.ambientNetworkingConfig",
  desiredClusterAutoscaling: "autoscaling",
  desiredDatapathProvider: "networkConfig.datapathProvider",
  desiredDefaultEnablePrivateNodes: "networkConfig.defaultEnablePrivateNodes",
  desiredDefaultSnatStatus: "networkConfig.defaultSnatStatus",
  desiredDisableL4LbFirewallReconciliation: "networkConfig.disableL4LbFirewallReconciliation",
  desiredDnsConfig: "networkConfig.dnsConfig",
  desiredEnableCiliumClusterwideNetworkPolicy: "networkConfig.enableCiliumClusterwideNetworkPolicy",
  desiredEnableFqdnNetworkPolicy: "networkConfig.enableFqdnNetworkPolicy",
  desiredEnableMultiNetworking: "networkConfig.enableMultiNetworking",
  desiredEnablePrivateEndpoint: "privateClusterConfig.enablePrivateEndpoint",
  desiredGatewayApiConfig: "networkConfig.gatewayApiConfig",
  desiredInTransitEncryptionConfig: "networkConfig.inTransitEncryptionConfig",
  desiredIntraNodeVisibilityConfig: "networkConfig.enableIntraNodeVisibility",
  desiredL4ilbSubsettingConfig: "networkConfig.enableL4ilbSubsetting",
  // No field of the cluster: the version that the upgrade leads to.
  desiredMasterVersion: "desiredMasterVersion",
  desiredNetworkPerformanceConfig: "networkConfig.networkPerformanceConfig",
  desiredPrivateIpv6GoogleAccess: "networkConfig.privateIpv6GoogleAccess",
  desiredServiceExternalIpsConfig: "networkConfig.serviceExternalIpsConfig",
};

/** Fields that are blocks around one switch in the update, and the switch itself in the cluster. */
const SWITCHES = ["desiredIntraNodeVisibilityConfig", "desiredL4ilbSubsettingConfig"];

/**
 * Fields that one request may have together: each of these sets is one change. Source: the reference of `ClusterUpdate`
 * on `desiredNodePoolId`; the others are sent so by resource_container_cluster.go of terraform-provider-google-beta,
 * 93c65b2d60.
 */
const TOGETHER = [
  ["desiredNodePoolId", "desiredNodePoolAutoscaling"],
  ["desiredNodePoolId", "desiredNodeVersion"],
  ["desiredNodePoolId", "desiredImageType", "desiredImage", "desiredImageProject"],
  ["desiredMasterVersion", "desiredRollbackSafeUpgrade"],
  ["desiredLoggingService", "desiredMonitoringService"],
];

/**
 * What `clusters.update` lays over a cluster.
 * @throws ApiError 400 where it changes nothing or several things, 409 where it was made from an older state of the
 * cluster than the present, 501 for a field whose effect is not emulated
 */
export function updatedFields({ body, method }: Call, current: Cluster): JsonObject {
  if (!isObject(body.update)) throw badRequest("Must provide an update.");
  const { etag, ...update } = body.update;
  checkEtag(etag, current);
  const names = Object.keys(update).filter((name) => update[name] !== undefined);
  if (names.length === 0) throw badRequest("Must specify a field to update.");
  checkOneChange(names);
  if (update.desiredNodePoolId !== undefined) return { nodePool: poolFields(update, method.id) };
  const known = Object.keys(resolve({ $ref: "Cluster" }, method.schemas).properties ?? {});
  const changes: JsonObject = {};
  for (const name of names) {
    const own = name.replace(/^desired(.)/, (_match, first: string) => first.toLowerCase());
    const path = ELSEWHERE[name] ?? (known.includes(own) ? own : undefined);
    if (path === undefined) {
      throw new ApiError("UNIMPLEMENTED", `${method.id}: ${name} is not emulated.`);
    }
    lay(changes, path.split("."), valueOf(update, name));
  }
  return changes;
}

/** Source: the reference of `ClusterUpdate`, "exactly one update can be applied to a cluster with each request". */
function checkOneChange(names: string[]): void {
  const isOne = names.length === 1 || TOGETHER.some((set) => names.every((n) => set.includes(n)));
  if (isOne) return;
  throw badRequest(`Exactly one update can be applied with each request, not ${names.join(", ")}.`);
}

/** What an update that begins an operation of another type than its method's is called. */
export function titleOf({ body: { update } }: Call): string | undefined {
  if (!isObject(update)) return undefined;
  if (update.desiredMasterVersion !== undefined) return "UPGRADE_MASTER";
  const ofNodes = ["desiredNodeVersion", "desiredImageType"];
  return ofNodes.some((name) => update[name] !== undefined) ? "UPGRADE_NODES" : undefined;
}

function valueOf(update: JsonObject, name: string): Json | undefined {
  if (SWITCHES.includes(name)) return at(update, `${name}.enabled`);
  // A fleet without a name means no fleet. Who sends that: `gcloud container clusters update --clear-fleet-project`, and
  // resource_container_cluster.go of terraform-provider-google-beta, 93c65b2d60.
  if (name === "desiredFleet" && !at(update, "desiredFleet.project")) return null;
  return update[name];
}

/** Fields that change one node pool, by way of its cluster. */
function poolFields(update: JsonObject, method: string): JsonObject {
  const { desiredNodePoolId: id, desiredNodePoolAutoscaling: autoscaling, ...others } = update;
  const { desiredImageType: imageType, desiredNodeVersion: nodeVersion, ...rest } = others;
  const [other] = Object.keys(rest);
  if (other !== undefined) {
    throw new ApiError("UNIMPLEMENTED", `${method}: ${other} is not emulated.`);
  }
  return {
    id,
    // An empty block removes it: the gcp provider sends one.
    ...(isObject(autoscaling) && {
      autoscaling: Object.keys(autoscaling).length > 0 ? autoscaling : null,
    }),
    ...(nodeVersion !== undefined && { version: nodeVersion }),
    ...(imageType !== undefined && { config: { imageType } }),
  };
}

function lay(target: JsonObject, [key = "", ...rest]: string[], value: Json | undefined): void {
  if (rest.length === 0) target[key] = value;
  else lay((target[key] ??= {}) as JsonObject, rest, value);
}
