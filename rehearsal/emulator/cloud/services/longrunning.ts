import { ServiceMethod } from "../access/admission";
import { Cloud } from "../cloud";
import { ApiError, ErrorStatus } from "../errors";
import { JsonObject } from "../json";
import { isDone, Operation } from "../operations";
import { Stored } from "../store";
import { MethodId } from "../tables/methods";

/** Numbers of google.rpc.Code, which operations give where calls give an HTTP status. */
const RPC_CODES: Record<ErrorStatus, number> = {
  INVALID_ARGUMENT: 3,
  NOT_FOUND: 5,
  ALREADY_EXISTS: 6,
  PERMISSION_DENIED: 7,
  RESOURCE_EXHAUSTED: 8,
  FAILED_PRECONDITION: 9,
  CONDITION_NOT_MET: 9,
  NOT_MODIFIED: 9,
  PAYLOAD_TOO_LARGE: 3,
  ABORTED: 10,
  UNIMPLEMENTED: 12,
  INTERNAL: 13,
  UNAVAILABLE: 14,
  UNAUTHENTICATED: 16,
};

/** How a service shows its operations: `google.longrunning.Operation`, with messages of its own in it. */
export interface Messages {
  /** `google.cloud.gkehub.v1.OperationMetadata` */
  metadata(operation: Operation, isDone: boolean): JsonObject;
  /** With its `@type`. */
  response(operation: Operation, resource: JsonObject): JsonObject;
}

export function longrunningJson(operation: Stored<Operation>, messages: Messages): JsonObject {
  const { name, body } = operation;
  const { error, response } = body;
  const done = isDone(operation);
  return {
    name,
    metadata: messages.metadata(body, done),
    // False is left out.
    ...(done && { done }),
    ...(error && { error: rpcStatus(error) }),
    ...(done && !error && { response: messages.response(body, response ?? {}) }),
  };
}

/** `google.rpc.Status` */
export function rpcStatus({ status, message }: NonNullable<Operation["error"]>): JsonObject {
  return { code: RPC_CODES[status], message };
}

/** The method by which such an operation is asked for. */
export function getOperation(
  { operations }: Cloud,
  id: MethodId,
  about: (operation: Stored<Operation>) => string,
  show: (operation: Stored<Operation>) => JsonObject,
): ServiceMethod {
  const find = (name: string) => {
    const operation = operations.get(name);
    if (operation) return operation;
    throw new ApiError("NOT_FOUND", `Operation ${name} was not found.`, "notFound");
  };
  return {
    id,
    about: ({ name }) => about(find(name)),
    handle: async ({ name }) => show((await operations.wait(name, 0)) ?? find(name)),
  };
}
