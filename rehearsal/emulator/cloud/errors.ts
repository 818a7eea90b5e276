import { JsonObject } from "./json";

const HTTP_CODES = {
  // Cloud Storage's, to a reader who has the present state already.
  NOT_MODIFIED: 304,
  INVALID_ARGUMENT: 400,
  UNAUTHENTICATED: 401,
  FAILED_PRECONDITION: 400,
  PERMISSION_DENIED: 403,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  ABORTED: 409,
  // Compute Engine's, of a change that was made from an older state than the resource's.
  CONDITION_NOT_MET: 412,
  PAYLOAD_TOO_LARGE: 413,
  RESOURCE_EXHAUSTED: 429,
  INTERNAL: 500,
  UNIMPLEMENTED: 501,
  UNAVAILABLE: 503,
} as const;

export type ErrorStatus = keyof typeof HTTP_CODES;

/** A refusal as Google's APIs phrase one. */
export class ApiError extends Error {
  readonly code: number;

  /**
   * @param reason the short word of older APIs, such as `resourceInUseByAnotherResource`
   * @param more messages beside the first, where several things are wrong
   */
  constructor(
    readonly status: ErrorStatus,
    message: string,
    readonly reason?: string,
    readonly details: JsonObject[] = [],
    readonly more: string[] = [],
  ) {
    super(message);
    this.name = "ApiError";
    this.code = HTTP_CODES[status];
  }

  /**
   * `{ error: { code, message, errors, status, details } }`
   * @param isOlder of an API that has `errors` always and `status` never
   */
  toJson(isOlder = false): JsonObject {
    const { code, status, message, reason, details, more } = this;
    const told = (text: string) => ({
      message: text,
      domain: "global",
      reason: reason ?? camelCase(status),
    });
    const errors = [message, ...more].map(told);
    return {
      error: {
        code,
        message,
        ...((isOlder || reason !== undefined) && { errors }),
        ...(!isOlder && { status }),
        ...(details.length > 0 && { details }),
      },
    };
  }
}

/** Compute Engine's refusal of one field's value. */
export function invalidField(field: string, value: string, why: string): ApiError {
  const message = `Invalid value for field 'resource.${field}': '${value}'. ${why}`;
  return new ApiError("INVALID_ARGUMENT", message, "invalid");
}

export function badRequest(message: string): ApiError {
  return new ApiError("INVALID_ARGUMENT", message, "badRequest");
}

function camelCase(status: string): string {
  return status.toLowerCase().replace(/_(\w)/g, (_match, letter: string) => letter.toUpperCase());
}
