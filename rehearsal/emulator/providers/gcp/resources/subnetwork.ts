import { isMap, PropertyMap } from "../../plugin";
import { Json } from "../engine/json";
import { lastSegment, sameLink } from "../engine/names";
import { projectOf, regionOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { worded } from "../engine/refusals";
import { rest, UpdateCall, UpdateContext } from "../engine/rest";
import { block, blocks, bool, isZero, list, map, num, Schema, str } from "../engine/schema";
import { omit, text } from "../engine/values";
import { cidr, computeName } from "./checks";
import { COMPUTE, networkPath, nonEmpty, regionPath } from "./computeApi";

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

const OF_PROXIES = [
  "REGIONAL_MANAGED_PROXY",
  "GLOBAL_MANAGED_PROXY",
  "INTERNAL_HTTPS_LOAD_BALANCER",
];
const IPV6 = [
  "privateIpv6GoogleAccess",
  "stackType",
  "ipv6AccessType",
  "ipCollection",
  "allowSubnetCidrRoutesOverlap",
];

export const subnetwork: ResourceType = {
  token: "gcp:compute/subnetwork:Subnetwork",
  upstream: "ComputeSubnetwork",
  properties,
  autoName: { property: "name", maxLength: 63, lowercase: true },
  replaceWhen: { ipCidrRange: (before, after) => !containsRange(text(after), text(before)) },
  clearedByEmpty: ({ sendSecondaryIpRangeIfEmpty }) =>
    sendSecondaryIpRangeIfEmpty === true ? ["secondaryIpRanges"] : [],
  backend: rest({
    ...COMPUTE,
    title: "Subnetwork",
    properties,
    name: (inputs, config) =>
      `projects/${projectOf(inputs, config)}/regions/${regionOf(inputs, config)}` +
      `/subnetworks/${String(inputs.name)}`,
    toApi: ({ secondaryIpRanges, allowSubnetCidrRoutesOverlap, ...inputs }, name) => ({
      ...nonEmpty(omit(inputs, "project", "region", "logConfig")),
      network: networkPath(inputs.network, name),
      region: regionPath(name),
      ...logConfigOf(inputs),
      ...(secondaryIpRanges !== undefined && { secondaryIpRanges: rangesOf(secondaryIpRanges) }),
      ...(allowSubnetCidrRoutesOverlap !== undefined && { allowSubnetCidrRoutesOverlap }),
    }),
    updates: [
      {
        properties: ["ipCidrRange"],
        send: ({ ipCidrRange }) => ({
          verb: "POST",
          path: "/expandIpCidrRange",
          body: { ipCidrRange },
        }),
      },
      {
        properties: ["privateIpGoogleAccess"],
        send: ({ privateIpGoogleAccess }) => ({
          verb: "POST",
          path: "/setPrivateIpGoogleAccess",
          body: privateIpGoogleAccess === true ? { privateIpGoogleAccess } : {},
        }),
      },
      patch(IPV6, (after) => nonEmpty(pick(after, IPV6))),
      patch(["logConfig"], logConfigOf),
      patch(["purpose"], ({ purpose }) => ({ purpose })),
      patch(["role"], ({ role }) => ({ role })),
      {
        properties: ["secondaryIpRanges"],
        send: async ({ secondaryIpRanges }, { inputs, current }) => {
          const { sendSecondaryIpRangeIfEmpty } = inputs;
          if (sendSecondaryIpRangeIfEmpty !== true || !isZero(secondaryIpRanges)) return undefined;
          const { fingerprint } = await current();
          return { body: { fingerprint, secondaryIpRanges: [] } };
        },
      },
      {
        // Removes ranges from the present list first, then sets the whole list.
        properties: ["secondaryIpRanges"],
        send: async ({ secondaryIpRanges }, context) => {
          await removeRanges(context, rangesOf(secondaryIpRanges));
          const { fingerprint } = await context.current();
          return { body: { fingerprint, secondaryIpRanges: rangesOf(secondaryIpRanges) } };
        },
      },
    ],
    fromApi: ({ logConfig, ...json }, name) => ({
      ...(json as PropertyMap),
      ...(isMap(logConfig as PropertyMap) &&
        (logConfig as PropertyMap).enable === true && { logConfig: logConfig as PropertyMap }),
      project: name.split("/")[1] ?? "",
      region: lastSegment(text(json.region)),
      subnetworkId: Number(json.id),
    }),
  }),
};

function patch(properties: string[], fields: (after: PropertyMap) => Json): UpdateCall {
  return {
    properties,
    send: async (after, { current }) => {
      const { fingerprint } = await current();
      return { body: { fingerprint, ...fields(after) } };
    },
  };
}

async function removeRanges(
  { cloud, id, url, deadline, before, current }: UpdateContext,
  wanted: Json[],
): Promise<void> {
  const going = rangesOf(before.secondaryIpRanges).filter(
    (range) =>
      !wanted.some((w) => w.rangeName === range.rangeName && w.ipCidrRange === range.ipCidrRange),
  );
  if (going.length === 0) return;
  const { fingerprint, secondaryIpRanges } = await current();
  const staying = ((secondaryIpRanges ?? []) as Json[]).filter(
    ({ rangeName }) => !going.some((range) => range.rangeName === rangeName),
  );
  const body = { fingerprint, secondaryIpRanges: staying.length > 0 ? staying : null };
  await cloud
    .operate(COMPUTE.operations, "PATCH", url, body, deadline)
    .catch(
      worded(`Error during removal step for Subnetwork "${id}"`, (failure) =>
        failure.during("Updating Subnetwork"),
      ),
    );
}

function rangesOf(ranges: unknown): Json[] {
  return (Array.isArray(ranges) ? ranges : []).map((range) => nonEmpty(range as PropertyMap));
}

/** Where the program says nothing of logs, a subnet of proxies says that it has none, and any other that they are off. */
function logConfigOf({ logConfig, purpose }: PropertyMap): Json {
  if (isMap(logConfig)) return { logConfig: { enable: true, metadataFields: [], ...logConfig } };
  return { logConfig: OF_PROXIES.includes(text(purpose)) ? null : { enable: false } };
}

function pick(properties: PropertyMap, keys: string[]): PropertyMap {
  return Object.fromEntries(
    keys.flatMap((k) => (k in properties ? [[k, properties[k] ?? null]] : [])),
  );
}

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
