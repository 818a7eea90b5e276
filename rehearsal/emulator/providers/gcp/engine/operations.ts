import { setTimeout as sleep } from "node:timers/promises";

import { ApiError, LostOperation, OperationError, Unreachable } from "./cloud";
import { Json } from "./json";
import { failureOfCompute, isNotReady } from "./computeErrors";
import { Deadline, goDuration } from "./timeouts";
import type { Calls, Protocol } from "./protocol";

/**
 * The official provider asks every 2 to 10 s. This one asks sooner, since operations here take as long as the emulated
 * cloud's time scale says.
 */
const FIRST_PAUSE_MS = 20;
const MAX_PAUSE_MS = 1_000;
/** So often in a row an operation may be unknown. */
const NOT_FOUND_CHECKS = 20;

/** How an operation stands, in its API's words. */
interface Rules {
  /** Where it is asked for. */
  poll: string;
  state(operation: Json): string;
  pending: string[];
  target: string;
  /** @returns why it failed, also where it has not ended */
  failure(operation: Json): string | undefined;
  /** Whether what an answer says is not its last word. */
  isPassing?(operation: Json): boolean;
  /** Whether an operation that is not found may still turn up. */
  mayBeLate: boolean;
}

/**
 * Compute Engine: asked for at the place that the answer says, among the operations of the call's project.
 * Source: compute_operation.go of terraform-provider-google-beta, 93c65b2d60.
 */
export const computeOperations: Protocol = {
  finish(cloud, url, answer, deadline) {
    const [root = ""] = /^.*\/projects\/[^/]+/.exec(url) ?? [];
    const place = ["zone", "region"].find((key) => typeof answer[key] === "string");
    const scope = place ? `${place}s/${lastPart(answer[place])}` : "global";
    const rules: Rules = {
      poll: `${root}/${scope}/operations/${String(answer.name)}`,
      state: ({ status }) => String(status),
      pending: ["PENDING", "RUNNING"],
      target: "DONE",
      failure: failureOfCompute,
      isPassing: isNotReady,
      mayBeLate: true,
    };
    return ended(cloud, answer, rules, deadline);
  },
};

/** Kubernetes Engine: what fails says so in `statusMessage`, and only there. Source: container_operation.go of the same. */
export const containerOperations: Protocol = {
  finish(cloud, url, answer, deadline) {
    const [root = ""] = /^.*\/locations\/[^/:]+/.exec(url) ?? [];
    const pending = ["PENDING", "RUNNING"];
    const rules: Rules = {
      poll: `${root}/operations/${String(answer.name)}`,
      state: ({ status }) => String(status),
      pending,
      target: "DONE",
      failure: ({ status, statusMessage }) =>
        pending.includes(String(status)) ? undefined : (statusMessage as string) || undefined,
      mayBeLate: true,
    };
    return ended(cloud, answer, rules, deadline);
  },
};

/** `google.longrunning.Operation`, asked for by its name at the same host. @param version where it is not that of the call */
export function longrunning(version?: string): Protocol {
  return {
    async finish(cloud, url, answer, deadline) {
      const [, host = "", own = ""] = /^(https:\/\/[^/]+)\/([^/]+)/.exec(url) ?? [];
      const rules: Rules = {
        poll: `${host}/${version ?? own}/${String(answer.name)}`,
        // One without a name is done.
        state: ({ name, done }) => `done: ${String(done === true || !name)}`,
        pending: ["done: false"],
        target: "done: true",
        failure: ({ error }) => (error ? statusText(error) : undefined),
        mayBeLate: true,
      };
      const last = await ended(cloud, answer, rules, deadline);
      return (last.response ?? {}) as Json;
    },
  };
}

export const longrunningOperations = longrunning();

/** Cloud DNS: the answer is the resource itself. */
export const immediate: Protocol = { finish: async (_cloud, _url, answer) => answer };

/** A change of records: asked for once at least, whatever its first answer says. Source: dns_change.go of the same. */
export const dnsChanges: Protocol = {
  finish(cloud, url, answer, deadline) {
    const rules: Rules = {
      poll: `${url}/${String(answer.id)}`,
      state: ({ status }) => String(status),
      pending: ["pending"],
      target: "done",
      failure: () => undefined,
      mayBeLate: false,
    };
    return ended(cloud, { ...answer, status: "pending" }, rules, deadline);
  },
};

/** Source: tpgresource/common_operation.go of the same. */
async function ended(
  cloud: Calls,
  begun: Json,
  { poll, state, pending, target, failure, isPassing, mayBeLate }: Rules,
  deadline: Deadline,
): Promise<Json> {
  if (state(begun) === target) {
    const why = failure(begun);
    if (why !== undefined) throw new OperationError(why, true);
    return begun;
  }
  let last = state(begun);
  let notFound = 0;
  for (let pause = 0; ; pause = Math.min(pause * 2 || FIRST_PAUSE_MS, MAX_PAUSE_MS)) {
    if (Date.now() > deadline.until) throw timeout(deadline, last, target);
    if (pause > 0) await sleep(pause);
    const operation = await cloud
      .call("GET", poll, undefined, deadline)
      .catch((error: unknown) => missing(error, mayBeLate));
    if (!operation || isPassing?.(operation)) {
      pause = 0;
      if (++notFound <= NOT_FOUND_CHECKS) continue;
      throw new OperationError(`couldn't find resource (${notFound} retries)`);
    }
    notFound = 0;
    last = state(operation);
    const why = failure(operation);
    if (why !== undefined) throw new OperationError(why);
    if (last === target) return operation;
    if (pending.includes(last)) continue;
    const met = `unexpected state '${last}', wanted target '${target}'`;
    throw new OperationError(`${met}. last error: %!s(<nil>)`);
  }
}

/** @returns nothing where an operation is not known yet */
function missing(error: unknown, mayBeLate: boolean): undefined {
  if (error instanceof Unreachable) {
    throw new LostOperation(error.message, false, { cause: error });
  }
  if (!(error instanceof ApiError)) throw error;
  if (!mayBeLate) throw new OperationError(error.message, false, { cause: error });
  if (error.code === 404) return undefined;
  throw new OperationError(`error while retrieving operation: ${error.message}`, false, {
    cause: error,
  });
}

function timeout({ seconds }: Deadline, last: string, target: string): OperationError {
  return new OperationError(
    `timeout while waiting for state to become '${target}' ` +
      `(last state: '${last}', timeout: ${goDuration(seconds)})`,
  );
}

function statusText(error: unknown): string {
  const { code = 0, message = "" } = error as { code?: number; message?: string };
  return `Error code ${code}, message: ${message}`;
}

function lastPart(link: unknown): string {
  const text = String(link);
  return text.slice(text.lastIndexOf("/") + 1);
}
