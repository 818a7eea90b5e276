import { lastSegment, sameLink } from "../engine/names";
import { projectOf, regionOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { rest } from "../engine/rest";
import { isZero, list, map, num, Schema, str } from "../engine/schema";
import { omit, text } from "../engine/values";
import { computeName } from "./checks";
import { COMPUTE, nonEmpty, regionPath, relative } from "./computeApi";

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
  upstream: "ComputeAddress",
  properties,
  autoName: { property: "name", maxLength: 255, lowercase: false },
  labels: "labels",
  backend: rest({
    ...COMPUTE,
    title: "Address",
    properties,
    name: (inputs, config) =>
      `projects/${projectOf(inputs, config)}/regions/${regionOf(inputs, config)}` +
      `/addresses/${String(inputs.name)}`,
    toApi: ({ addressType, subnetwork, ...inputs }, name) => ({
      ...nonEmpty(omit(inputs, "project", "region")),
      ...(subnetwork !== undefined && {
        subnetwork: relative(subnetwork, `${name.split("/addresses/")[0]}/subnetworks/`),
      }),
      addressType,
      region: regionPath(name),
    }),
    // The labels of the creation do not count: they are set once more.
    created: async ({ cloud, deadline }, url, { labels }) => {
      if (isZero(labels)) return;
      const { labelFingerprint } = await cloud.call("GET", url, undefined, deadline);
      const body = { labelFingerprint, labels };
      await cloud.operate(COMPUTE.operations, "POST", `${url}/setLabels`, body, deadline);
    },
    updates: [
      {
        properties: ["labels"],
        send: ({ labels }, { before }) => ({
          verb: "POST",
          path: "/setLabels",
          body: {
            labelFingerprint: before.labelFingerprint,
            ...(isZero(labels) ? {} : { labels }),
          },
        }),
      },
    ],
    fromApi: (json, name) => ({
      ...(json as object),
      project: name.split("/")[1] ?? "",
      region: lastSegment(text(json.region)),
      addressId: String(json.id),
    }),
  }),
};
