import * as http from "node:http";

import { CertificateAuthority } from "../gke/controlPlane/pki";
import { Callers, OWNER } from "./access/callers";
import { ApiError } from "./errors";
import { Json } from "./json";
import { Router } from "./router";
import { readBody } from "./wire/body";
import { isOlder } from "./wire/documents";
import { openDoor, refusalOf } from "./wire/door";
import { GoogleApis } from "./wire/googleApis";

export interface ServerParts {
  google: GoogleApis;
  /** The emulated cloud's own API. */
  own: Router;
  callers: Callers;
  ca: CertificateAuthority;
}

interface Answer {
  status: number;
  body?: Json;
}

/**
 * Serves the cloud's own API over HTTP on 127.0.0.1, and Google's APIs to whoever takes it as a proxy. A `port` that is
 * taken is replaced by a free one.
 */
export async function serve(
  parts: ServerParts,
  port: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    void answerOwn(parts, request).then((answer) => send(response, answer));
  });
  // A connection that the server ends while a client is sending on it is an error for the client.
  server.keepAliveTimeout = 0;
  const door = await openDoor(server, parts.ca, (request, response) => {
    void answerGoogle(parts, request).then((answer) => send(response, answer));
  });
  await listen(server, port).catch(() => listen(server, 0));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        door.close();
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

async function answerGoogle(
  { google }: ServerParts,
  request: http.IncomingMessage,
): Promise<Answer> {
  const { verb, host, pathname, query, authorization } = partsOf(request);
  return refusing(`${verb} ${host}${pathname}`, isOlder(host), async () => {
    const body = await readBody(request);
    return google.answer({ host, verb, pathname, query, body, authorization });
  });
}

async function answerOwn(
  { own, callers }: ServerParts,
  request: http.IncomingMessage,
): Promise<Answer> {
  const { verb, pathname, authorization } = partsOf(request);
  return refusing(`${verb} ${pathname}`, false, async () => {
    const target = request.url ?? "/";
    if (!target.startsWith("/")) throw new ApiError("PERMISSION_DENIED", refusalOf(target).trim());
    const body = await readBody(request);
    const { route, params } = own.find(verb, pathname);
    const caller = authorization === undefined ? OWNER : callers.of(authorization);
    return { status: 200, body: await route.handle({ params, body, caller }) };
  });
}

function partsOf({ method: verb = "GET", headers, url = "/" }: http.IncomingMessage) {
  const host = (headers.host ?? "").replace(/:\d+$/, "");
  const { pathname, searchParams: query } = new URL(url, "http://cloud");
  return { verb, host, pathname, query, authorization: headers.authorization };
}

async function refusing(
  call: string,
  older: boolean,
  work: () => Promise<Answer>,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    const refusal = error instanceof ApiError ? error : internal(call, error);
    return { status: refusal.code, body: refusal.toJson(older) };
  }
}

function internal(call: string, error: unknown): ApiError {
  console.error(`${call}:`, error);
  return new ApiError("INTERNAL", error instanceof Error ? error.message : String(error));
}

function send(response: http.ServerResponse, { status, body }: Answer): void {
  const type = { "content-type": "application/json; charset=UTF-8" };
  response.writeHead(status, body === undefined ? {} : type);
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
