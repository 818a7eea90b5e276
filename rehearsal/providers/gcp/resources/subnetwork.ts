import { lastSegment, sameLink } from "../engine/names";
import { projectOf, regionOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { rest } from "../engine/rest";
import { block, blocks, bool, list, map, num, Schema, str } from "../engine/schema";
import { omit, text } from "../engine/values";
import { cidr, computeName } from "./checks";

const properties: Schema = {
  allowSubnetCidrRoutesOverlap: bool("OC"),
  creationTimestamp: str("C"),
  deletionPolicy: str("OCL"),
  description: str("OF"),
  externalIpv6Prefix: str("OCF"),
  fingerprint: str("C"),
  gatewayAddress: str("C"),
  internalIpv6Prefix: str("OCF"),
  ipCidrRange: str("OC", { check: cidr }),
  ipCollection: str("O"),
  ipv6AccessType: str("O", { allowed: ["EXTERNAL", "INTERNAL"] }),
  ipv6CidrRange: str("C"),
  ipv6GceEndpoint: str("C"),
  logConfig: block("O", {
    aggregationInterval: str("O", {
      default: "INTERVAL_5_SEC",
      allowed: [
        "INTERVAL_5_SEC",
        "INTERVAL_30_SEC",
        "INTERVAL_1_MIN",
        "INTERVAL_5_MIN",
        "INTERVAL_10_MIN",
        "INTERVAL_15_MIN",
      ],
    }),
    filterExpr: str("O", { default: "true" }),
    flowSampling: num("O", { default: 0.5 }),
    metadata: str("O", {
      default: "INCLUDE_ALL_METADATA",
      allowed: ["EXCLUDE_ALL_METADATA", "INCLUDE_ALL_METADATA", "CUSTOM_METADATA"],
    }),
    metadataFields: list("O"),
  }),
  name: str("OF", { check: computeName }),
  network: str("RF", { same: sameLink }),
  params: block("OFL", { resourceManagerTags: map("OF") }),
  privateIpGoogleAccess: bool("OC"),
  privateIpv6GoogleAccess: str("OC"),
  project: str("OCF"),
  purpose: str("OC"),
  region: str("OCF", { same: sameLink }),
  reservedInternalRange: str("OF"),
  resolveSubnetMask: str("OF", {
    allowed: [
      "ARP_ALL_RANGES",
      "ARP_PRIMARY_RANGE",
      "ARP_BROADCAST_PRIMARY_RANGE",
      "ARP_BROADCAST_PRIMARY_RANGE_WITH_LEARNING",
    ],
  }),
  role: str("O", { allowed: ["ACTIVE", "BACKUP"] }),
  secondaryIpRanges: blocks(
    "OC",
    {
      ipCidrRange: str("OC", { check: cidr }),
      ipCollection: str("O"),
      ipVersion: str("OC", { allowed: ["IPV4", "IPV6"] }),
      rangeName: str("R", { check: computeName }),
      reservedInternalRange: str("O", { same: sameLink }),
    },
    "secondary_ip_range",
    // Google answers them in an order of its own.
    { key: "rangeName" },
  ),
  selfLink: str("C"),
  sendSecondaryIpRangeIfEmpty: bool("OL"),
  stackType: str("OC", { allowed: ["IPV4_ONLY", "IPV4_IPV6", "IPV6_ONLY"] }),
  state: str("C"),
  subnetworkId: num("C"),
};

export const subnetwork: ResourceType = {
  token: "gcp:compute/subnetwork:Subnetwork",
  properties,
  autoName: { property: "name", maxLength: 63, lowercase: true },
  replaceWhen: { ipCidrRange: (before, after) => !containsRange(text(after), text(before)) },
  clearedByEmpty: ({ sendSecondaryIpRangeIfEmpty }) =>
    sendSecondaryIpRangeIfEmpty === true ? ["secondaryIpRanges"] : [],
  backend: rest({
    api: "compute/v1",
    title: "Subnetwork",
    properties,
    name: (inputs, config) =>
      `projects/${projectOf(inputs, config)}/regions/${regionOf(inputs, config)}` +
      `/subnetworks/${String(inputs.name)}`,
    toApi: ({ secondaryIpRanges, ...inputs }) => ({
      ...omit(inputs, "region"),
      ...(secondaryIpRanges !== undefined && { secondaryIpRanges: secondaryIpRanges ?? [] }),
    }),
    fromApi: (json, name) => ({
      ...(json as object),
      project: name.split("/")[1] ?? "",
      region: lastSegment(text(json.region)),
      subnetworkId: Number(json.id),
    }),
  }),
};

/** Growing is done in place; a range that moves makes another subnet. */
function containsRange(outer: string, inner: string): boolean {
  const [wide, narrow] = [range(outer), range(inner)];
  return wide.first <= narrow.first && narrow.last <= wide.last;
}

function range(text: string): { first: number; last: number } {
  const [address = "", prefix = "32"] = text.split("/");
  const first = address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
  return { first, last: first + 2 ** (32 - Number(prefix)) - 1 };
}
