import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";

import * as grpc from "@grpc/grpc-js";
import { BinaryReader, BinaryWriter } from "google-protobuf";

import type { Container, HttpGet, ProbeSpec } from "../../world/kinds";
import type { Ask } from "./probes";

/** How a probe asks a container; undefined for a probe that runs a command in it, which cannot be done here. */
export function askOf(spec: ProbeSpec, container: Container, address: string): Ask | undefined {
  const { httpGet, grpc: health, tcpSocket } = spec;
  const portOf = (port: number | string) => numberOfPort(container, port);
  if (httpGet) return (timeoutMs) => getSucceeds(httpGet, address, portOf(httpGet.port), timeoutMs);
  if (health) {
    return (timeoutMs) => isServing(`${address}:${health.port}`, health.service ?? "", timeoutMs);
  }
  if (tcpSocket) return (timeoutMs) => connects(address, portOf(tcpSocket.port), timeoutMs);
  return undefined;
}

/** A port may be named after one that the container declares. */
function numberOfPort({ ports = [] }: Container, port: number | string): number {
  if (typeof port === "number") return port;
  return ports.find(({ name }) => name === port)?.containerPort ?? Number(port);
}

/** Every status from 200 to 399 is a success. */
function getSucceeds(
  { path = "/", scheme = "HTTP", httpHeaders = [] }: HttpGet,
  host: string,
  port: number,
  timeout: number,
): Promise<boolean> {
  const headers = Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value]));
  const options = { host, port, path, headers, agent: false as const, rejectUnauthorized: false };
  return new Promise((resolve) => {
    const request = (scheme === "HTTPS" ? https : http).get(
      { ...options, signal: AbortSignal.timeout(timeout) },
      (response) => {
        response.resume();
        const { statusCode = 0 } = response;
        resolve(statusCode >= 200 && statusCode < 400);
      },
    );
    request.on("error", () => resolve(false));
  });
}

/** `grpc.health.v1.Health/Check`: a request has one text, an answer one number. */
const CHECK = "/grpc.health.v1.Health/Check";
const SERVING = 1;

function isServing(target: string, service: string, timeout: number): Promise<boolean> {
  const client = new grpc.Client(target, grpc.credentials.createInsecure());
  return new Promise<boolean>((resolve) => {
    const deadline = Date.now() + timeout;
    client.makeUnaryRequest(
      CHECK,
      writeService,
      readStatus,
      service,
      { deadline },
      (error, status) => resolve(!error && status === SERVING),
    );
  }).finally(() => client.close());
}

function writeService(service: string): Buffer {
  const writer = new BinaryWriter();
  writer.writeString(1, service);
  return Buffer.from(writer.getResultBuffer());
}

function readStatus(bytes: Buffer): number {
  const reader = new BinaryReader(bytes);
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) return reader.readEnum();
    reader.skipField();
  }
  return 0;
}

function connects(host: string, port: number, timeout: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ host, port, timeout });
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket
      .on("connect", () => end(true))
      .on("timeout", () => end(false))
      .on("error", () => end(false));
  });
}
