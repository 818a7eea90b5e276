import { isMap, PropertyMap } from "../../plugin";
import { Json } from "../engine/json";
import { sameLink } from "../engine/names";
import { immediate } from "../engine/operations";
import { projectOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { rest } from "../engine/rest";
import {
  block,
  blocks,
  blockSet,
  bool,
  list,
  map,
  num,
  opaque,
  Schema,
  str,
} from "../engine/schema";
import { omit } from "../engine/values";
import { nonEmpty } from "./computeApi";
import { withNetworkUrls } from "./networkUrls";

const properties: Schema = {
  cloudLoggingConfig: block("OC", { enableLogging: bool("R") }),
  creationTime: str("C"),
  deletionPolicy: str("OCL"),
  description: str("O", { default: "Managed by Pulumi" }),
  dnsName: str("RF"),
  dnssecConfig: block("OC", {
    defaultKeySpecs: blocks("OC", {
      algorithm: str("O"),
      keyLength: num("O"),
      keyType: str("O", { allowed: ["keySigning", "zoneSigning"] }),
      kind: str("O"),
    }),
    kind: str("O"),
    nonExistence: str("OC", { allowed: ["nsec", "nsec3"] }),
    state: str("O", { allowed: ["off", "on", "transfer"] }),
  }),
  effectiveLabels: map("CS"),
  forwardingConfig: opaque("O"),
  labels: map("O"),
  managedZoneId: str("C"),
  name: str("OF"),
  nameServers: list("C"),
  peeringConfig: block("O", {
    targetNetwork: block("R", { networkUrl: str("R", { same: sameLink }) }),
  }),
  privateVisibilityConfig: block("O", {
    gkeClusters: blocks("O", { gkeClusterName: str("R") }),
    networks: blockSet("O", { networkUrl: str("R", { same: sameLink }) }),
  }),
  project: str("OCF"),
  pulumiLabels: map("CS"),
  reverseLookup: bool("OF"),
  serviceDirectoryConfig: opaque("OF"),
  visibility: str("OF", { default: "public", allowed: ["private", "public"] }),
};

function zoneOf({ privateVisibilityConfig, reverseLookup, ...inputs }: PropertyMap): Json {
  return {
    ...nonEmpty(withNetworkUrls(omit(inputs, "project")) as PropertyMap),
    privateVisibilityConfig: isMap(privateVisibilityConfig)
      ? nonEmpty(withNetworkUrls(privateVisibilityConfig) as PropertyMap)
      : { networks: [] },
    ...(reverseLookup === true && { reverseLookupConfig: {} }),
  };
}

export const managedZone: ResourceType = {
  token: "gcp:dns/managedZone:ManagedZone",
  upstream: "DNSManagedZone",
  properties,
  autoName: { property: "name", maxLength: 255, lowercase: false },
  labels: "labels",
  backend: rest({
    base: "https://dns.googleapis.com/dns/v1beta2",
    operations: immediate,
    product: "DNS",
    title: "ManagedZone",
    properties,
    name: (inputs, config) =>
      `projects/${projectOf(inputs, config)}/managedZones/${String(inputs.name)}`,
    toApi: zoneOf,
    updates: [
      {
        properties: Object.keys(properties),
        // The whole zone, and so what the server has made of it too.
        send: (after, { before }) => ({
          verb: "PUT",
          body: {
            ...zoneOf(after),
            nameServers: before.nameServers ?? [],
            // A number, where Google's field is text.
            id: Number(before.managedZoneId),
            creationTime: before.creationTime,
          },
        }),
      },
    ],
    fromApi: ({ id, ...json }, name): PropertyMap => ({
      ...(json as PropertyMap),
      managedZoneId: String(id),
      project: name.split("/")[1] ?? "",
    }),
  }),
};
