import { randomUUID } from "node:crypto";

import { Cloud } from "../../cloud";
import { Service, Wording } from "../../service";
import { ApiError } from "../../errors";
import { operationJson } from "./zoneOperations";
import { listed } from "./listed";

/** The methods of a zone that answer with an operation; all others answer with the resource, once they are done. */
const CHANGING = ["dns.managedZones.patch", "dns.managedZones.update"];

/**
 * How Cloud DNS speaks of its resources.
 * @param plural the list's field: `managedZones`
 */
export function dnsService({ operations }: Cloud, wording: Wording, plural: string): Service {
  return {
    wording,
    operationName: (target) => `${target}/operations/${randomUUID()}`,
    answer: async (begun) => {
      const operation = await operations.shortly(begun);
      const { method, error, response = {} } = operation.body;
      if (error) throw new ApiError(error.status, error.message, error.reason);
      return CHANGING.includes(method) ? operationJson(operation) : response;
    },
    listed: (call, all) => listed(call, all, plural),
  };
}
