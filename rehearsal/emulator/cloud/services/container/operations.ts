import { randomUUID } from "node:crypto";

import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { projectNumber } from "../../numericIds";
import { ApiError } from "../../errors";
import { JsonObject } from "../../json";
import { CLUSTER } from "../../kinds";
import { projectOf } from "../../names";
import { isDone, Operation } from "../../operations";
import { Stored } from "../../store";
import { rpcStatus } from "../longrunning";
import { selfLinkOf } from "./common";

const OPERATIONS = "container.projects.locations.operations";

/** Operations are kept in the location of what they change. */
export function operationName(target: string): string {
  const location = target.split("/").slice(0, 4).join("/");
  return `${location}/operations/operation-${Date.now()}-${randomUUID()}`;
}

export function operationMethods({ operations }: Cloud): ServiceMethod[] {
  return [
    {
      id: `${OPERATIONS}.get`,
      about: ({ name }) => `projects/${projectOf(name)}`,
      handle: async ({ name, method }) => {
        const operation = await operations.wait(name, 0);
        if (operation) return operationJson(operation, method.version);
        throw new ApiError("NOT_FOUND", `Not found: ${name}.`, "notFound");
      },
    },
    {
      id: `${OPERATIONS}.list`,
      handle: ({ name, method }) => {
        const found = operations.below(name).map((o) => operationJson(o, method.version));
        // Google leaves an empty list out.
        return found.length > 0 ? { operations: found } : {};
      },
    },
  ];
}

/** `google.container.v1.Operation`. @param version of the API that shows it, to which its links lead */
export function operationJson(operation: Stored<Operation>, version: string): JsonObject {
  const { name, body } = operation;
  const { target, startTime, endTime, error } = body;
  const [, , , location = ""] = target.split("/");
  return {
    name: name.slice(name.lastIndexOf("/") + 1),
    zone: location,
    operationType: typeOf(body),
    status: isDone(operation) ? "DONE" : "RUNNING",
    selfLink: link(name, version),
    targetLink: link(target, version),
    startTime: new Date(startTime).toISOString(),
    ...(endTime !== undefined && { endTime: new Date(endTime).toISOString() }),
    ...(error && { error: rpcStatus(error), statusMessage: error.message }),
  };
}

/** Operations link to projects by their number. Source: answers that Config Connector recorded. */
function link(name: string, version: string): string {
  const project = projectOf(name);
  const path = name.replace(`projects/${project}/`, `projects/${projectNumber(project)}/`);
  return selfLinkOf(path, version);
}

/** Source: the reference of `Operation.Type`: setting labels or a maintenance policy no longer has its own type. */
function typeOf({ type, verb, method, title }: Operation): string {
  if (title !== undefined) return title;
  const noun = type === CLUSTER.type ? "CLUSTER" : "NODE_POOL";
  if (verb === "insert") return `CREATE_${noun}`;
  if (verb === "delete") return `DELETE_${noun}`;
  if (noun === "CLUSTER") return "UPDATE_CLUSTER";
  if (method.endsWith("setSize")) return "SET_NODE_POOL_SIZE";
  return method.endsWith("setManagement") ? "SET_NODE_POOL_MANAGEMENT" : "UPGRADE_NODES";
}
