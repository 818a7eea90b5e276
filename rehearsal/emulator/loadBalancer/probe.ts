import * as http from "node:http";
import * as http2 from "node:http2";
import * as https from "node:https";
import * as net from "node:net";

import { Endpoint, HealthCheck } from "../gke/forwarding";

/** How much of an answer a check looks at: `response` in the Compute API. */
const LOOKED_AT_BYTES = 1024;

/** Why an endpoint does not pass a check; undefined where it does. @param end ends the check early */
export async function probe(
  endpoint: Endpoint,
  check: HealthCheck,
  end: AbortSignal,
): Promise<string | undefined> {
  const port = portOf(endpoint, check);
  if (port === undefined) return `no container has a port ${check.port}`;
  const ask = PROBES[check.type];
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), check.timeoutSec * 1000);
  const stop = AbortSignal.any([late.signal, end]);
  try {
    return await ask({ host: endpoint.ip, port, check, stop });
  } catch (error) {
    if (late.signal.aborted) return `no answer within ${check.timeoutSec} s`;
    return (error as { code?: string }).code ?? String(error);
  } finally {
    clearTimeout(timer);
  }
}

function portOf({ port, namedPorts }: Endpoint, check: HealthCheck): number | undefined {
  if (check.port === undefined) return port;
  return typeof check.port === "number" ? check.port : namedPorts[check.port];
}

interface Question {
  host: string;
  port: number;
  check: HealthCheck;
  stop: AbortSignal;
}

const PROBES: Record<HealthCheck["type"], (question: Question) => Promise<string | undefined>> = {
  TCP: askTcp,
  HTTP: (question) => askHttp(question, http),
  HTTPS: (question) => askHttp(question, https),
  HTTP2: (question) => askHttp2(question, httpHeaders(question), judgeHttp),
  GRPC: (question) => askHttp2(question, GRPC_HEADERS, judgeGrpc, grpcRequest(question.check)),
};

/** "200 (OK)" alone passes: https://cloud.google.com/load-balancing/docs/health-check-concepts#criteria-protocol-http */
function judgeHttp(status: number, body: Buffer, { response }: HealthCheck): string | undefined {
  if (status !== 200) return `answers ${status}`;
  return judgeText(body, response);
}

function judgeText(body: Buffer, wanted: string | undefined): string | undefined {
  if (wanted === undefined || wanted === "") return undefined;
  const start = body.subarray(0, LOOKED_AT_BYTES).toString("latin1");
  return start.includes(wanted) ? undefined : `its answer does not contain "${wanted}"`;
}

function askTcp({ host, port, check, stop }: Question): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ host, port, signal: stop });
    let read = Buffer.alloc(0);
    const end = (answer?: string) => {
      socket.destroy();
      resolve(answer);
    };
    socket.on("error", reject);
    socket.on("close", () => resolve(judgeText(read, check.response)));
    socket.on("connect", () => {
      if (check.request) socket.write(check.request);
      if (!check.response) end();
    });
    socket.on("data", (chunk) => {
      read = Buffer.concat([read, chunk]);
      const answer = judgeText(read, check.response);
      if (answer === undefined || read.length >= LOOKED_AT_BYTES) end(answer);
    });
  });
}

function askHttp(
  { host, port, check, stop }: Question,
  client: typeof http | typeof https,
): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    const headers = check.host === undefined ? {} : { host: check.host };
    const options = { host, port, path: check.requestPath, headers, agent: false, signal: stop };
    const request = client.get({ ...options, rejectUnauthorized: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("error", reject);
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve(judgeHttp(response.statusCode ?? 0, Buffer.concat(chunks), check)),
      );
    });
    request.on("error", reject);
  });
}

function httpHeaders({ host, port, check }: Question): http2.OutgoingHttpHeaders {
  return {
    ":method": "GET",
    ":path": check.requestPath,
    ":authority": check.host ?? `${host}:${port}`,
  };
}

const GRPC_HEADERS = {
  ":method": "POST",
  ":path": "/grpc.health.v1.Health/Check",
  "content-type": "application/grpc",
  te: "trailers",
};

/** HealthCheckRequest of https://github.com/grpc/grpc/blob/master/doc/health-checking.md, in its frame. */
function grpcRequest({ grpcServiceName = "" }: HealthCheck): Buffer {
  const name = Buffer.from(grpcServiceName);
  const field = name.length === 0 ? name : Buffer.concat([Buffer.from([0x0a, name.length]), name]);
  const frame = Buffer.alloc(5);
  frame.writeUInt32BE(field.length, 1);
  return Buffer.concat([frame, field]);
}

/** SERVING: field 1 of the answer has the value 1. */
function judgeGrpc(status: number, body: Buffer): string | undefined {
  if (status !== 200) return `answers ${status}`;
  return body.subarray(5).equals(Buffer.from([0x08, 0x01])) ? undefined : "does not say SERVING";
}

/** Google checks HTTP2 with TLS, and gRPC without. */
function askHttp2(
  { host, port, check, stop }: Question,
  headers: http2.OutgoingHttpHeaders,
  judge: (status: number, body: Buffer, check: HealthCheck) => string | undefined,
  send?: Buffer,
): Promise<string | undefined> {
  return new Promise<string | undefined>((resolve, reject) => {
    const scheme = send ? "http" : "https";
    const session = http2.connect(`${scheme}://${host}:${port}`, { rejectUnauthorized: false });
    const end = (finish: () => void) => {
      session.destroy();
      finish();
    };
    const fail = (error: unknown) => end(() => reject(error as Error));
    session.on("error", fail);
    stop.addEventListener("abort", () => fail(stop.reason), { once: true });
    const stream = session.request(headers);
    let status = 0;
    const chunks: Buffer[] = [];
    stream.on("error", fail);
    stream.on("response", (answer) => (status = Number(answer[":status"])));
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => end(() => resolve(judge(status, Buffer.concat(chunks), check))));
    stream.end(send);
  });
}
