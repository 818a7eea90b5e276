import { randomUUID } from "node:crypto";

import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { numericIdOf } from "../../numericIds";
import { ApiError } from "../../errors";
import { JsonObject } from "../../json";
import { isDone, Operation } from "../../operations";
import { Stored } from "../../store";
import { MethodId } from "../../tables/methods";
import { Call } from "../../wire/call";
import { listed } from "./lists";

/** Longer than this no call is held. Source: the reference of `globalOperations.wait`. */
const MAX_WAIT_MS = 120_000;

const SCOPES = ["global", "region", "zone"] as const;

/** Operations are kept where what they change is: globally, in a region, or in a zone. */
export function operationName(target: string): string {
  const scope = target.split("/").slice(0, target.includes("/global/") ? 3 : 4);
  return `${scope.join("/")}/operations/operation-${Date.now()}-${randomUUID()}`;
}

/** Get, list, and wait for the end, of operations of each scope. */
export function operationMethods({ operations }: Cloud): ServiceMethod[] {
  const find = async (call: Call, ms: number) => {
    const name = call.name.replace(/\/wait$/, "");
    const operation = await operations.wait(name, ms);
    if (operation) return operationJson(operation);
    throw new ApiError("NOT_FOUND", `The resource '${name}' was not found`, "notFound");
  };
  return SCOPES.flatMap((scope) => {
    const method = (verb: "get" | "wait", ms: number): ServiceMethod => ({
      id: `compute.${scope}Operations.${verb}` satisfies MethodId,
      about: ({ params: { project = "" } }) => `projects/${project}`,
      handle: (call) => find(call, ms),
    });
    const list: ServiceMethod = {
      id: `compute.${scope}Operations.list` satisfies MethodId,
      handle: (call) => listed(call, operations.below(call.name).map(operationJson)),
    };
    return [method("get", 0), method("wait", MAX_WAIT_MS), list];
  });
}

/** `compute#operation`. An error keeps the code that its call would have been refused with. */
export function operationJson(operation: Stored<Operation>): JsonObject {
  const { name, body } = operation;
  const { method, target, startTime, endTime, error, caller, targetId, requestId } = body;
  const scope = name.slice(0, name.indexOf("/operations/"));
  const link = (path: string) => `https://www.googleapis.com/compute/v1/${path}`;
  const started = new Date(startTime).toISOString();
  return {
    id: numericIdOf(name),
    name: name.slice(name.lastIndexOf("/") + 1),
    operationType: method.slice(method.lastIndexOf(".") + 1),
    targetLink: link(target),
    targetId,
    clientOperationId: requestId,
    user: caller?.replace(/^\w+:/, ""),
    status: isDone(operation) ? "DONE" : "RUNNING",
    progress: isDone(operation) ? 100 : 0,
    insertTime: started,
    startTime: started,
    ...(endTime !== undefined && { endTime: new Date(endTime).toISOString() }),
    ...(scope.includes("/regions/") && { region: link(scope) }),
    ...(scope.includes("/zones/") && { zone: link(scope) }),
    selfLink: link(name),
    ...(error && failure(error)),
  };
}

function failure({ status, message, reason }: NonNullable<Operation["error"]>): JsonObject {
  const { code } = new ApiError(status, message);
  return {
    error: { errors: [{ code: upperSnake(reason ?? status), message }] },
    httpErrorStatusCode: code,
    httpErrorMessage: upperSnake(status).replaceAll("_", " "),
  };
}

function upperSnake(word: string): string {
  return word.replace(/([a-z])([A-Z])/g, "$1_$2").toUpperCase();
}
