import type { IncomingMessage } from "node:http";
import { createGunzip } from "node:zlib";

import { ApiError } from "../errors";
import { isObject, Json, JsonObject } from "../json";

/** Larger than any request that makes a resource. */
const MAX_BYTES = 10 * 1024 * 1024;

/**
 * The JSON object that a request carries; empty where it carries nothing.
 * @throws ApiError 400 for what is none, 413 for what is too large
 */
export async function readBody(request: IncomingMessage): Promise<JsonObject> {
  const text = await readText(request);
  if (text === "") return {};
  const body = parse(text);
  if (isObject(body)) return body;
  throw new ApiError(
    "INVALID_ARGUMENT",
    "Invalid JSON payload received. Root element must be a message.",
  );
}

async function readText(request: IncomingMessage): Promise<string> {
  const isZipped = request.headers["content-encoding"] === "gzip";
  const stream = isZipped ? request.pipe(createGunzip()) : request;
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      size += (chunk as Buffer).length;
      if (size > MAX_BYTES) throw tooLarge();
      chunks.push(chunk as Buffer);
    }
  } catch (error) {
    if (error instanceof ApiError) throw error;
    throw new ApiError("INVALID_ARGUMENT", "The request's body could not be read.");
  }
  return Buffer.concat(chunks).toString("utf8");
}

function tooLarge(): ApiError {
  return new ApiError(
    "PAYLOAD_TOO_LARGE",
    `Request payload size exceeds the limit: ${MAX_BYTES} bytes.`,
  );
}

function parse(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new ApiError("INVALID_ARGUMENT", `Invalid JSON payload received. ${why}`);
  }
}
