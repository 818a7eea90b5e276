import { randomInt } from "node:crypto";
import * as fs from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import * as net from "node:net";

/** Below it, ports have well-known owners. */
const LOWEST = 10_000;
const ATTEMPTS = 100;

/**
 * A free port of 127.0.0.1. Another process may take it before its user does. The kernel does not take
 * it for a connection: a client that calls such a port too early can be connected to itself.
 */
export async function freePort(): Promise<number> {
  for (let i = 0; i < ATTEMPTS; i++) {
    const port = randomInt(LOWEST, firstOfConnections());
    if (await isFree(port)) return port;
  }
  throw new Error(`none of ${ATTEMPTS} ports of 127.0.0.1 is free`);
}

/** Source: ip_local_port_range in the kernel's documentation of `/proc/sys/net/ipv4`. */
function firstOfConnections(): number {
  return Number(fs.readFileSync("/proc/sys/net/ipv4/ip_local_port_range", "utf8").split(/\s/)[0]);
}

export function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/** The port that a file remembers, if it is still free; otherwise a free one, which the file then remembers. */
export async function keptPort(file: string): Promise<number> {
  const known = Number(await readFile(file, "utf8").catch(() => ""));
  if (known > 0 && (await isFree(known))) return known;
  const port = await freePort();
  await writeFile(file, String(port));
  return port;
}
