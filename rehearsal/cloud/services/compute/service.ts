import { Cloud } from "../../cloud";
import { Service, Wording } from "../../collection";
import { ApiError } from "../../errors";
import { JsonObject } from "../../json";
import { Call } from "../../wire/call";
import { pageOf } from "../../wire/pages";
import { inUseByAnother, selfLink } from "./common";
import { matching } from "./filter";
import { operationJson, operationName } from "./operations";

/** How Compute Engine phrases refusals. */
export const computeWording: Wording = {
  exists: (name) =>
    new ApiError("ALREADY_EXISTS", `The resource '${name}' already exists`, "alreadyExists"),
  notFound: (name) => new ApiError("NOT_FOUND", `The resource '${name}' was not found`, "notFound"),
  busy: (name) =>
    new ApiError("INVALID_ARGUMENT", `The resource '${name}' is not ready`, "resourceNotReady"),
  inUse: (noun, name, user) => inUseByAnother(noun, name, user),
};

/** Source of the page size: the reference of `maxResults`. */
const PAGE = { parameter: "maxResults", max: 500 } as const;

/** How Compute Engine speaks of its resources: every change is an operation. */
export function computeService({ operations }: Cloud): Service {
  return {
    wording: computeWording,
    operationName,
    answer: async (operation) => operationJson(await operations.shortly(operation)),
    listed,
  };
}

export function listed(call: Call, all: JsonObject[]): JsonObject {
  const [, resource = ""] = call.method.id.split(".");
  const { items, nextPageToken } = pageOf(call, matching(call, all), PAGE);
  return {
    kind: `compute#${resource.replace(/(ses|s)$/, (end) => (end === "ses" ? "s" : ""))}List`,
    id: call.name,
    // Google leaves an empty list out.
    ...(items.length > 0 && { items }),
    nextPageToken,
    selfLink: selfLink(call.name),
  };
}
