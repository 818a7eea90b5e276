import type { Json } from "./json";
import type { Deadline } from "./timeouts";

/** Calls of Google's APIs. */
export interface Calls {
  call(method: string, url: string, body: Json | undefined, deadline: Deadline): Promise<Json>;
}

/** How the operations of an API are waited for. */
export interface Protocol {
  /**
   * Waits for the end of what a call began.
   * @param url of that call @param answer of that call
   * @returns the last answer @throws OperationError
   */
  finish(cloud: Calls, url: string, answer: Json, deadline: Deadline): Promise<Json>;
}
