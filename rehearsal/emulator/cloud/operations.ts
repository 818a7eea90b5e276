import { Clock } from "./clock";
import { ApiError, ErrorStatus } from "./errors";
import { JsonObject } from "./json";
import { Kind } from "./kinds";
import { Store, Stored } from "./store";
import { messageOf } from "../../toolchain/errors";

/** What an operation is about. */
export interface Beginning extends JsonObject {
  /** Id of the method that began it, and the version of the API that it was called in. */
  method: string;
  version: string;
  verb: string;
  /** What the service calls it, where its method does not say so. */
  title?: string;
  /** Type and name of the resource that it changes. */
  type: string;
  target: string;
  /** What it takes on the real cloud. */
  seconds: number;
  /** Who began it: `user:x@example.com`. */
  caller?: string;
  /** The number of the resource, where its service gives resources numbers. */
  targetId?: string;
  /** Identifies its call when a client sends it again. */
  requestId?: string;
}

/** A long-running operation as it is kept; each service shows it in a format of its own. */
export interface Operation extends Beginning {
  startTime: number;
  endTime?: number;
  error?: { status: ErrorStatus; message: string; reason?: string };
  /** The resource as it is now; empty if it is deleted. */
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
  commit(target: string, result: JsonObject | undefined, operation: Operation): JsonObject;
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

  /**
   * Starts an operation on a resource that is already in the store.
   * @param name its own, as its service names operations: `projects/p/global/operations/operation-1`
   */
  begin(name: string, beginning: Beginning): Stored<Operation> {
    const operation = this.store.put(OPERATION, name, {
      ...beginning,
      startTime: this.clock.now(),
    });
    this.store.setOperation(beginning.type, beginning.target, name);
    void this.run(operation, false);
    return operation;
  }

  get(name: string): Stored<Operation> | undefined {
    return this.store.get(OPERATION, name);
  }

  /** Those of a collection, such as `projects/p/locations/-/operations`. */
  below(name: string): Stored<Operation>[] {
    return this.store.listIn(OPERATION, name);
  }

  /** The one that an earlier call with the same id has begun by the same method. */
  begunBy(method: string, requestId: string): Stored<Operation> | undefined {
    const all = this.store.list(OPERATION);
    return all.find(({ body }) => body.method === method && body.requestId === requestId);
  }

  /** The operation that is changing a resource now. */
  runningOn(resource: Stored | undefined): Stored<Operation> | undefined {
    return resource?.operation === undefined ? undefined : this.get(resource.operation);
  }

  /** The operation as the call that began it shows it. */
  async shortly(operation: Stored<Operation>): Promise<Stored<Operation>> {
    return (await this.wait(operation.name, GRACE_MS)) ?? operation;
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
      else if (endTime < this.clock.now() - KEPT_MS) {
        this.store.delete(operation.type, operation.name);
      }
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
      operation.body.response = handler.commit(target, result, operation.body);
    } catch (error) {
      // Work that is cut off by the daemon's own end has not failed: the next daemon does it again.
      if (this.closed) return;
      const failure = asApiError(error);
      const { status, message, reason } = failure;
      operation.body.error = { status, message, reason };
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

function asApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError("INTERNAL", messageOf(error));
}
