import type { ApiError } from "./errors";
import type { JsonObject } from "./json";
import type { Operation } from "./operations";
import type { Stored } from "./store";
import type { Call } from "./wire/call";

/** How one of Google's services speaks of its resources. */
export interface Service {
  wording: Wording;
  /** Name of a new operation on a resource: `projects/p/global/operations/operation-1`. */
  operationName(target: string): string;
  /** What a call that began an operation answers. */
  answer(operation: Stored<Operation>): Promise<JsonObject>;
  /** What a list answers. */
  listed(call: Call, items: JsonObject[]): JsonObject;
}

/** How a service phrases refusals that all its collections know. */
export interface Wording {
  exists(name: string): ApiError;
  notFound(name: string): ApiError;
  /** Another operation is changing the resource. */
  busy(name: string, operation: Stored<Operation>): ApiError;
  inUse(noun: string, name: string, user: string): ApiError;
}
