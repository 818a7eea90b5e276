import { setTimeout as sleep } from "node:timers/promises";

import { type Operation, operationIn } from "./operations";
import { Refusal } from "./refusal";
import type { Transport } from "./transport";
import type { Json } from "./json";

const FIRST_WAIT_MS = 20;
const LONGEST_WAIT_MS = 1000;
const LIMIT_MS = 120_000;

/** Google's REST, for what our own hands do. It never tries again, so that a refusal is seen. */
export class Google {
  constructor(private readonly transport: Transport) {}

  /**
   * One call, as with `gcloud ... --async`.
   * @param url Google's own: `https://compute.googleapis.com/compute/v1/...`
   * @returns what was asked for, or the operation that it began @throws Refusal
   */
  async call(verb: string, url: string, body?: object): Promise<Json> {
    const { status, json } = await this.transport({ verb, url, body });
    if (status < 300) return json;
    const { message } = (json.error ?? {}) as { message?: string };
    throw new Refusal(status, message ?? JSON.stringify(json));
  }

  /** A call, and the wait for the end of its operation. @returns what was asked for or made @throws Refusal */
  async run(verb: string, url: string, body?: object): Promise<Json> {
    return this.finish(url, await this.call(verb, url, body));
  }

  /**
   * Waits for the end of an operation, as its API wants it waited for.
   * @param url of the call that began it @param answer of that call; anything but an operation is done
   * @returns what was made, empty where it is gone @throws Refusal where it failed
   */
  async finish(url: string, answer: Json): Promise<Json> {
    const operation = operationIn(url, answer);
    if (!operation) return answer;
    const { made, response } = await this.ended(operation);
    return made === undefined ? response : this.call("GET", made);
  }

  private async ended(begun: Operation): Promise<Operation> {
    const deadline = Date.now() + LIMIT_MS;
    let operation = begun;
    for (let wait = FIRST_WAIT_MS; !operation.done; wait = Math.min(2 * wait, LONGEST_WAIT_MS)) {
      if (Date.now() > deadline) throw new Error(`${operation.name} is not done`);
      const { verb, url } = operation.poll;
      const next = operationIn(begun.url, await this.call(verb, url));
      if (!next) throw new Error(`${verb} ${url} answered no operation`);
      operation = next;
      if (!operation.done) await sleep(wait);
    }
    if (operation.failure) throw operation.failure;
    return operation;
  }
}
