import { isMap } from "../../plugin";
import { longrunningOperations } from "../engine/operations";
import { projectOf } from "../engine/place";
import { ResourceType } from "../engine/resource";
import { rest } from "../engine/rest";
import { block, isZero, map, Schema, str } from "../engine/schema";
import { at, text } from "../engine/values";
import { nonEmpty } from "./computeApi";

const CONTAINER = "//container.googleapis.com/";

/** A cluster's id means the same as its full resource name. */
const fullName = (link: string) => (link.startsWith("//") ? link : CONTAINER + link);

const properties: Schema = {
  authority: block("O", { issuer: str("RF") }),
  deletionPolicy: str("OCL"),
  effectiveLabels: map("CS"),
  endpoint: block("OF", {
    gkeCluster: block("OF", {
      resourceLink: str("RF", { same: (a, b) => fullName(a) === fullName(b) }),
    }),
  }),
  labels: map("O"),
  location: str("OF", { default: "global" }),
  membershipId: str("RF"),
  name: str("C"),
  project: str("OCF"),
  pulumiLabels: map("CS"),
};

export const membership: ResourceType = {
  token: "gcp:gkehub/membership:Membership",
  upstream: "GKEHubMembership",
  properties,
  labels: "labels",
  backend: rest({
    base: "https://gkehub.googleapis.com/v1beta",
    operations: longrunningOperations,
    product: "GKEHub",
    title: "Membership",
    properties,
    idParameter: "membershipId",
    name: (inputs, config) =>
      `projects/${projectOf(inputs, config)}/locations/${text(inputs.location) || "global"}` +
      `/memberships/${String(inputs.membershipId)}`,
    toApi: ({ endpoint, authority, labels }) => {
      const link = at(endpoint, "gkeCluster.resourceLink");
      return {
        ...(isMap(endpoint) && {
          endpoint: { gkeCluster: { resourceLink: fullName(text(link)) } },
        }),
        ...(authority !== undefined && { authority }),
        ...(isZero(labels) ? {} : { labels }),
      };
    },
    updates: [
      {
        properties: ["authority", "labels"],
        send: ({ authority, labels }, { changed }) => {
          const mask = ["authority", "labels"].filter((property) => changed.includes(property));
          const body = nonEmpty({ authority: authority ?? null, labels: labels ?? null });
          return { path: `?updateMask=${mask.join(",")}`, body };
        },
      },
    ],
    fromApi: (json, name) => {
      const [, project = "", , location = "", , membershipId = ""] = name.split("/");
      return { ...(json as object), project, location, membershipId };
    },
  }),
};
