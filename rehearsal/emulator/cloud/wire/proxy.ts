import * as http from "node:http";
import type { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";

import type { CertificateAuthority } from "../../gke/controlPlane/pki";
import type { Vpc } from "./vpc";

/** All of Google's APIs are below one name, each with a label of its own. */
const GOOGLE = /^[a-z0-9-]+\.googleapis\.com:443$/i;
const WILDCARD = "*.googleapis.com";

export interface GoogleProxy {
  /** Ends what is connected. */
  close(): void;
}

/**
 * Makes a server the proxy by which clients reach Google's hosts: `CONNECT compute.googleapis.com:443`. What they send
 * through it is answered here, under a certificate of the rehearsal's CA; every other host is refused.
 * @param answer gets the requests to Google's hosts
 * @param vpc takes tunnels to load balancers
 */
export async function openProxy(
  server: http.Server,
  ca: CertificateAuthority,
  answer: http.RequestListener,
  vpc?: Vpc,
): Promise<GoogleProxy> {
  const secureContext = await contextOf(ca);
  const inside = http.createServer(answer);
  // A connection that the server ends while a client is sending on it is an error for the client.
  inside.keepAliveTimeout = 0;
  const open = new Set<Duplex>();
  server.on("connect", (request: http.IncomingMessage, socket: Socket, head: Buffer) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket)).on("error", () => socket.destroy());
    if (!GOOGLE.test(request.url ?? "")) {
      if (vpc?.tunnel(request.url ?? "", socket, head)) return;
      refuse(socket, request.url ?? "");
      return;
    }
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    if (head.length > 0) socket.unshift(head);
    const tls = new TLSSocket(socket, {
      isServer: true,
      secureContext,
      ALPNProtocols: ["http/1.1"],
    });
    tls.on("secure", () => inside.emit("connection", tls)).on("error", () => socket.destroy());
  });
  return { close: () => open.forEach((socket) => socket.destroy()) };
}

/** The answer to a client that asks this proxy for another host. @param target as the client said it */
export function refusalOf(target: string): string {
  return `This is the proxy of a rehearsal, which answers for ${WILDCARD}:443 alone, not for ${target}.`;
}

/** One certificate for each authority: making one takes as long as many requests, and one process may run many clouds. */
const contexts = new Map<string, Promise<SecureContext>>();

function contextOf(ca: CertificateAuthority): Promise<SecureContext> {
  const known = contexts.get(ca.pem) ?? makeContext(ca);
  contexts.set(ca.pem, known);
  return known;
}

async function makeContext(ca: CertificateAuthority): Promise<SecureContext> {
  const names = [{ type: "dns", value: WILDCARD } as const];
  const { privateKey, public: certificate } = await ca.issueServerCertificate(WILDCARD, names);
  return createSecureContext({ key: privateKey, cert: certificate });
}

/** In the first line too: of what a proxy says, most clients show that alone. */
function refuse(socket: Duplex, target: string): void {
  const text = refusalOf(target.replace(/[^!-~]/g, "?"));
  socket.end(
    `HTTP/1.1 403 ${text}\r\ncontent-type: text/plain; charset=UTF-8\r\n` +
      `content-length: ${text.length + 1}\r\nconnection: close\r\n\r\n${text}\n`,
  );
}
