/** JSON of Google's APIs. */
export type Json = Record<string, unknown>;

/** A call that Google's API refused, or an operation that failed; the message is the API's own. */
export class Refusal extends Error {
  constructor(
    readonly code: number,
    message: string,
  ) {
    super(message);
    this.name = "Refusal";
  }
}

const WAIT = { timeout: "120s" };

/**
 * What `gcloud` does with its arguments: calls of Google's APIs. It never tries again, so that a refusal is seen.
 */
export class Gcloud {
  /** @param url of the emulated cloud, without path */
  constructor(private readonly url: string) {}

  /** One call, as with `--async`. @returns the operation that it began @throws Refusal */
  async start(method: string, path: string, body?: Json): Promise<Json> {
    const response = await fetch(this.url + path, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const json = (await response.json()) as Json;
    if (response.ok) return json;
    const { message } = json.error as { message: string };
    throw new Refusal(response.status, message);
  }

  /** A call, and the wait for the end of its operation. @returns what was made @throws Refusal */
  async run(method: string, path: string, body?: Json): Promise<Json> {
    const answer = await this.start(method, path, body);
    return "metadata" in answer && "done" in answer ? this.finish(answer) : answer;
  }

  /** Waits for an operation that was started. @throws Refusal where it failed */
  async finish(operation: Json): Promise<Json> {
    const path = `/longrunning/v1/${String(operation.name)}:wait`;
    const { done, error, response } = await this.start("POST", path, WAIT);
    if (done !== true) throw new Error(`${String(operation.name)} is not done`);
    if (error) {
      const { code, message } = error as { code: number; message: string };
      throw new Refusal(code, message);
    }
    return (response ?? {}) as Json;
  }
}
