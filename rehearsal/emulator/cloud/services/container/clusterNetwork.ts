import { firstFree, formatCidr, parseCidr } from "../../../ipv4";
import { Cloud } from "../../cloud";
import { ApiError, badRequest } from "../../errors";
import { at, isObject, JsonObject, optionalString } from "../../json";
import { CLUSTER, NETWORK, Subnetwork, SUBNETWORK } from "../../kinds";
import { baseName, projectOf, regionOf, resolve } from "../../names";
import { selfLink } from "../compute/common";
import { PROXY_ONLY_PURPOSES, rangesOf } from "../compute/subnetRules";

/**
 * Where GKE takes the pods' range of a cluster that names none. Source: "VPC-native clusters",
 * 2026-08.
 */
const POD_POOL = { range: "10.0.0.0/8", prefix: 14 };
/**
 * The services' range that Google manages, shared by all clusters that name none (GKE 1.29 and
 * later).
 */
const MANAGED_SERVICES_RANGE = "34.118.224.0/20";

export interface ClusterNetwork {
  network: string;
  subnetwork: string;
  ipAllocationPolicy: JsonObject;
  servicesIpv4Cidr: string;
  clusterIpv4Cidr: string;
}

/**
 * The VPC, subnet and ranges that a cluster asks for. @throws ApiError in GKE's words where one is
 * not there
 */
export function clusterNetwork(
  { store }: Cloud,
  cluster: string,
  input: JsonObject,
): ClusterNetwork {
  const project = projectOf(cluster);
  const region = regionOf(cluster.split("/")[3] ?? "");
  const network = resolve(
    optionalString(input, "network") ?? "default",
    `projects/${project}/global/networks/{name}`,
  );
  if (!store.get(NETWORK, network)) {
    throw badRequest(
      `Project "${projectOf(network)}" has no network named "${baseName(network)}".`,
    );
  }
  // In auto mode the region's subnet has the network's name; in custom mode there is no default.
  const subnetwork = resolve(
    optionalString(input, "subnetwork") ?? baseName(network),
    `projects/${project}/regions/${region}/subnetworks/{name}`,
  );
  const subnet = store.get(SUBNETWORK, subnetwork)?.body;
  if (!subnet || subnetwork.split("/")[3] !== region) {
    throw new ApiError(
      "NOT_FOUND",
      `Not found: project "${project}" does not have a subnetwork named ` +
        `"${baseName(subnetwork)}" in region "${region}".`,
      "notFound",
    );
  }
  checkFit(network, subnetwork, subnet);
  const policy = isObject(input.ipAllocationPolicy) ? input.ipAllocationPolicy : {};
  const ofSubnets = store
    .list(SUBNETWORK)
    .filter(({ body }) => body.network === network)
    .flatMap(({ body }) => rangesOf(body).flatMap(({ range }) => range ?? []));
  // Ranges of clusters in creation; they become ranges of their subnets once the cluster is ready.
  const ofClusters = store
    .list(CLUSTER)
    .filter(({ body }) => body.network === network)
    .flatMap(({ body }) => parseCidr(body.clusterIpv4Cidr) ?? []);
  const pods = podRange(network, subnet, policy, [...ofSubnets, ...ofClusters]);
  const services = servicesRange(network, subnet, policy);
  return {
    network,
    subnetwork,
    ipAllocationPolicy: {
      useIpAliases: true,
      stackType: "IPV4",
      ...policy,
      clusterIpv4CidrBlock: pods,
      servicesIpv4CidrBlock: services,
    },
    clusterIpv4Cidr: pods,
    servicesIpv4Cidr: services,
  };
}

function checkFit(network: string, name: string, subnet: Subnetwork): void {
  if (subnet.network !== network) {
    throw badRequest(`Subnetwork "${name}" is not valid for Network "${baseName(network)}".`);
  }
  if (PROXY_ONLY_PURPOSES.includes(subnet.purpose)) {
    throw badRequest(
      `Subnetwork "${name}" with purpose ${subnet.purpose} cannot hold the nodes of a cluster.`,
    );
  }
}

function podRange(
  network: string,
  subnet: Subnetwork,
  policy: JsonObject,
  taken: NonNullable<ReturnType<typeof parseCidr>>[],
): string {
  const name = optionalString(policy, "clusterSecondaryRangeName");
  if (name !== undefined) return namedRange("Pod", name, network, subnet);
  const wanted = optionalString(policy, "clusterIpv4CidrBlock");
  if (wanted !== undefined && !wanted.startsWith("/")) return wanted;
  const pool = parseCidr(POD_POOL.range);
  const prefix = wanted === undefined ? POD_POOL.prefix : Number(wanted.slice(1));
  const free = pool && firstFree(pool, prefix, taken);
  if (!free) {
    throw badRequest(`No /${prefix} range for pods is free in network "${baseName(network)}".`);
  }
  return formatCidr(free);
}

function servicesRange(network: string, subnet: Subnetwork, policy: JsonObject): string {
  const name = optionalString(policy, "servicesSecondaryRangeName");
  if (name !== undefined && name === at(policy, "clusterSecondaryRangeName")) {
    throw badRequest(
      `Pod secondary range name (${name}) should not be the same as service secondary range name.`,
    );
  }
  if (name !== undefined) return namedRange("Services", name, network, subnet);
  const wanted = optionalString(policy, "servicesIpv4CidrBlock");
  return wanted !== undefined && !wanted.startsWith("/") ? wanted : MANAGED_SERVICES_RANGE;
}

function namedRange(what: string, name: string, network: string, subnet: Subnetwork): string {
  const found = (subnet.secondaryIpRanges ?? []).find(({ rangeName }) => rangeName === name);
  if (found) return found.ipCidrRange;
  throw badRequest(
    `${what} secondary range "${name}" not found in network "${selfLink(network)}", subnetwork ` +
      `"${subnet.name}".`,
  );
}
