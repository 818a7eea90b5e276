import { randomUUID } from "node:crypto";

import { ServiceMethod } from "../../access/admission";
import { Cloud, projectNumber } from "../../cloud";
import { ApiError } from "../../errors";
import { JsonObject } from "../../json";
import { CLUSTER } from "../../kinds";
import { projectOf } from "../../names";
import { isDone, Operation } from "../../operations";
import { Stored } from "../../store";
import { rpcStatus } from "../longrunning";

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
      handle: async ({ name }) => {
        const operation = await operations.wait(name, 0);
        if (operation) return operationJson(operation);
        throw new ApiError("NOT_FOUND", `Not found: ${name}.`, "notFound");
      },
    },
    {
      id: `${OPERATIONS}.list`,
      handle: ({ name }) => ({ operations: operations.below(name).map(operationJson) }),
    },
  ];
}

/** `google.container.v1.Operation` */
export function operationJson(operation: Stored<Operation>): JsonObject {
  const { name, body } = operation;
  const { target, startTime, endTime, error } = body;
  const [, , , location = ""] = target.split("/");
  return {
    name: name.slice(name.lastIndexOf("/") + 1),
    zone: location,
    operationType: typeOf(body),
    status: isDone(operation) ? "DONE" : "RUNNING",
    selfLink: link(name),
    targetLink: link(target),
    startTime: new Date(startTime).toISOString(),
    ...(endTime !== undefined && { endTime: new Date(endTime).toISOString() }),
    ...(error && { error: rpcStatus(error), statusMessage: error.message }),
  };
}

/** This service links to projects by their number. */
function link(name: string): string {
  const project = projectOf(name);
  const path = name.replace(`projects/${project}/`, `projects/${projectNumber(project)}/`);
  return `https://container.googleapis.com/v1/${path}`;
}

/** Source: the reference of `Operation.Type`, whose other words are not used any more. */
function typeOf({ type, verb, method }: Operation): string {
  const noun = type === CLUSTER.type ? "CLUSTER" : "NODE_POOL";
  if (verb === "insert") return `CREATE_${noun}`;
  if (verb === "delete") return `DELETE_${noun}`;
  if (noun === "CLUSTER") return "UPDATE_CLUSTER";
  if (method.endsWith("setSize")) return "SET_NODE_POOL_SIZE";
  return method.endsWith("setManagement") ? "SET_NODE_POOL_MANAGEMENT" : "UPGRADE_NODES";
}
