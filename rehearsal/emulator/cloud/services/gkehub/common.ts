import { Wording } from "../../service";
import { ApiError } from "../../errors";

/** How GKE Hub phrases refusals. */
export const hubWording: Wording = {
  exists: (name) => new ApiError("ALREADY_EXISTS", `Resource '${name}' already exists`),
  notFound: (name) => new ApiError("NOT_FOUND", `Resource '${name}' was not found`),
  busy: (name, { body }) =>
    new ApiError(
      "ABORTED",
      `Resource '${name}' has an operation in progress: ${body.verb} of '${body.target}'`,
    ),
  inUse: (noun, name, user) =>
    new ApiError("FAILED_PRECONDITION", `The ${noun} '${name}' is still in use by '${user}'`),
};

export function invalidValue(field: string, why: string): ApiError {
  return new ApiError("INVALID_ARGUMENT", `InvalidValueError for field ${field}: ${why}`);
}
