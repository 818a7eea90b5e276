import { lastSegment, sameLink } from "../engine/names";
import { projectOf, regionOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { rest } from "../engine/rest";
import { block, blockSet, bool, list, map, num, Schema, str } from "../engine/schema";
import { omit, text } from "../engine/values";
import { computeName } from "./checks";

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
  properties,
  autoName: { property: "name", maxLength: 63, lowercase: true },
  constraints: [
    { conflict: "nccGateway", with: ["network"] },
    { conflict: "network", with: ["nccGateway"] },
  ],
  backend: rest({
    api: "compute/v1",
    title: "Router",
    properties,
    name: (inputs, config) =>
      `projects/${projectOf(inputs, config)}/regions/${regionOf(inputs, config)}` +
      `/routers/${String(inputs.name)}`,
    toApi: (inputs) => omit(inputs, "region"),
    fromApi: (json, name) => ({
      ...(json as object),
      project: name.split("/")[1] ?? "",
      region: lastSegment(text(json.region)),
    }),
  }),
};
