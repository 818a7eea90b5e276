import { isMap, Value } from "../../plugin";
import { lastSegment, sameLink } from "../engine/names";
import { projectOf, regionOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { rest } from "../engine/rest";
import { block, blockSet, bool, list, map, num, Schema, str } from "../engine/schema";
import { omit, text } from "../engine/values";
import { computeName } from "./checks";
import { COMPUTE, networkPath, nonEmpty, regionPath } from "./computeApi";

const properties: Schema = {
  bgp: block("O", {
    advertiseMode: str("O", { default: "DEFAULT", allowed: ["DEFAULT", "CUSTOM"] }),
    advertisedGroups: list("O"),
    advertisedIpRanges: blockSet("O", { description: str("O"), range: str("R") }),
    asn: num("R"),
    identifierRange: str("OC"),
    keepaliveInterval: num("O", { default: 20 }),
  }),
  creationTimestamp: str("C"),
  deletionPolicy: str("OCL"),
  description: str("O"),
  encryptedInterconnectRouter: bool("OF"),
  md5AuthenticationKeys: block("O", { key: str("R"), name: str("R") }),
  name: str("OF", { check: computeName }),
  nccGateway: str("OF", { same: sameLink }),
  network: str("OF", { same: sameLink }),
  params: block("OFL", { resourceManagerTags: map("O") }),
  project: str("OCF"),
  region: str("OCF", { same: sameLink }),
  selfLink: str("C"),
};

export const router: ResourceType = {
  token: "gcp:compute/router:Router",
  upstream: "ComputeRouter",
  properties,
  autoName: { property: "name", maxLength: 63, lowercase: true },
  constraints: [
    { conflict: "nccGateway", with: ["network"] },
    { conflict: "network", with: ["nccGateway"] },
  ],
  backend: rest({
    ...COMPUTE,
    title: "Router",
    properties,
    name: (inputs, config) =>
      `projects/${projectOf(inputs, config)}/regions/${regionOf(inputs, config)}` +
      `/routers/${String(inputs.name)}`,
    toApi: ({ bgp, ...inputs }, name) => ({
      ...nonEmpty(omit(inputs, "project", "region")),
      ...(inputs.network !== undefined && { network: networkPath(inputs.network, name) }),
      region: regionPath(name),
      bgp: bgpOf(bgp),
      ...(inputs.description !== undefined && { description: inputs.description }),
    }),
    updates: [
      {
        properties: ["description", "bgp", "md5AuthenticationKeys"],
        send: ({ description, bgp, md5AuthenticationKeys }) => ({
          body: { description, bgp: bgpOf(bgp), md5AuthenticationKeys },
        }),
      },
    ],
    fromApi: (json, name) => ({
      ...(json as object),
      project: name.split("/")[1] ?? "",
      region: lastSegment(text(json.region)),
    }),
  }),
};

/** Its lists are sent even if they are empty. */
function bgpOf(bgp: Value | undefined): Value {
  if (!isMap(bgp)) return null;
  return { advertisedGroups: [], advertisedIpRanges: [], ...bgp };
}
