import { lastSegment, sameLink } from "../engine/names";
import { projectOf, regionOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { rest } from "../engine/rest";
import { list, map, num, Schema, str } from "../engine/schema";
import { omit, text } from "../engine/values";
import { computeName } from "./checks";

const properties: Schema = {
  address: str("OCF"),
  addressId: str("C"),
  addressType: str("OF", { default: "EXTERNAL", allowed: ["INTERNAL", "EXTERNAL"] }),
  creationTimestamp: str("C"),
  deletionPolicy: str("OCL"),
  description: str("OF"),
  effectiveLabels: map("CS"),
  ipCollection: str("OF", { same: sameLink }),
  ipVersion: str("OF", { allowed: ["IPV4", "IPV6"] }),
  ipv6EndpointType: str("OF", { allowed: ["VM", "NETLB"] }),
  labelFingerprint: str("C"),
  labels: map("O"),
  name: str("OF", { check: computeName }),
  network: str("OF", { same: sameLink }),
  networkTier: str("OCF", { allowed: ["PREMIUM", "STANDARD"] }),
  prefixLength: num("OCF"),
  project: str("OCF"),
  pulumiLabels: map("CS"),
  purpose: str("OCF"),
  region: str("OCF", { same: sameLink }),
  selfLink: str("C"),
  subnetwork: str("OCF", { same: sameLink }),
  users: list("C"),
};

export const address: ResourceType = {
  token: "gcp:compute/address:Address",
  properties,
  autoName: { property: "name", maxLength: 255, lowercase: false },
  labels: "labels",
  backend: rest({
    api: "compute/v1",
    title: "Address",
    properties,
    name: (inputs, config) =>
      `projects/${projectOf(inputs, config)}/regions/${regionOf(inputs, config)}` +
      `/addresses/${String(inputs.name)}`,
    toApi: (inputs) => omit(inputs, "region"),
    fromApi: (json, name) => ({
      ...(json as object),
      project: name.split("/")[1] ?? "",
      region: lastSegment(text(json.region)),
      addressId: String(json.id),
    }),
  }),
};
