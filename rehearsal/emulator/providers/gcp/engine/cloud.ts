import { setTimeout as sleep } from "node:timers/promises";

import { type Dispatcher, EnvHttpProxyAgent, request } from "undici";

import { dressed } from "./clients";
import type { Protocol } from "./protocol";
import { Deadline } from "./timeouts";
import type { Json } from "./json";

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
export class OperationError extends Error {
  /** @param atOnce whether the call that began it answered so; otherwise the provider polled for it */
  constructor(
    message: string,
    readonly atOnce = false,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  /** As the official provider tells it: what was waited for, where it was waited for. */
  during(activity: string): string {
    return this.atOnce ? this.message : `Error waiting for ${activity}: ${this.message}`;
  }
}

/** An operation that the cloud began, and whose end is not known: the cloud went out of reach. */
export class LostOperation extends OperationError {}

const FIRST_PAUSE_MS = 500;
const PAUSE_FACTOR = 1.6;
const MAX_PAUSE_MS = 10_000;
/** Longer than a daemon takes to start again, and short enough for an address that was mistyped. */
const UNREACHABLE_MS = 5_000;

/**
 * HTTP statuses after which the real provider tries again. A quota that is used up is a 403 and
 * final.
 */
const RETRIED = [429, 500, 502, 503];

/** Google's REST APIs. */
export class Cloud {
  /**
   * @param token of the caller
   * @param dispatcher the way there; left out, that which HTTPS_PROXY says
   */
  constructor(
    private readonly token: string | undefined,
    private readonly dispatcher: Dispatcher = new EnvHttpProxyAgent(),
  ) {}

  /**
   * One call, again and again while the cloud is overloaded or something else is being done to the
   * same resource.
   * @param url Google's own, with its host @throws ApiError, OperationError at the deadline
   */
  async call(
    method: string,
    url: string,
    body: Json | undefined,
    deadline: Deadline,
  ): Promise<Json> {
    const start = Date.now();
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * PAUSE_FACTOR, MAX_PAUSE_MS)) {
      try {
        return await this.send(method, url, body);
      } catch (error) {
        if (!isTransient(error, Date.now() - start) || Date.now() + pause > deadline.until) {
          throw error;
        }
      }
      await sleep(pause);
    }
  }

  /** A call that begins an operation, and the wait for its end. @returns what the operation's protocol returns */
  async operate(
    protocol: Protocol,
    method: string,
    url: string,
    body: Json | undefined,
    deadline: Deadline,
  ): Promise<Json> {
    const answer = await this.call(method, url, body, deadline);
    return protocol.finish(this, withoutQuery(url), answer, deadline);
  }

  private async send(method: string, url: string, body: Json | undefined): Promise<Json> {
    const { url: asked, headers } = dressed(url, body !== undefined);
    const { status, text } = await request(asked, {
      method: method as Dispatcher.HttpMethod,
      dispatcher: this.dispatcher,
      headers: {
        ...headers,
        ...(this.token !== undefined && { authorization: `Bearer ${this.token}` }),
      },
      body: body === undefined ? null : JSON.stringify(body),
    })
      .then(async (answer) => ({ status: answer.statusCode, text: await answer.body.text() }))
      .catch((error: unknown) => {
        throw new Unreachable(asked.host, error);
      });
    const json = (text === "" ? {} : JSON.parse(text)) as Json;
    if (status < 300) return json;
    throw refusal(status, text, json);
  }
}

/** Source: google.golang.org/api, googleapi/googleapi.go, `CheckResponse`. */
function refusal(status: number, text: string, { error }: Json): ApiError {
  const { code, message, errors } = (error ?? {}) as {
    code?: number;
    message?: string;
    errors?: Fault[];
  };
  return new ApiError(code ?? status, message ?? text, errors);
}

function withoutQuery(url: string): string {
  return url.replace(/\?.*/, "");
}

/** Nothing answers, be it the host or the proxy before it. */
export class Unreachable extends Error {
  constructor(host: string, error: unknown) {
    const { cause, message } = error as { cause?: { message?: string }; message?: string };
    const why = cause?.message ?? message ?? String(error);
    super(`${host} does not answer: ${why}`);
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
  if (error instanceof ApiError) return error.code === 404;
  return error instanceof Error && error.cause !== undefined && isNotFound(error.cause);
}
