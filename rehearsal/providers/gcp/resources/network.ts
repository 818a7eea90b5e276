import { PropertyMap } from "../../plugin";
import { projectOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { rest } from "../engine/rest";
import { block, bool, map, num, Schema, str } from "../engine/schema";
import { fromApi, Move, toApi } from "../engine/translate";
import { computeName } from "./checks";

const properties: Schema = {
  autoCreateSubnetworks: bool("OF", { default: true }),
  bgpAlwaysCompareMed: bool("OC"),
  bgpBestPathSelectionMode: str("OC", { allowed: ["LEGACY", "STANDARD"] }),
  bgpInterRegionCost: str("OC", { allowed: ["DEFAULT", "ADD_COST_TO_MED"] }),
  deleteBgpAlwaysCompareMed: bool("OL"),
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
];

export const network: ResourceType = {
  token: "gcp:compute/network:Network",
  properties,
  autoName: { property: "name", maxLength: 63, lowercase: true },
  backend: rest({
    api: "compute/v1",
    title: "Network",
    properties,
    name: (inputs, config) =>
      `projects/${projectOf(inputs, config)}/global/networks/${String(inputs.name)}`,
    toApi: (inputs) => toApi(inputs, moves),
    fromApi: (json, name): PropertyMap => ({
      ...fromApi(json, moves),
      project: name.split("/")[1] ?? "",
      networkId: String(json.id),
      numericId: String(json.id),
    }),
  }),
};
