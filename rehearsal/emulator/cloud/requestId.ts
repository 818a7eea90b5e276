import { ServiceMethod } from "./access/admission";
import { Cloud } from "./cloud";
import type { Service } from "./service";
import { ApiError } from "./errors";
import { Call } from "./wire/call";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const ZERO = /^[0-]+$/;

/**
 * Identifies a call when its client sends it again because no answer came. Source: the reference of the
 * parameter, which wants a UUID other than zero.
 * @throws ApiError 400 for anything else
 */
export function requestIdOf({ query }: Call): string | undefined {
  const id = query.get("requestId") ?? "";
  if (id === "") return undefined;
  if (UUID.test(id) && !ZERO.test(id)) return id;
  const message = `Invalid value for field 'requestId': '${id}'. Must be a UUID other than zero.`;
  throw new ApiError("INVALID_ARGUMENT", message, "invalid");
}

/** A method of which a call that is sent again begins nothing: it answers the operation that the first one began. */
export function once(
  { operations }: Cloud,
  service: Service,
  method: ServiceMethod,
): ServiceMethod {
  const begun = (call: Call) => {
    const id = requestIdOf(call);
    return id === undefined ? undefined : operations.begunBy(method.id, id);
  };
  return {
    ...method,
    also: (call) => (begun(call) ? [] : (method.also?.(call) ?? [])),
    handle: (call) => {
      const operation = begun(call);
      return operation ? service.answer(operation) : method.handle(call);
    },
  };
}
