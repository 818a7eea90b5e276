import { randomUUID } from "node:crypto";

import { Clock } from "./clock";
import { ApiError } from "./errors";
import { JsonObject } from "./json";
import { Kind } from "./kinds";
import { projectOf } from "./names";
import { Store, Stored } from "./store";

/** A long-running operation as it is kept. */
export interface Operation extends JsonObject {
  verb: string;
  /** Type and name of the resource that it changes. */
  type: string;
  target: string;
  startTime: number;
  /** What it takes on the real cloud. */
  seconds: number;
  endTime?: number;
  error?: JsonObject;
  response?: JsonObject;
}

const OPERATION: Kind<Operation> = { type: "longrunning.googleapis.com/Operation" };

/** What the operations of one type and verb do. */
export interface OperationHandler {
  /**
   * The part that takes time of its own. Called again when a daemon resumes an operation that a
   * killed one had begun.
   * @returns what `commit` is given
   */
  work?(target: string, resumed: boolean): Promise<JsonObject | undefined>;
  /** Makes the result visible. @returns the operation's response */
  commit(target: string, result: JsonObject | undefined): JsonObject;
  /** Leaves the resource as a failed operation leaves it on the real cloud. */
  fail?(target: string, error: ApiError): void;
}

/** How long finished operations can still be asked for. */
const KEPT_MS = 60 * 60 * 1000;
/**
 * An operation that is done within this time is answered as done, which saves the caller another
 * call.
 */
const GRACE_MS = 10;

/**
 * Long-running operations. One is done when its real duration times the time scale has passed and
 * its work is done. They are kept in the store: an operation that a killed daemon had begun is
 * finished by the next.
 */
export class Operations {
  private readonly handlers = new Map<string, OperationHandler>();
  private readonly waiting = new Set<() => void>();
  private closed = false;

  constructor(
    private readonly store: Store,
    private readonly clock: Clock,
  ) {}

  register(type: string, verb: string, handler: OperationHandler): void {
    this.handlers.set(`${type} ${verb}`, handler);
  }

  /** Starts an operation on a resource that is already in the store. */
  begin(type: string, verb: string, target: string, seconds: number): Stored<Operation> {
    const name = `projects/${projectOf(target)}/operations/operation-${randomUUID()}`;
    const body = { verb, type, target, startTime: this.clock.now(), seconds };
    const operation = this.store.put(OPERATION, name, body);
    this.store.setOperation(type, target, name);
    void this.run(operation, false);
    return operation;
  }

  get(name: string): Stored<Operation> | undefined {
    return this.store.get(OPERATION, name);
  }

  /** The operation that is changing a resource now. */
  runningOn(resource: Stored | undefined): Stored<Operation> | undefined {
    return resource?.operation === undefined ? undefined : this.get(resource.operation);
  }

  /** What a call that began an operation returns. */
  async answer(operation: Stored<Operation>): Promise<JsonObject> {
    return operationJson((await this.wait(operation.name, GRACE_MS)) ?? operation);
  }

  /** Ends when the operation does, at the latest after `ms`. */
  async wait(name: string, ms: number): Promise<Stored<Operation> | undefined> {
    const deadline = Date.now() + ms;
    for (;;) {
      const operation = this.get(name);
      const left = deadline - Date.now();
      if (!operation || isDone(operation) || left <= 0 || this.closed) return operation;
      await this.pause(left);
    }
  }

  /** Takes up what an earlier daemon left unfinished, and forgets what is long finished. */
  resume(): void {
    for (const operation of this.store.list(OPERATION)) {
      const { endTime } = operation.body;
      if (endTime === undefined) void this.run(operation, true);
      else if (endTime < this.clock.now() - KEPT_MS)
        this.store.delete(operation.type, operation.name);
    }
    this.store.flush();
  }

  /** Looks again at who is done: after a change of the time scale. */
  wake(): void {
    for (const resolve of [...this.waiting]) resolve();
  }

  /** Leaves what is under way to the next daemon. */
  close(): void {
    this.closed = true;
    this.wake();
  }

  private async run(operation: Stored<Operation>, resumed: boolean): Promise<void> {
    const { type, verb, target } = operation.body;
    const handler = this.handlers.get(`${type} ${verb}`);
    if (!handler) throw new Error(`no handler for operations "${verb}" on ${type}`);
    try {
      const result = await handler.work?.(target, resumed);
      await this.due(operation.body);
      if (this.closed) return;
      this.store.setOperation(type, target, undefined);
      operation.body.response = handler.commit(target, result);
    } catch (error) {
      // Work that is cut off by the daemon's own end has not failed: the next daemon does it again.
      if (this.closed) return;
      const failure = asApiError(error);
      const { code, message } = failure;
      operation.body.error = { code, message };
      this.store.setOperation(type, target, undefined);
      handler.fail?.(target, failure);
    }
    operation.body.endTime = this.clock.now();
    this.store.put(OPERATION, operation.name, operation.body);
    this.store.flush();
    this.wake();
  }

  private async due({ startTime, seconds }: Operation): Promise<void> {
    for (;;) {
      const left = startTime + seconds * 1000 * this.clock.timeScale() - this.clock.now();
      if (left <= 0 || this.closed) return;
      await this.pause(left);
    }
  }

  /** Until the time is over or `wake` is called. */
  private pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        this.waiting.delete(end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      this.waiting.add(end);
    });
  }
}

export function isDone({ body }: Stored<Operation>): boolean {
  return body.endTime !== undefined;
}

/** `google.longrunning.Operation`: the one format of all services here. */
export function operationJson({ name, body }: Stored<Operation>): JsonObject {
  const { verb, type, target, startTime, endTime, error, response } = body;
  const metadata = {
    verb,
    target: `//${type.split("/")[0]}/${target}`,
    createTime: new Date(startTime).toISOString(),
    ...(endTime !== undefined && { endTime: new Date(endTime).toISOString() }),
  };
  return { name, metadata, done: endTime !== undefined, error, response };
}

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError("INTERNAL", error instanceof Error ? error.message : String(error));
}
