import { setTimeout as sleep } from "node:timers/promises";

import { Deadline, goDuration } from "./timeouts";

/** JSON of Google's APIs. */
export interface Json {
  [key: string]: unknown;
}

/** One of the things that are wrong, as older APIs list them. */
interface Fault {
  reason: string;
  message: string;
}

/** A refusal of the cloud, in the words of Google's Go client, which the real provider prints. */
export class ApiError extends Error {
  readonly reason: string | undefined;

  constructor(
    readonly code: number,
    /** Without code and reason. */
    readonly text: string,
    faults: readonly Fault[] = [],
  ) {
    super(`googleapi: Error ${code}: ${text}${tail(text, faults)}`);
    this.name = "ApiError";
    this.reason = faults[0]?.reason;
  }
}

/** Source: google.golang.org/api, googleapi/googleapi.go, `Error.Error`. */
function tail(text: string, faults: readonly Fault[]): string {
  const [first] = faults;
  if (!first) return "";
  if (faults.length === 1 && first.message === text) return `, ${first.reason}`;
  const lines = faults.map(({ reason, message }) => `Reason: ${reason}, Message: ${message}\n`);
  return `\nMore details:\n${lines.join("")}`;
}

/** An operation that the cloud began and that ended with an error, or did not end in time. */
export class OperationError extends Error {}

/** An operation that the cloud began, and whose end is not known: the cloud went out of reach. */
export class LostOperation extends OperationError {}

const FIRST_PAUSE_MS = 500;
const PAUSE_FACTOR = 1.6;
const MAX_PAUSE_MS = 10_000;
/** Longer than a daemon takes to start again, and short enough for an address that was mistyped. */
const UNREACHABLE_MS = 5_000;
/** The server holds a wait for this long at most. */
const WAIT_SECONDS = 60;

/**
 * HTTP statuses after which the real provider tries again. A quota that is used up is a 403 and
 * final.
 */
const RETRIED = [429, 500, 502, 503];

/** The emulated cloud, by HTTP. */
export class Cloud {
  /** @param url of the cloud, without path @param token of whoever calls; left out, the owner */
  constructor(
    private readonly url: string,
    private readonly token?: string,
  ) {}

  /**
   * One call, again and again while the cloud is overloaded or something else is being done to the
   * same resource. @throws ApiError, OperationError at the deadline
   */
  async call(
    method: string,
    path: string,
    body: Json | undefined,
    deadline: Deadline,
  ): Promise<Json> {
    const start = Date.now();
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * PAUSE_FACTOR, MAX_PAUSE_MS)) {
      try {
        return await this.send(method, path, body);
      } catch (error) {
        if (!isTransient(error, Date.now() - start) || Date.now() + pause > deadline.until)
          throw error;
      }
      await sleep(pause);
    }
  }

  /**
   * A call that begins an operation, and the wait for its end. @returns the operation's response
   */
  async operate(
    method: string,
    path: string,
    body: Json | undefined,
    deadline: Deadline,
  ): Promise<Json> {
    let operation = await this.call(method, path, body, deadline);
    while (operation.done !== true) {
      const left = (deadline.until - Date.now()) / 1000;
      if (left <= 0) throw timeout(deadline);
      const seconds = Math.min(WAIT_SECONDS, left);
      const wait = `/longrunning/v1/${String(operation.name)}:wait`;
      operation = await this.call("POST", wait, { timeout: `${seconds}s` }, deadline).catch(lost);
    }
    const error = operation.error as { message?: string } | undefined;
    if (error) throw new OperationError(String(error.message));
    return (operation.response ?? {}) as Json;
  }

  private async send(method: string, path: string, body: Json | undefined): Promise<Json> {
    const init = {
      method,
      ...(this.token !== undefined && { headers: { authorization: `Bearer ${this.token}` } }),
      ...(body && { body: JSON.stringify(body) }),
    };
    const { ok, json } = await fetch(this.url + path, init)
      .then(async (response) => ({ ok: response.ok, json: (await response.json()) as Json }))
      .catch((error: unknown) => {
        throw new Unreachable(this.url, error);
      });
    if (ok) return json;
    const error = json.error as { code: number; message: string; errors?: Fault[] };
    throw new ApiError(error.code, error.message, error.errors);
  }
}

function lost(error: unknown): never {
  throw error instanceof Unreachable ? new LostOperation(error.message, { cause: error }) : error;
}

function timeout({ seconds }: Deadline): OperationError {
  return new OperationError(
    "timeout while waiting for state to become 'DONE' " +
      `(last state: 'RUNNING', timeout: ${goDuration(seconds)})`,
  );
}

class Unreachable extends Error {
  /** @param error of `fetch`, which says why in its cause */
  constructor(url: string, error: unknown) {
    const { cause, message } = error as { cause?: { message?: string }; message?: string };
    const why = cause?.message ?? message ?? String(error);
    super(`the emulated cloud at ${url} does not answer: ${why}`);
  }
}

function isTransient(error: unknown, elapsed: number): boolean {
  if (error instanceof Unreachable) return elapsed < UNREACHABLE_MS;
  if (!(error instanceof ApiError)) return false;
  return RETRIED.includes(error.code) || isBusy(error);
}

/** Another operation is changing the resource, or one that it needs. */
function isBusy({ reason, text }: ApiError): boolean {
  return (
    reason === "resourceNotReady" ||
    (reason === "failedPrecondition" &&
      text.includes("Please wait and try again once it is done")) ||
    text.includes("has an operation in progress")
  );
}

/** @param error the cloud's, or one that has it as its cause */
export function isNotFound(error: unknown): boolean {
  const refusal = error instanceof ApiError ? error : (error as Error).cause;
  return refusal instanceof ApiError && refusal.code === 404;
}
