import { isMap, PropertyMap, Value } from "../../plugin";
import { Cloud } from "../engine/cloud";
import { Json } from "../engine/json";
import { Locks } from "../engine/locks";
import { sameLink } from "../engine/names";
import { projectOf, regionOf } from "../engine/place";
import { Backend, ResourceType } from "../engine/resource";
import { whileCreating, whileDeleting, whileReading, whileUpdating } from "../engine/refusals";
import { gone, withoutLocal } from "../engine/rest";
import { block, blockSet, bool, isZero, list, num, Schema, set, str } from "../engine/schema";
import { Deadline } from "../engine/timeouts";
import { each } from "../engine/translate";
import { omit } from "../engine/values";
import { matching } from "./checks";
import { COMPUTE, nonEmpty, relative } from "./computeApi";

const properties: Schema = {
  autoNetworkTier: str("OC", { allowed: ["PREMIUM", "STANDARD"] }),
  deletionPolicy: str("OCL"),
  drainNatIps: set("OC"),
  enableDynamicPortAllocation: bool("OC"),
  enableEndpointIndependentMapping: bool("OC"),
  endpointTypes: list("OCF"),
  icmpIdleTimeoutSec: num("O", { default: 30 }),
  initialNatIps: set("OF"),
  logConfig: block("O", {
    enable: bool("R"),
    filter: str("R", { allowed: ["ERRORS_ONLY", "TRANSLATIONS_ONLY", "ALL"] }),
  }),
  maxPortsPerVm: num("O"),
  minPortsPerVm: num("OC"),
  name: str("OF", { check: matching(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])$/) }),
  nat64Subnetworks: blockSet("O", { name: str("R", { same: sameLink }) }),
  natIpAllocateOption: str("O", { allowed: ["MANUAL_ONLY", "AUTO_ONLY"] }),
  natIps: set("OC"),
  project: str("OCF"),
  region: str("OCF", { same: sameLink }),
  router: str("RF"),
  rules: blockSet("O", {
    action: block("OC", {
      sourceNatActiveIps: set("O"),
      sourceNatActiveRanges: set("O"),
      sourceNatDrainIps: set("O"),
      sourceNatDrainRanges: set("O"),
    }),
    description: str("O"),
    match: str("R"),
    ruleNumber: num("R"),
  }),
  sourceSubnetworkIpRangesToNat: str("R", {
    allowed: [
      "ALL_SUBNETWORKS_ALL_IP_RANGES",
      "ALL_SUBNETWORKS_ALL_PRIMARY_IP_RANGES",
      "LIST_OF_SUBNETWORKS",
    ],
  }),
  sourceSubnetworkIpRangesToNat64: str("O", {
    allowed: ["ALL_IPV6_SUBNETWORKS", "LIST_OF_IPV6_SUBNETWORKS"],
  }),
  subnetworks: blockSet(
    "O",
    {
      name: str("R", { same: sameLink }),
      secondaryIpRangeNames: set("O"),
      sourceIpRangesToNats: set("R"),
    },
    "subnetwork",
  ),
  tcpEstablishedIdleTimeoutSec: num("O", { default: 1200 }),
  tcpTimeWaitTimeoutSec: num("O", { default: 120 }),
  tcpTransitoryIdleTimeoutSec: num("O", { default: 30 }),
  type: str("OF", { default: "PUBLIC", allowed: ["PUBLIC", "PRIVATE"] }),
  udpIdleTimeoutSec: num("O", { default: 30 }),
};

const SETS = ["drainNatIps", "nat64Subnetworks", "natIps", "rules", "subnetworks"];

/** What is not told where it is empty or 0. */
const LEFT_OUT = [
  "autoNetworkTier",
  "maxPortsPerVm",
  "minPortsPerVm",
  "natIpAllocateOption",
  "sourceSubnetworkIpRangesToNat64",
];

/** Fields that an update does not change: they stay as the router has them, or are sent empty. */
const FIXED = ["endpointTypes", "initialNatIps"];

/** A NAT gateway is an entry in its router: two that change at the same time would lose one. */
const routers = new Locks();

export const routerNat: ResourceType = {
  token: "gcp:compute/routerNat:RouterNat",
  upstream: "ComputeRouterNat",
  properties,
  autoName: { property: "name", maxLength: 63, lowercase: true },
  constraints: [{ conflict: "initialNatIps", with: ["drainNatIps", "natIps"] }],
  backend: routerNatBackend(),
};

