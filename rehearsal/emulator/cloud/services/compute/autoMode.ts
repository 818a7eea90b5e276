import { Cidr, formatCidr, overlaps, parseCidr } from "../../../ipv4";
import { baseName, projectOf } from "../../names";
import { REGIONS } from "../../tables/regions";

/**
 * Where networks in auto mode take their subnets from. Source: "VPC networks", subnet creation
 * mode.
 */
const POOL = "10.128.0.0/9";
const SUBNET_PREFIX = 20;

/** The subnets that a network in auto mode has: one in each region, named as the network. */
export function autoSubnets(
  network: string,
): { name: string; region: string; ipCidrRange: string }[] {
  const size = 2 ** (32 - SUBNET_PREFIX);
  return REGIONS.map((region, index) => ({
    name: `projects/${projectOf(network)}/regions/${region}/subnetworks/${baseName(network)}`,
    region,
    ipCidrRange: formatCidr({ first: pool().first + index * size, size, prefix: SUBNET_PREFIX }),
  }));
}

/** Whether a range lies, also in part, where auto mode takes its subnets from. */
export function isReservedForAutoMode(range: string): boolean {
  const wanted = parseCidr(range);
  return wanted !== undefined && overlaps(pool(), wanted);
}

function pool(): Cidr {
  const range = parseCidr(POOL);
  if (!range) throw new Error(`${POOL} is no range`);
  return range;
}
