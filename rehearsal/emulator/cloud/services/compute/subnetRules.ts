import { Cidr, contains, overlaps, parseCidr } from "../../../ipv4";
import { ApiError, invalidField } from "../../errors";
import { Subnetwork } from "../../kinds";
import { isReservedForAutoMode } from "./autoMode";

export const PROXY_ONLY_PURPOSES = ["GLOBAL_MANAGED_PROXY", "REGIONAL_MANAGED_PROXY"];
const PURPOSES = [
  "PRIVATE",
  ...PROXY_ONLY_PURPOSES,
  "PRIVATE_SERVICE_CONNECT",
  "PEER_MIGRATION",
  "PRIVATE_NAT",
];
const ROLES = ["ACTIVE", "BACKUP"];
/** Source: "Proxy-only subnets for Envoy-based load balancers": 64 addresses or more. */
const MAX_PROXY_ONLY_PREFIX = 26;
/** Source: "Subnets": a primary range has 8 addresses or more. */
const MAX_PREFIX = 29;
const NOT_FOR_PROXY_ONLY = ["secondaryIpRanges", "logConfig", "privateIpGoogleAccess"];

/**
 * Rules of one subnet among the others of its network. @throws ApiError in Compute Engine's words
 * @param others all other subnets of the network
 */
export function checkSubnet(subnet: Subnetwork, others: Subnetwork[], autoMode: boolean): void {
  checkPurpose(subnet);
  checkRanges(subnet);
  checkSingleProxyOnly(subnet, others);
  checkOverlaps(subnet, others);
  if (autoMode && isReservedForAutoMode(subnet.ipCidrRange)) {
    const why =
      "Extended subnetworks in auto subnet mode networks cannot overlap with 10.128.0.0/9";
    throw invalidField("ipCidrRange", subnet.ipCidrRange, why);
  }
}

/** A range may grow, but not move or shrink. */
export function checkGrowth(before: Subnetwork, after: Subnetwork): void {
  const [from, to] = [parseCidr(before.ipCidrRange), parseCidr(after.ipCidrRange)];
  if (!from || !to || contains(to, from)) return;
  const why = `New range must contain the existing range ${before.ipCidrRange}.`;
  throw invalidField("ipCidrRange", after.ipCidrRange, why);
}

/** All ranges of a subnet, with the field that each stands in. */
export function rangesOf(subnet: Subnetwork): { field: string; text: string; range?: Cidr }[] {
  const secondary = (subnet.secondaryIpRanges ?? []).map(({ ipCidrRange }, i) => ({
    field: `secondaryIpRanges[${i}].ipCidrRange`,
    text: ipCidrRange,
  }));
  return [{ field: "ipCidrRange", text: subnet.ipCidrRange }, ...secondary].map((r) => ({
    ...r,
    range: parseCidr(r.text),
  }));
}

function checkPurpose(subnet: Subnetwork): void {
  const { purpose, role } = subnet;
  if (!PURPOSES.includes(purpose)) throw invalidField("purpose", purpose, "Unknown purpose.");
  if (!PROXY_ONLY_PURPOSES.includes(purpose)) {
    if (role === undefined) return;
    throw invalidField("role", role, `Invalid field set in subnetwork with purpose ${purpose}.`);
  }
  if (role === undefined) {
    const why = `Subnetwork role must be specified when purpose set to ${purpose}.`;
    throw invalidField("role", "UNSPECIFIED_ROLE", why);
  }
  if (!ROLES.includes(role)) throw invalidField("role", role, "Must be ACTIVE or BACKUP.");
  for (const field of NOT_FOR_PROXY_ONLY) {
    const value = subnet[field];
    const isSet = Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
    if (!isSet) continue;
    const why = `Invalid field set in subnetwork with purpose ${purpose}.`;
    throw invalidField(field, JSON.stringify(value), why);
  }
}

function checkRanges(subnet: Subnetwork): void {
  const ranges = rangesOf(subnet);
  for (const { field, text, range } of ranges) {
    if (!range) throw invalidField(field, text, `Must be a CIDR address range.`);
    if (range.prefix > MAX_PREFIX) {
      throw invalidField(field, text, `IpCidrRange must be /${MAX_PREFIX} or larger.`);
    }
  }
  const primary = ranges[0]?.range;
  const { purpose, ipCidrRange } = subnet;
  if (PROXY_ONLY_PURPOSES.includes(purpose) && primary && primary.prefix > MAX_PROXY_ONLY_PREFIX) {
    const why =
      `Subnetwork with purpose ${purpose} must have a range of ` +
      `/${MAX_PROXY_ONLY_PREFIX} or larger.`;
    throw invalidField("ipCidrRange", ipCidrRange, why);
  }
}

/**
 * One active proxy-only subnet for each region of a network, whichever of the two purposes it has.
 * Source: "Prepare the environment for multi-cluster Gateways", 2026-08.
 */
function checkSingleProxyOnly(subnet: Subnetwork, others: Subnetwork[]): void {
  if (!isActiveProxyOnly(subnet)) return;
  const other = others.find((o) => o.region === subnet.region && isActiveProxyOnly(o));
  if (!other) return;
  throw new ApiError(
    "INVALID_ARGUMENT",
    `Invalid value for field 'resource.role': '${subnet.role}'. An active proxy-only subnetwork ` +
      `'${other.name}' with purpose ${other.purpose} already exists in region ` +
      `'${subnet.region}' of the network.`,
    "invalid",
  );
}

function isActiveProxyOnly({ purpose, role }: Subnetwork): boolean {
  return PROXY_ONLY_PURPOSES.includes(purpose) && role === "ACTIVE";
}

function checkOverlaps(subnet: Subnetwork, others: Subnetwork[]): void {
  const taken = others.flatMap((o) => rangesOf(o).map((r) => ({ ...r, owner: o })));
  for (const { field, text, range } of rangesOf(subnet)) {
    const clash = taken.find((t) => range && t.range && overlaps(range, t.range));
    if (clash) {
      const { name, region } = clash.owner;
      throw invalidField(
        field,
        text,
        `Invalid IPCidrRange: ${text} conflicts with existing subnetwork '${name}' in region ` +
          `'${region}'.`,
      );
    }
    taken.push({ field, text, range, owner: subnet });
  }
}