function routerNatBackend(): Backend {
  return {
    async create({ cloud, config, deadline }, inputs) {
      const [project, region] = [projectOf(inputs, config), regionOf(inputs, config)];
      const id = [project, region, String(inputs.router), String(inputs.name)].join("/");
      const add = (nats: PropertyMap[]) => {
        const found = nats.find(({ name }) => name === inputs.name);
        if (!found) return [...nats, entry(inputs, id)];
        throw new Error(
          `Unable to create RouterNat, existing object already found: ${JSON.stringify(found)}`,
        );
      };
      await change(cloud, id, deadline, add).catch(whileCreating("RouterNat"));
      return id;
    },
    async read({ cloud, deadline }, id, { autoNetworkTier }) {
      const { url, project, region, router, name } = parse(id);
      const found = await gone(cloud.call("GET", url, undefined, deadline)).catch(
        whileReading(`ComputeRouterNat "${id}"`),
      );
      const nat = natsOf(found?.nats).find((other) => other.name === name);
      if (!nat) return undefined;
      // What the router says of the tier is not looked at.
      const shown = omit(shownEntry(nat), "autoNetworkTier");
      const tier = autoNetworkTier !== undefined && { autoNetworkTier };
      return { ...shown, ...tier, project, region, router };
    },
    async update({ cloud, deadline }, id, { after }) {
      const { name } = parse(id);
      const replaceOwn = (nats: PropertyMap[]) => {
        if (!nats.some((nat) => nat.name === name)) {
          throw new Error(`Unable to update RouterNat "${id}" - not found in list`);
        }
        return nats.map((nat) => (nat.name === name ? changedEntry(after, nat, id) : nat));
      };
      await change(cloud, id, deadline, replaceOwn).catch(whileUpdating("RouterNat", id));
      return id;
    },
    async delete({ cloud, deadline }, id) {
      const { name } = parse(id);
      const drop = (nats: PropertyMap[]) => {
        const rest = nats.filter((nat) => nat.name !== name);
        return rest.length < nats.length ? rest : undefined;
      };
      await gone(change(cloud, id, deadline, drop)).catch(whileDeleting("RouterNat"));
    },
  };
}

/** @param changed the router's entries after it; undefined where there is nothing to change */
async function change(
  cloud: Cloud,
  id: string,
  deadline: Deadline,
  changed: (nats: PropertyMap[]) => PropertyMap[] | undefined,
): Promise<void> {
  const { url } = parse(id);
  await routers.hold(url, async () => {
    const { nats } = await cloud.call("GET", url, undefined, deadline);
    const wanted = changed(natsOf(nats));
    if (wanted) await cloud.operate(COMPUTE.operations, "PATCH", url, { nats: wanted }, deadline);
  });
}

/** A new entry. Every set is sent even if it is empty. */
function entry(inputs: PropertyMap, id: string): PropertyMap {
  const { initialNatIps = [], ...others } = inputs;
  const own = ownFields(others, id);
  const initial = Array.isArray(initialNatIps) ? initialNatIps : [];
  // A field that only the provider knows: its addresses are sent as the entry's first.
  return initial.length > 0
    ? { ...own, natIps: addresses(initial, id) }
    : { ...own, initialNatIps: [] };
}

/** Fields of the router that the type does not know stay; fields that the program leaves out are removed. */
function changedEntry(inputs: PropertyMap, before: PropertyMap, id: string): PropertyMap {
  const foreign = omit(before, ...Object.keys(properties));
  const fixed = FIXED.map((key) => [key, before[key] ?? null] as const);
  return { ...foreign, ...ownFields(inputs, id), ...Object.fromEntries(fixed) };
}

function ownFields(inputs: PropertyMap, id: string): PropertyMap {
  const given = withoutLocal(properties, omit(inputs, "project", "region", "router", ...FIXED));
  const { natIps, drainNatIps, subnetworks, nat64Subnetworks, logConfig, ...own } = given;
  return {
    ...Object.fromEntries(SETS.map((key) => [key, []] as const)),
    logConfig: isMap(logConfig) ? (nonEmpty(logConfig) as PropertyMap) : null,
    ...Object.fromEntries(
      Object.entries(own).filter(([key, value]) => !LEFT_OUT.includes(key) || !isZero(value)),
    ),
    ...(Array.isArray(inputs.endpointTypes) && { endpointTypes: inputs.endpointTypes }),
    natIps: addresses(natIps, id),
    drainNatIps: addresses(drainNatIps, id),
    subnetworks: each(subnetworks, (item) => subnetworkToApi(item, id)) ?? [],
    nat64Subnetworks: each(nat64Subnetworks, (item) => subnetworkToApi(item, id)) ?? [],
  };
}

/** Links are sent relative to the API: `projects/p/regions/r/addresses/a`. */
function addresses(value: Value | undefined, id: string): string[] {
  const { project, region } = parse(id);
  const links = Array.isArray(value) ? value.map(String) : [];
  return links.map((link) => relative(link, `projects/${project}/regions/${region}/addresses/`));
}

function subnetworkToApi({ name, sourceIpRangesToNats, ...others }: Json, id: string): Json {
  const { project, region } = parse(id);
  const ranges = sourceIpRangesToNats ?? [];
  const given = { ...others, sourceIpRangesToNat: ranges } as unknown as PropertyMap;
  const prefix = `projects/${project}/regions/${region}/subnetworks/`;
  return { name: relative(name, prefix), ...nonEmpty(given) };
}

function shownEntry({ subnetworks, ...nat }: PropertyMap): PropertyMap {
  const shown = each(subnetworks, ({ sourceIpRangesToNat, ...others }) => ({
    ...others,
    sourceIpRangesToNats: sourceIpRangesToNat ?? [],
  }));
  return { ...nat, ...(shown && { subnetworks: shown }) };
}

function natsOf(value: unknown): PropertyMap[] {
  return Array.isArray(value) ? value.filter(isMap) : [];
}

function parse(id: string) {
  const [project = "", region = "", router = "", name = ""] = id.split("/");
  const url = `${COMPUTE.base}/projects/${project}/regions/${region}/routers/${router}`;
  return { url, project, region, router, name };
}
