import * as http from "node:http";
import * as https from "node:https";

import { getProxyForUrl } from "proxy-from-env";

import type { Answer, Outcome, Question } from "./question";

/** More than any answer to these questions: what is longer comes from something that is not a model server. */
const MOST_CHARACTERS = 1_000_000;

/** What the system's codes mean to a user. */
const CODES: Record<string, string> = {
  ECONNREFUSED: "the connection was refused",
  ECONNRESET: "the connection was closed too early",
  EHOSTUNREACH: "the address cannot be reached",
  ENETUNREACH: "the address cannot be reached",
  ENOTFOUND: "the name is unknown here",
  EAI_AGAIN: "the name is unknown here",
  ETIMEDOUT: "nothing accepted the connection",
};

/**
 * Asks, through the proxy that `http_proxy` names, as curl does. Never throws: an answer that does not come, or not
 * whole, is what a check is about.
 * @param url of the gateway, without a path
 * @param seconds for all of the answer
 */
export async function ask(url: string, question: Question, seconds: number): Promise<Outcome> {
  const late = `it did not end within ${seconds} s`;
  const timeout = AbortSignal.timeout(seconds * 1000);
  const why = (error: unknown) =>
    timeout.aborted ? late : wordsOfError(error as NodeJS.ErrnoException);
  let response: http.IncomingMessage;
  try {
    response = await send(new URL(question.path, url), question, timeout);
  } catch (error) {
    return { none: timeout.aborted ? `no answer within ${seconds} s` : why(error) };
  }
  const [type = ""] = (response.headers["content-type"] ?? "").split(";");
  const answer: Answer = { status: response.statusCode ?? 0, type: type.trim(), text: "" };
  try {
    for await (const piece of response.setEncoding("utf8")) {
      answer.text += String(piece);
      if (answer.text.length > MOST_CHARACTERS) throw new Error("it is longer than 1 MB");
    }
  } catch (error) {
    answer.cut = why(error);
  }
  return answer;
}

function send(
  url: URL,
  { method, headers = {}, body }: Question,
  signal: AbortSignal,
): Promise<http.IncomingMessage> {
  const { target, client, proxied } = wayTo(url);
  return new Promise((resolve, reject) => {
    // A connection of its own: one that the gateway has closed meanwhile would look like a gateway that is down.
    const options = {
      method,
      headers: { ...headers, ...proxied },
      signal,
      agent: false,
      ...target,
    };
    client.request(options, resolve).on("error", reject).end(body);
  });
}

/** RFC 9112, 3.2.2: a client asks a proxy for the whole URL. */
function wayTo(url: URL) {
  const proxy = getProxyForUrl(url.href);
  if (proxy === "") {
    const { hostname: host, port, pathname: path } = url;
    return { client: http, target: { host, port, path }, proxied: {} };
  }
  const { protocol, hostname: host, port, username, password } = new URL(proxy);
  const key = Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`);
  return {
    client: protocol === "https:" ? https : http,
    target: { host, port, path: url.href },
    proxied: {
      host: url.host,
      ...(username && { "proxy-authorization": `Basic ${key.toString("base64")}` }),
    },
  };
}

function wordsOfError({ code = "", message }: NodeJS.ErrnoException): string {
  return CODES[code] ?? message;
}
