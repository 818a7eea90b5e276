import { setTimeout as sleep } from "node:timers/promises";

import { Cloud, Json, LostOperation, OperationError, Unreachable } from "./cloud";
import { Deadline, goDuration } from "./timeouts";

/** How the operations of an API are waited for. */
export interface Protocol {
  /**
   * Waits for the end of what a call began.
   * @param url of that call @param answer of that call
   * @returns the last answer @throws OperationError
   */
  finish(cloud: Cloud, url: string, answer: Json, deadline: Deadline): Promise<Json>;
}

/**
 * The official provider asks every 2 to 10 s. This one asks sooner, since operations here take as long as the emulated
 * cloud's time scale says.
 */
const FIRST_PAUSE_MS = 20;
const MAX_PAUSE_MS = 1_000;

/**
 * Compute Engine: asked for at the place that the answer says, among the operations of the call's project.
 * Source: compute_operation.go of terraform-provider-google-beta, 93c65b2d60.
 */
export const computeOperations: Protocol = {
  async finish(cloud, url, answer, deadline) {
    const [root = ""] = /^.*\/projects\/[^/]+/.exec(url) ?? [];
    const place = ["zone", "region"].find((key) => typeof answer[key] === "string");
    const scope = place ? `${place}s/${lastPart(answer[place])}` : "global";
    const poll = `${root}/${scope}/operations/${String(answer.name)}`;
    const last = await polled(cloud, answer, poll, deadline, ({ status }) => status === "DONE");
    const { errors } = (last.error ?? {}) as { errors?: { message: string }[] };
    if (errors) throw new OperationError(errors.map(({ message }) => message).join("\n"));
    return last;
  },
};

/** Kubernetes Engine. Source: container_operation.go of the same. */
export const containerOperations: Protocol = {
  async finish(cloud, url, answer, deadline) {
    const [root = ""] = /^.*\/locations\/[^/:]+/.exec(url) ?? [];
    const poll = `${root}/operations/${String(answer.name)}`;
    const last = await polled(cloud, answer, poll, deadline, ({ status }) => status === "DONE");
    const error = last.error as { message?: string } | undefined;
    if (error) throw new OperationError(String(error.message));
    return last;
  },
};

/** `google.longrunning.Operation`, asked for by its name at the same host and version. */
export const longrunningOperations: Protocol = {
  async finish(cloud, url, answer, deadline) {
    const [root = ""] = /^https:\/\/[^/]+\/[^/]+/.exec(url) ?? [];
    const poll = `${root}/${String(answer.name)}`;
    const last = await polled(cloud, answer, poll, deadline, ({ done }) => done === true);
    const error = last.error as { message?: string } | undefined;
    if (error) throw new OperationError(String(error.message));
    return (last.response ?? {}) as Json;
  },
};

/** Cloud DNS: the answer is the resource itself. */
export const immediate: Protocol = { finish: async (_cloud, _url, answer) => answer };

/** A change of records: asked for once at least, whatever its first answer says. Source: dns_change.go of the same. */
export const dnsChanges: Protocol = {
  async finish(cloud, url, answer, deadline) {
    const poll = `${url}/${String(answer.id)}`;
    const pending = { ...answer, status: "pending" };
    return polled(cloud, pending, poll, deadline, ({ status }) => status === "done");
  },
};

async function polled(
  cloud: Cloud,
  begun: Json,
  url: string,
  deadline: Deadline,
  isDone: (operation: Json) => boolean,
): Promise<Json> {
  let operation = begun;
  for (
    let pause = 0;
    !isDone(operation);
    pause = Math.min(pause * 2 || FIRST_PAUSE_MS, MAX_PAUSE_MS)
  ) {
    if (Date.now() > deadline.until) throw timeout(deadline);
    if (pause > 0) await sleep(pause);
    operation = await cloud.call("GET", url, undefined, deadline).catch(lost);
  }
  return operation;
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

function lastPart(link: unknown): string {
  const text = String(link);
  return text.slice(text.lastIndexOf("/") + 1);
}
