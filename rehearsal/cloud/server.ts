import * as http from "node:http";

import { Callers } from "./access/callers";
import { Calls } from "./admin";
import { ApiError } from "./errors";
import { Faults } from "./faults";
import { isObject, Json, JsonObject } from "./json";
import { Operations } from "./operations";
import { Router } from "./router";
import { Store } from "./store";

export interface ServerParts {
  router: Router;
  store: Store;
  operations: Operations;
  faults: Faults;
  calls: Calls;
  callers: Callers;
}

/**
 * Serves the routes over HTTP with JSON bodies, on 127.0.0.1. A `port` that is taken is replaced by
 * a free one.
 */
export async function serve(
  parts: ServerParts,
  port: number,
): Promise<{ url: string; close(): Promise<void> }> {
  const server = http.createServer((request, response) => {
    void answer(parts, request).then(({ status, json }) => {
      const body = JSON.stringify(json);
      response.writeHead(status, { "content-type": "application/json; charset=UTF-8" });
      response.end(body);
    });
  });
  // A connection that the server ends while a client is sending on it is an error for the client.
  server.keepAliveTimeout = 0;
  await listen(server, port).catch(() => listen(server, 0));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
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

async function answer(
  parts: ServerParts,
  request: http.IncomingMessage,
): Promise<{ status: number; json: Json }> {
  const method = request.method ?? "GET";
  const { pathname, search, searchParams } = new URL(request.url ?? "/", "http://cloud");
  try {
    const body = await readJson(request);
    const { route, params } = parts.router.find(method, pathname);
    const service = pathname.split("/")[1] ?? "";
    if (service !== "admin" && service !== "token") {
      parts.calls.count(service);
      parts.faults.check(describeCall(parts, `${method} ${pathname}${search}`, params, body));
    }
    const caller = parts.callers.of(request.headers.authorization);
    const json = await route.handle({ params, query: searchParams, body, caller });
    parts.store.flush();
    return { status: 200, json };
  } catch (error) {
    if (error instanceof ApiError) return { status: error.code, json: error.toJson() };
    console.error(`${method} ${pathname}:`, error);
    const failure = new ApiError(
      "INTERNAL",
      error instanceof Error ? error.message : String(error),
    );
    return { status: failure.code, json: failure.toJson() };
  }
}

/**
 * A call as it is the same in every run: without the random names of operations, with the name of
 * what it makes.
 */
function describeCall(
  { operations }: ServerParts,
  call: string,
  params: Record<string, string>,
  body: JsonObject,
): string {
  const operation = operations.get(`projects/${params.project}/operations/${params.operation}`);
  if (operation) return `${operation.body.verb} ${operation.body.target}`;
  const parts = [body, ...Object.values(body).filter(isObject)];
  const name = parts.map((part) => part.name ?? part.accountId).find((n) => typeof n === "string");
  return `${call} ${String(name ?? "")}`;
}

async function readJson(request: http.IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString("utf8");
  if (text === "") return {};
  const body = parse(text);
  if (isObject(body)) return body;
  throw new ApiError("INVALID_ARGUMENT", "Invalid JSON payload received. Expected an object.");
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ApiError("INVALID_ARGUMENT", `Invalid JSON payload received. ${why}`);
  }
}
