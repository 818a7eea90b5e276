import { randomUUID } from "node:crypto";

import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { Service } from "../../service";
import { ApiError } from "../../errors";
import { JsonObject } from "../../json";
import { projectOf } from "../../names";
import { Operation } from "../../operations";
import { Stored } from "../../store";
import { Call } from "../../wire/call";
import { pageOf } from "../../wire/pages";
import { getOperation, longrunningJson } from "../longrunning";
import { hubWording } from "./common";

const TYPES = "type.googleapis.com/google.cloud.gkehub";
const VERBS: Record<string, string> = { insert: "create", patch: "update", delete: "delete" };
/** Without a size a page has all. Source: the references of `memberships.list` and `features.list`. */
const PAGE = { parameter: "pageSize", max: Number.POSITIVE_INFINITY } as const;

/** How GKE Hub speaks of its resources: every change is an operation. */
export function hubService({ operations }: Cloud): Service {
  return {
    wording: hubWording,
    operationName: (target) => {
      const location = target.split("/").slice(0, 4).join("/");
      return `${location}/operations/operation-${Date.now()}-${randomUUID()}`;
    },
    answer: async (operation) => operationJson(await operations.shortly(operation)),
    listed: (call, all) => {
      checkListed(call);
      const { items, nextPageToken } = pageOf(call, all, PAGE);
      return { ...(items.length > 0 && { resources: items }), nextPageToken };
    },
  };
}

export function operationMethods(cloud: Cloud): ServiceMethod[] {
  return [
    getOperation(
      cloud,
      "gkehub.projects.locations.operations.get",
      ({ name }) => `projects/${projectOf(name)}`,
      operationJson,
    ),
    {
      id: "gkehub.projects.locations.operations.list",
      handle: (call) => {
        checkListed(call);
        const all = cloud.operations.below(call.name).map(operationJson);
        const { items, nextPageToken } = pageOf(call, all, PAGE);
        return { ...(items.length > 0 && { operations: items }), nextPageToken };
      },
    },
  ];
}

/** @throws ApiError 501 for what changes a list and is not emulated */
function checkListed({ method, query }: Call): void {
  const used = ["filter", "orderBy"].find((parameter) => query.get(parameter));
  if (used !== undefined) {
    throw new ApiError("UNIMPLEMENTED", `${method.id}: ${used} is not emulated.`);
  }
}

function operationJson(operation: Stored<Operation>): JsonObject {
  return longrunningJson(operation, {
    metadata: ({ startTime, endTime, target, verb, version }) => ({
      "@type": `${TYPES}.${version}.OperationMetadata`,
      createTime: new Date(startTime).toISOString(),
      ...(endTime !== undefined && { endTime: new Date(endTime).toISOString() }),
      target,
      verb: VERBS[verb],
      apiVersion: version,
    }),
    response: ({ verb, type, version }, resource) =>
      verb === "delete"
        ? { "@type": "type.googleapis.com/google.protobuf.Empty" }
        : { "@type": `${TYPES}.${version}.${type.slice(type.indexOf("/") + 1)}`, ...resource },
  });
}
