import * as http from "node:http";
import * as net from "node:net";
import type { Duplex } from "node:stream";

import type { ListenerTraffic } from "../../loadBalancer/traffic";
import type { DnsAnswers } from "../services/dns/answers";

/** Where load balancers answer, as far as a client needs it. */
export type Listener = Pick<ListenerTraffic, "address" | "port" | "url">;

export interface VpcOptions {
  /** In the order in which a name with several addresses is answered. */
  listeners: () => Listener[];
  /** What the private zones say. */
  names: () => DnsAnswers[];
}

/** Headers between two neighbours only: RFC 9110, section 7.6.1. */
const HOP_BY_HOP = new Set([
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "transfer-encoding",
  "upgrade",
]);

/**
 * A machine in the VPC: what it is asked for over HTTP, it asks the load balancers, by their addresses or their private
 * names. It is in the region of the first listener.
 */
export class Vpc {
  private readonly open = new Set<Duplex>();

  constructor(private readonly options: VpcOptions) {}

  /** Answers a request for a whole URL, piece by piece as it comes. */
  answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const target = request.url ?? "";
    const found = this.find(URL.canParse(target) ? new URL(target) : undefined);
    if (!found) {
      say(response, 403, this.refusal(target));
      return;
    }
    const { url, listener } = found;
    const upstream = http.request(`${listener.url}${url.pathname}${url.search}`, {
      method: request.method,
      headers: [...passedOn(request.rawHeaders), "host", url.host],
      agent: false,
    });
    upstream.on("response", (answer) => {
      response.writeHead(answer.statusCode ?? 502, passedOn(answer.rawHeaders));
      response.flushHeaders();
      answer.pipe(response);
      // An answer that is cut off must not look like a whole one.
      answer.on("error", () => response.destroy());
    });
    upstream.on("error", (error) => {
      if (response.headersSent) response.destroy();
      else {
        say(response, 502, `The load balancer at ${url.host} does not answer: ${error.message}.`);
      }
    });
    response.on("close", () => upstream.destroy());
    request.on("error", () => upstream.destroy());
    request.pipe(upstream);
  }

  /** Opens a tunnel to a load balancer. @returns false where no load balancer has the target */
  tunnel(target: string, socket: net.Socket, head: Buffer): boolean {
    const url = `http://${target}`;
    const found = this.find(URL.canParse(url) ? new URL(url) : undefined);
    if (!found) return false;
    const upstream = net.connect(Number(new URL(found.listener.url).port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    this.open.add(upstream);
    upstream.on("error", () => socket.destroy());
    upstream.on("close", () => {
      this.open.delete(upstream);
      socket.destroy();
    });
    socket.on("error", () => upstream.destroy()).on("close", () => upstream.destroy());
    return true;
  }

  /** Ends the tunnels. */
  close(): void {
    this.open.forEach((socket) => socket.destroy());
  }

  private find(url: URL | undefined): { url: URL; listener: Listener } | undefined {
    if (url?.protocol !== "http:") return undefined;
    const addresses = this.addressesOf(url.hostname);
    const port = Number(url.port || 80);
    const listener = this.options
      .listeners()
      .find((each) => each.port === port && addresses.includes(each.address));
    return listener && { url, listener };
  }

  private addressesOf(host: string): string[] {
    if (net.isIP(host)) return [host];
    const record = this.options.names().find(({ name }) => name === `${host}.`);
    return Object.values(record?.regions ?? {}).flat();
  }

  private refusal(target: string): string {
    const known = this.options.listeners().map(({ address, port }) => `${address}:${port}`);
    const places =
      known.length === 0 ? "no load balancer answers yet" : `that is, ${known.join(", ")}`;
    return `This is the proxy of a rehearsal, which answers for its load balancers alone (${places}), not for ${target}.`;
  }
}

/** Names and values in turn. */
function passedOn(raw: string[]): string[] {
  const named = raw.flatMap((name, i) => (i % 2 === 0 ? [[name, raw[i + 1] ?? ""] as const] : []));
  const connection = named.find(([name]) => name.toLowerCase() === "connection")?.[1] ?? "";
  const alsoLeftOut = connection.toLowerCase().split(/\s*,\s*/);
  return named
    .filter(([name]) => {
      const lower = name.toLowerCase();
      return !HOP_BY_HOP.has(lower) && !alsoLeftOut.includes(lower) && lower !== "host";
    })
    .flat();
}

function say(response: http.ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=UTF-8" });
  response.end(`${text}\n`);
}
