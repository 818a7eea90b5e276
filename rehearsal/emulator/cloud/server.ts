import * as http from "node:http";

import { CertificateAuthority } from "../gke/controlPlane/pki";
import { Callers } from "./access/callers";
import { OWNER } from "./access/caller";
import { ApiError } from "./errors";
import { Json } from "./json";
import { Router } from "./router";
import { readBody } from "./wire/body";
import { isOlder } from "../../toolchain/discoveryDocuments";
import { openProxy, refusalOf } from "./wire/proxy";
import { Vpc } from "./wire/vpc";
import { GoogleApis } from "./wire/googleApis";
import { messageOf } from "../../toolchain/errors";

export interface ServerParts {
  google: GoogleApis;
  /** The emulated cloud's own API. */
  own: Router;
  callers: Callers;
  ca: CertificateAuthority;
  /** Way to the load balancers, where requests reach them. */
  vpc?: Vpc;
}

interface Answer {
  status: number;
  body?: Json;
}

/**
 * Serves the cloud's own API over HTTP on 127.0.0.1, and Google's APIs to clients that use it as a proxy. A `port` that is
 * taken is replaced by a free one.
 */
export async function serve(
  parts: ServerParts,
  port: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    if (parts.vpc && request.url?.startsWith("http://")) {
      parts.vpc.answer(request, response);
      return;
    }
    void answerOwn(parts, request).then((answer) => send(response, answer));
  });
  // A connection that the server ends while a client is sending on it is an error for the client.
  server.keepAliveTimeout = 0;
  const google = (request: http.IncomingMessage, response: http.ServerResponse) => {
    void answerGoogle(parts, request).then((answer) => send(response, answer));
  };
  const proxy = await openProxy(server, parts.ca, google, parts.vpc);
  await listen(server, port).catch(() => listen(server, 0));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        proxy.close();
        parts.vpc?.close();
      }),
  };
}

function listen(server: http.Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

function answerGoogle({ google }: ServerParts, request: http.IncomingMessage): Promise<Answer> {
  const host = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
  return refusing(request, host, async () => {
    const { verb, pathname, query, authorization } = partsOf(request);
    const body = await readBody(request);
    return google.answer({ host, verb, pathname, query, body, authorization });
  });
}

function answerOwn({ own, callers }: ServerParts, request: http.IncomingMessage): Promise<Answer> {
  return refusing(request, "", async () => {
    const target = request.url ?? "";
    if (!target.startsWith("/")) throw new ApiError("PERMISSION_DENIED", refusalOf(target));
    const { verb, pathname, authorization } = partsOf(request);
    const body = await readBody(request);
    const { route, params } = own.find(verb, pathname);
    const caller = authorization === undefined ? OWNER : callers.of(authorization);
    return { status: 200, body: await route.handle({ params, body, caller }) };
  });
}

/** @throws ApiError for an invalid path */
function partsOf({ method: verb = "GET", headers, url: target = "" }: http.IncomingMessage) {
  if (!target.startsWith("/")) throw new ApiError("INVALID_ARGUMENT", `"${target}" is no path.`);
  // As a text, because a path that begins with two slashes would be taken for a host.
  const { pathname, searchParams: query } = new URL(`http://cloud${target}`);
  if (!isEncoded(pathname)) {
    throw new ApiError("INVALID_ARGUMENT", `"${pathname}" is not encoded as URLs are.`);
  }
  return { verb, pathname, query, authorization: headers.authorization };
}

function isEncoded(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/** @param host of Google's, whose format a refusal has */
async function refusing(
  { method, url }: http.IncomingMessage,
  host: string,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const refusal = error instanceof ApiError ? error : internal(`${method} ${host}${url}`, error);
    return { status: refusal.code, body: refusal.toJson(isOlder(host)) };
  }
}

function internal(call: string, error: unknown): ApiError {
  console.error(`${call}:`, error);
  return new ApiError("INTERNAL", messageOf(error));
}

function send(response: http.ServerResponse, { status, body }: Answer): void {
  const type = { "content-type": "application/json; charset=UTF-8" };
  response.writeHead(status, body === undefined ? {} : type);
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
