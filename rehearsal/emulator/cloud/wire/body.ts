import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import * as zlib from "node:zlib";

import { ApiError } from "../errors";
import { isObject, Json, JsonObject } from "../json";
import { messageOf } from "../../../toolchain/errors";

const gunzip = promisify<Buffer, zlib.ZlibOptions, Buffer>(zlib.gunzip);

/**
 * What Google's libraries for Node.js send where a call has nothing to say, and Google takes: it is how their samples wait
 * for operations of Compute Engine. Source: `encodeRequest` in fallbackRest.js of google-gax 5.0.8.
 */
const NOTHING = ["", '""'];

/** Larger than any request that makes a resource. */
const MAX_BYTES = 10 * 1024 * 1024;

/**
 * The JSON object that a request carries; empty where it carries nothing.
 * @throws ApiError 400 if it is invalid, 413 if it is too large
 */
export async function readBody(request: IncomingMessage): Promise<JsonObject> {
  const text = await readText(request);
  if (NOTHING.includes(text)) return {};
  const body = parse(text);
  if (isObject(body)) return body;
  throw new ApiError(
    "INVALID_ARGUMENT",
    "Invalid JSON payload received. Root element must be a message.",
  );
}

async function readText(request: IncomingMessage): Promise<string> {
  const sent = await readAll(request);
  const isPacked = request.headers["content-encoding"] === "gzip";
  return (isPacked ? await unpack(sent) : sent).toString("utf8");
}

/** Takes in all that is sent, for a client that is cut off while it sends does not see why. Too much is not kept. */
async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += (chunk as Buffer).length;
      if (size <= MAX_BYTES) chunks.push(chunk as Buffer);
    }
  } catch {
    throw unreadable();
  }
  if (size > MAX_BYTES) throw tooLarge();
  return Buffer.concat(chunks);
}

async function unpack(sent: Buffer): Promise<Buffer> {
  try {
    return await gunzip(sent, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    throw (error as { code?: string }).code === "ERR_BUFFER_TOO_LARGE" ? tooLarge() : unreadable();
  }
}

function unreadable(): ApiError {
  return new ApiError("INVALID_ARGUMENT", "The request's body could not be read.");
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
    const why = messageOf(error);
    throw new ApiError("INVALID_ARGUMENT", `Invalid JSON payload received. ${why}`);
  }
}
