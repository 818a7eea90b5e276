import { randomUUID } from "node:crypto";

import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { Service } from "../../collection";
import { JsonObject } from "../../json";
import { projectOf } from "../../names";
import { Operation } from "../../operations";
import { Stored } from "../../store";
import { pageOf } from "../../wire/pages";
import { getOperation, longrunningJson } from "../longrunning";
import { hubWording } from "./common";

const TYPES = "type.googleapis.com/google.cloud.gkehub.v1";
const VERBS: Record<string, string> = { insert: "create", patch: "update", delete: "delete" };
/** Source: the reference of `memberships.list`. */
const PAGE = { parameter: "pageSize", max: 500 } as const;

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
  ];
}

function operationJson(operation: Stored<Operation>): JsonObject {
  return longrunningJson(operation, {
    metadata: ({ startTime, endTime, target, verb }) => ({
      "@type": `${TYPES}.OperationMetadata`,
      createTime: new Date(startTime).toISOString(),
      ...(endTime !== undefined && { endTime: new Date(endTime).toISOString() }),
      target,
      verb: VERBS[verb],
      apiVersion: "v1",
    }),
    response: ({ verb, type }, resource) =>
      verb === "delete"
        ? { "@type": "type.googleapis.com/google.protobuf.Empty" }
        : { "@type": `${TYPES}.${type.slice(type.indexOf("/") + 1)}`, ...resource },
  });
}
