import { isMap, PropertyMap, Value } from "../../../plugin";
import type { Json } from "../../engine/json";
import { goStruct, int64 } from "../../engine/goStruct";
import { isZero } from "../../engine/schema";
import { toApi } from "../../engine/translate";
import { at, omit, text } from "../../engine/values";
import { networkPath, nonEmpty, relative } from "../computeApi";
import { nodeConfigToApi } from "../nodeConfig";
import { sorted } from "../nodePoolBody";
import { endpointsOf } from "./endpoints";
import { maintenanceToApi } from "./maintenancePolicy";
import { moves } from "./translate";

/** What is in the path, in a call of its own, or spelled below. */
const SPELLED = [
  ...["location", "project", "nodePools", "networkingMode", "minMasterVersion"],
  ...["nodeConfig", "maintenancePolicy", "privateClusterConfig", "clusterAutoscaling"],
  ...["controlPlaneEndpointsConfig", "masterAuthorizedNetworksConfig", "nodeLocations"],
  ...["defaultMaxPodsPerNode", "ipAllocationPolicy", "network", "subnetwork", "fleet"],
  ...["masterAuth", "nodeVersion"],
];

/** Switches that are always sent, on or off. */
const TOLD = ["enabled", "disabled", "useIpAliases"];
/** Structures whose switch is sent only if it is on. */
const TOLD_ON = ["verticalPodAutoscaling", "networkPolicy"];

/**
 * A cluster as it is made; changes take their parts from it.
 * Source: `resourceContainerClusterCreate` of terraform-provider-google-beta, 93c65b2d60.
 * @param id of the cluster @param there what the cluster has for a maintenance policy
 */
export function clusterToApi(inputs: PropertyMap, id: string, there?: unknown): Json {
  const { subnetwork, nodeLocations, fleet, masterAuth } = inputs;
  const locations = locationsOf(nodeLocations, id);
  const maxPods = int64(inputs.defaultMaxPodsPerNode);
  return {
    ...ownFields(inputs),
    ...(locations.length > 0 && { locations }),
    network: networkPath(inputs.network ?? "default", id),
    ...(!isZero(subnetwork) && { subnetwork: subnetworkPath(subnetwork, id) }),
    ...(isMap(inputs.ipAllocationPolicy) && {
      ipAllocationPolicy: allocationOf(inputs.ipAllocationPolicy),
    }),
    networkConfig: networkConfigOf(inputs),
    controlPlaneEndpointsConfig: endpointsOf(inputs),
    ...privateOf(inputs),
    ...(maxPods !== undefined && { defaultMaxPodsConstraint: { maxPodsPerNode: maxPods } }),
    ...(isMap(fleet) && { fleet: pick(fleet, ["project", "membershipType"]) }),
    ...(isMap(masterAuth) && { masterAuth: pick(masterAuth, ["clientCertificateConfig"]) }),
    nodeConfig: nodeConfigToApi(inputs.nodeConfig),
    maintenancePolicy: maintenanceToApi(inputs.maintenancePolicy, there),
    autoscaling: inputs.clusterAutoscaling ?? { enableNodeAutoprovisioning: false },
  };
}

/** Fields with another name in the API, and fields that are sent for every cluster. */
function ownFields(inputs: PropertyMap): Json {
  const moved = toApi(omit(inputs, ...SPELLED), moves);
  const fields = nonEmpty(omit(moved, "networkConfig") as PropertyMap) as PropertyMap;
  const structs = Object.entries(fields).map(([key, value]) => {
    return [key, goStruct(value, TOLD_ON.includes(key) ? [] : TOLD)] as const;
  });
  return {
    networkPolicy: {},
    notificationConfig: { pubsub: {} },
    binaryAuthorization: { enabled: false },
    ...Object.fromEntries(structs),
    autopilot: { enabled: inputs.enableAutopilot === true },
    legacyAbac: { enabled: inputs.enableLegacyAbac === true },
    shieldedNodes: { enabled: inputs.enableShieldedNodes !== false },
    ...(isMap(inputs.monitoringConfig) && { monitoringConfig: goStruct(moved.monitoringConfig) }),
  };
}

/** A cluster in a zone has that one too. */
function locationsOf(nodeLocations: Value | undefined, id: string): string[] {
  const zones = sorted(nodeLocations);
  const [, , , location = ""] = id.split("/");
  const isZonal = /-[a-z]$/.test(location);
  if (zones.length === 0 || !isZonal || zones.includes(location)) return zones;
  return [...zones, location];
}

function networkConfigOf(inputs: PropertyMap): Json {
  const { networkConfig = {} } = toApi(omit(inputs, ...SPELLED), moves);
  return {
    ...(goStruct(nonEmpty(networkConfig as PropertyMap), TOLD) as Json),
    ...(at(inputs.privateClusterConfig, "enablePrivateNodes") === true && {
      defaultEnablePrivateNodes: true,
    }),
  };
}

/** An own range of addresses is all that is still told of it here. */
function privateOf({ privateClusterConfig: config }: PropertyMap): Json {
  const masterIpv4CidrBlock = text(at(config, "masterIpv4CidrBlock"));
  if (masterIpv4CidrBlock === "") return {};
  const nodes = at(config, "enablePrivateNodes") === true && { enablePrivateNodes: true };
  return { privateClusterConfig: { masterIpv4CidrBlock, ...nodes } };
}

function allocationOf(policy: PropertyMap): Json {
  return { useIpAliases: true, stackType: "IPV4", ...(goStruct(policy, TOLD) as Json) };
}

function subnetworkPath(subnetwork: unknown, id: string): string {
  const [, project = "", , location = ""] = id.split("/");
  const region = location.replace(/-[a-z]$/, "");
  return relative(subnetwork, `projects/${project}/regions/${region}/subnetworks/`);
}

function pick(block: PropertyMap, keys: string[]): Json {
  return nonEmpty(Object.fromEntries(Object.entries(block).filter(([key]) => keys.includes(key))));
}
