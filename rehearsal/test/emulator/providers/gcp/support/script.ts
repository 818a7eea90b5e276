import { MockAgent } from "undici";

import { StandIn } from "./standIn";
import { Sent } from "./recorder";

/** What is answered: a status with a body, or a body alone. */
export type Reply = { status: number; json: object } | { json: object };
/** By verb and path without host and query: `GET /v1/projects/p`. A list is answered one after the other, the last for good. */
export type Script = Record<string, Reply | Reply[]>;

/** The stand-in before a Google that answers by the script, and 404 where it says nothing. */
export class ScriptedStandIn extends StandIn {
  private readonly sent: Sent[] = [];
  private readonly agent = new MockAgent();

  constructor(private readonly script: Script) {
    const agent = new MockAgent();
    super(undefined, { GOOGLE_OAUTH_ACCESS_TOKEN: "t" }, agent);
    this.agent = agent;
    agent.disableNetConnect();
    agent
      .get(/^https:/)
      .intercept({ path: () => true, method: () => true })
      .reply(({ origin, path, method, body }) => {
        const call = `${method} ${String(origin)}${path}`;
        this.sent.push(typeof body === "string" ? [call, JSON.parse(body)] : [call]);
        const { status, json } = this.answer(`${method} ${path.replace(/\?.*/, "")}`);
        return { statusCode: status, data: JSON.stringify(json) };
      })
      .persist();
  }

  /** What was sent since it was asked last. */
  taken(): Sent[] {
    return this.sent.splice(0);
  }

  async close(): Promise<void> {
    await this.agent.close();
  }

  private answer(call: string): { status: number; json: object } {
    const replies = this.script[call];
    const next = Array.isArray(replies)
      ? replies.length > 1
        ? replies.shift()
        : replies[0]
      : replies;
    return { status: 200, ...(next ?? refusal(404, "not there", "notFound")) };
  }
}

/** As Google's older APIs refuse. */
export function refusal(code: number, message: string, reason: string): Reply {
  return { status: code, json: { error: { code, message, errors: [{ reason, message }] } } };
}
