import * as http from "node:http";
import type { AddressInfo } from "node:net";

import { GitHub } from "../../../operations/github/client";

/** A comment or an issue, as GitHub keeps it. */
export interface Kept {
  id: number;
  number?: number;
  body: string;
  title?: string;
  state?: string;
  user: { type: string };
  pull_request?: object;
}

/**
 * A repository on GitHub, with the paths, pages and refusals that commands meet. Source:
 * https://docs.github.com/en/rest/issues
 */
export class FakeGitHub {
  comments: Kept[] = [];
  issues: Kept[] = [];
  head: { sha: string; repo: { full_name: string } | null } = {
    sha: "abc123",
    repo: { full_name: "o/r" },
  };
  /** Status and message with which a method is answered. */
  refusals: Record<string, [number, string]> = {};
  /** Calls, as `GET pulls/7`. */
  readonly calls: string[] = [];
  private readonly server = http.createServer((request, response) => {
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const [status, answer] = this.answer(request, text);
      response.writeHead(status, { "content-type": "application/json" });
      response.end(typeof answer === "string" ? answer : JSON.stringify(answer));
    });
  });

  static async start(): Promise<FakeGitHub> {
    const fake = new FakeGitHub();
    await new Promise<void>((resolve) => fake.server.listen(0, "127.0.0.1", resolve));
    fake.url = `http://127.0.0.1:${(fake.server.address() as AddressInfo).port}`;
    return fake;
  }

  url = "";

  get client(): GitHub {
    return new GitHub({ api: this.url, token: "secret", repository: "o/r" });
  }

  stop(): Promise<void> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(() => resolve()));
  }

  private answer(request: http.IncomingMessage, text: string): [number, unknown] {
    const { pathname, searchParams } = new URL(request.url ?? "", this.url);
    const path = pathname.replace("/repos/o/r/", "");
    const call = `${request.method ?? ""} ${path}`;
    this.calls.push(call);
    const [status, message] = this.refusals[call] ?? this.refusals[request.method ?? ""] ?? [];
    if (status !== undefined) return [status, { message }];
    if (request.headers.authorization !== "Bearer secret") {
      return [401, { message: "Bad credentials" }];
    }
    const body = (text === "" ? {} : JSON.parse(text)) as Partial<Kept>;
    return this.serve(call, body, searchParams) ?? [404, { message: "Not Found" }];
  }

  private serve(
    call: string,
    body: Partial<Kept>,
    query: URLSearchParams,
  ): [number, unknown] | undefined {
    const bot = { type: "Bot" };
    const [, patched] = /^PATCH issues\/(comments\/)?\d+$/.exec(call) ?? [];
    if (call.startsWith("PATCH issues/")) {
      const id = Number(/\d+$/.exec(call)?.[0]);
      const list = patched ? this.comments : this.issues;
      const kept = list.find((each) => (patched ? each.id : each.number) === id);
      return kept && [200, Object.assign(kept, body)];
    }
    if (/^POST issues\/\d+\/comments$/.test(call)) {
      this.comments.push({ id: 9000 + this.comments.length, body: "", user: bot, ...body });
      return [201, {}];
    }
    switch (call) {
      case "GET pulls/7":
        return [200, { number: 7, head: this.head }];
      case "GET issues/7/comments":
        return [200, page(this.comments, query)];
      case "GET issues":
        return [
          200,
          page(
            this.issues.filter(({ state }) => state !== "closed"),
            query,
          ),
        ];
      case "POST issues":
        this.issues.push({ id: 1, number: 4, body: "", state: "open", user: bot, ...body });
        return [201, { number: 4 }];
      default:
        return undefined;
    }
  }
}

function page(all: Kept[], query: URLSearchParams): Kept[] {
  const [size, number] = [Number(query.get("per_page")), Number(query.get("page"))];
  return all.slice(size * (number - 1), size * number);
}
