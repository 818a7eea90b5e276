import { PropertyMap } from "../../plugin";
import { Json } from "../engine/json";
import { projectOf } from "../engine/place";
import { Context, ResourceType } from "../engine/resource";
import { rest } from "../engine/rest";
import { block, bool, map, num, Schema, str } from "../engine/schema";
import { fromApi, Move, toApi } from "../engine/translate";
import { omit, text } from "../engine/values";
import { computeName } from "./checks";
import { COMPUTE, nonEmpty } from "./computeApi";

const properties: Schema = {
  autoCreateSubnetworks: bool("OF", { default: true }),
  bgpAlwaysCompareMed: bool("OC"),
  bgpBestPathSelectionMode: str("OC", { allowed: ["LEGACY", "STANDARD"] }),
  bgpInterRegionCost: str("OC", { allowed: ["DEFAULT", "ADD_COST_TO_MED"] }),
  deleteBgpAlwaysCompareMed: bool("O"),
  deleteDefaultRoutesOnCreate: bool("OL"),
  deletionPolicy: str("OCL"),
  description: str("OF"),
  enableUlaInternalIpv6: bool("O"),
  gatewayIpv4: str("C"),
  internalIpv6Range: str("OCF"),
  mtu: num("OC"),
  name: str("OF", { check: computeName }),
  networkFirewallPolicyEnforcementOrder: str("O", {
    default: "AFTER_CLASSIC_FIREWALL",
    allowed: ["BEFORE_CLASSIC_FIREWALL", "AFTER_CLASSIC_FIREWALL"],
  }),
  networkId: str("C"),
  networkProfile: str("OF"),
  numericId: str("C"),
  params: block("OFL", { resourceManagerTags: map("OF") }),
  project: str("OCF"),
  routingMode: str("OC", { allowed: ["REGIONAL", "GLOBAL"] }),
  selfLink: str("C"),
};

const moves: Move[] = [
  { here: "routingMode", there: "routingConfig.routingMode" },
  { here: "bgpBestPathSelectionMode", there: "routingConfig.bgpBestPathSelectionMode" },
  { here: "bgpAlwaysCompareMed", there: "routingConfig.bgpAlwaysCompareMed" },
  { here: "bgpInterRegionCost", there: "routingConfig.bgpInterRegionCost" },
];
const ROUTING = moves.map(({ here }) => here);

/** Where anything of it is set, it says of one field more that it is not set. */
function routingOf(inputs: PropertyMap): Json {
  const { bgpAlwaysCompareMed, deleteBgpAlwaysCompareMed } = inputs;
  const set = nonEmpty(Object.fromEntries(ROUTING.map((key) => [key, inputs[key] ?? null])));
  if (Object.keys(set).length === 0 && deleteBgpAlwaysCompareMed !== true) return {};
  const { routingConfig } = toApi(omit(set as PropertyMap, "bgpAlwaysCompareMed"), moves);
  return {
    routingConfig: {
      deleteBgpAlwaysCompareMed: deleteBgpAlwaysCompareMed === true,
      ...(routingConfig as object | undefined),
      ...(bgpAlwaysCompareMed !== undefined && { bgpAlwaysCompareMed }),
      ...(deleteBgpAlwaysCompareMed === true && { bgpAlwaysCompareMed: null }),
    },
  };
}

/**
 * Uses the generated client, unlike the rest of the type. Each page is a new list: the routes of the last one are
 * deleted by then.
 */
async function deleteDefaultRoutes({ cloud, deadline }: Context, url: string): Promise<void> {
  const { selfLink } = await cloud.call("GET", `${url}?prettyPrint=false`, undefined, deadline);
  const routes = url.replace(/\/networks\/[^/]+$/, "/routes");
  const filter = `(network="${text(selfLink)}") AND (destRange="0.0.0.0/0")`;
  const query = new URLSearchParams({ filter }).toString();
  for (;;) {
    const list = await cloud.call("GET", `${routes}?${query}`, undefined, deadline);
    for (const { name } of (list.items ?? []) as Json[]) {
      const route = `${routes}/${text(name)}`;
      await cloud.operate(COMPUTE.operations, "DELETE", route, undefined, deadline);
    }
    if (!list.nextPageToken) return;
  }
}

export const network: ResourceType = {
  token: "gcp:compute/network:Network",
  upstream: "ComputeNetwork",
  properties,
  autoName: { property: "name", maxLength: 63, lowercase: true },
  backend: rest({
    ...COMPUTE,
    title: "Network",
    properties,
    name: (inputs, config) =>
      `projects/${projectOf(inputs, config)}/global/networks/${String(inputs.name)}`,
    toApi: ({ autoCreateSubnetworks, ...inputs }) => ({
      autoCreateSubnetworks,
      ...nonEmpty(omit(inputs, "project", "deleteBgpAlwaysCompareMed", ...ROUTING)),
      ...routingOf(inputs),
    }),
    created: async (context, url, { deleteDefaultRoutesOnCreate }) => {
      if (deleteDefaultRoutesOnCreate === true) await deleteDefaultRoutes(context, url);
    },
    updates: [
      {
        properties: [
          ...ROUTING,
          "deleteBgpAlwaysCompareMed",
          "networkFirewallPolicyEnforcementOrder",
        ],
        send: (after) => {
          const { networkFirewallPolicyEnforcementOrder } = after;
          return { body: { ...routingOf(after), networkFirewallPolicyEnforcementOrder } };
        },
      },
      {
        properties: ["enableUlaInternalIpv6"],
        send: ({ enableUlaInternalIpv6 }) => ({ body: { enableUlaInternalIpv6 } }),
      },
      {
        properties: ["mtu"],
        send: async ({ mtu }, { current }) => {
          const { fingerprint = null } = await current();
          return { body: { fingerprint, mtu } };
        },
      },
    ],
    fromApi: (json, name): PropertyMap => ({
      ...fromApi(json, moves),
      project: name.split("/")[1] ?? "",
      networkId: String(json.id),
      numericId: String(json.id),
    }),
  }),
};
