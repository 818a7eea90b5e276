import { Cloud } from "../../cloud";
import { Service, Wording } from "../../service";
import { ApiError } from "../../errors";
import { inUseByAnother } from "./common";
import { listed } from "./lists";
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

/** How Compute Engine speaks of its resources: every change is an operation. */
export function computeService({ operations }: Cloud): Service {
  return {
    wording: computeWording,
    operationName,
    answer: async (operation) => operationJson(await operations.shortly(operation)),
    listed,
  };
}
