import { randomUUID } from "node:crypto";

import { Cloud } from "../../cloud";
import { Service, Wording } from "../../collection";
import { ApiError } from "../../errors";
import { JsonObject } from "../../json";
import { Operation } from "../../operations";
import { Stored } from "../../store";
import { Call } from "../../wire/call";
import { pageOf } from "../../wire/pages";

/** Longer than anything takes at this API. */
const MOST_MS = 60_000;
/** Source: quotas of Cloud DNS, results for each list. */
const PAGE = { parameter: "maxResults", max: 100 } as const;

/**
 * How Cloud DNS speaks of its resources: what makes or removes one answers when it is done, with the resource itself.
 * @param plural the list's field: `managedZones`
 * @param kind of the list: `dns#managedZonesListResponse`
 */
export function dnsService(
  { operations }: Cloud,
  wording: Wording,
  { plural, kind }: { plural: string; kind: string },
): Service {
  return {
    wording,
    operationName: (target) => `${target}/operations/${randomUUID()}`,
    answer: async (begun) => {
      const operation = (await operations.wait(begun.name, MOST_MS)) ?? begun;
      const { method, error, response = {} } = operation.body;
      if (error) throw new ApiError(error.status, error.message, error.reason);
      return CHANGING.includes(method) ? operationJson(operation) : response;
    },
    listed: (call, all) => listed(call, all, { plural, kind }),
  };
}

/** Changes of a zone alone answer an operation. */
const CHANGING = ["dns.managedZones.patch", "dns.managedZones.update"];

export function listed(
  call: Call,
  all: JsonObject[],
  { plural, kind }: { plural: string; kind: string },
): JsonObject {
  const wanted = ["name", "type", "dnsName"].flatMap((field) => {
    const value = call.query.get(field);
    return value === null ? [] : [{ field, value }];
  });
  const fitting = all.filter((item) => wanted.every(({ field, value }) => item[field] === value));
  const { items, nextPageToken } = pageOf(call, fitting, PAGE);
  return { kind, [plural]: items, nextPageToken };
}

function operationJson({ name, body }: Stored<Operation>): JsonObject {
  return {
    kind: "dns#operation",
    id: name.slice(name.lastIndexOf("/") + 1),
    startTime: new Date(body.startTime).toISOString(),
    status: "done",
    type: "update",
    zoneContext: { newValue: body.response },
  };
}
