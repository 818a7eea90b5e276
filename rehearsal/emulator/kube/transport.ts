import * as http from "node:http";
import * as https from "node:https";

import { KubeConfig } from "@kubernetes/client-node";

import { ClusterUnreachable, KubeError, reasonOf, Status } from "./errors";

export type Query = Record<string, string | number | boolean | undefined>;

export interface RequestOptions {
  query?: Query;
  body?: unknown;
  contentType?: string;
  signal?: AbortSignal;
}

/** Sends requests to the API server that a kubeconfig selects, with its credentials, over kept-alive connections. */
export class Transport {
  readonly server: string;
  readonly context: string;
  /** PEM, base64; empty where the kubeconfig has none. */
  readonly certificateAuthority: string;
  private readonly wire: Wire;

  constructor(private readonly config: KubeConfig) {
    this.server = config.getCurrentCluster()?.server ?? "";
    this.context = config.getCurrentContext();
    this.certificateAuthority = config.getCurrentCluster()?.caData ?? "";
    this.wire = this.server.startsWith("http:") ? plain() : encrypted();
  }

  /** @throws ClusterUnreachable where nothing answers, or where no credentials are available */
  async send(method: string, path: string, options: RequestOptions): Promise<http.IncomingMessage> {
    const url = new URL(this.server + path);
    for (const [key, value] of Object.entries(options.query ?? {})) {
      if (value !== undefined) url.searchParams.set(key, String(value));
    }
    const { ca, cert, key, rejectUnauthorized, headers, auth } = await this.credentials();
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    const content = body !== undefined && {
      "content-type": options.contentType ?? "application/json",
      "content-length": Buffer.byteLength(body),
    };
    return new Promise((resolve, reject) => {
      const request = this.wire.request(url, {
        method,
        headers: { ...headers, accept: "application/json", ...content },
        ...{ auth, ca, cert, key },
        ...(rejectUnauthorized === false && { rejectUnauthorized }),
        signal: options.signal,
      });
      request.on("response", resolve);
      request.on("error", (cause) => reject(this.unreachable(cause)));
      request.end(body);
    });
  }

  /** @throws ClusterUnreachable where the connection breaks */
  text(response: http.IncomingMessage): Promise<string> {
    return text(response).catch((cause: Error) => {
      throw this.unreachable(cause);
    });
  }

  /**
   * The lines of a response as they come.
   * @throws ClusterUnreachable where the connection breaks (which `node:readline` would never tell)
   */
  async *lines(response: http.IncomingMessage): AsyncGenerator<string> {
    response.setEncoding("utf8");
    let rest = "";
    try {
      for await (const chunk of response) {
        const parts = (rest + String(chunk)).split("\n");
        rest = parts.pop() ?? "";
        yield* parts.filter((line) => line !== "");
      }
    } catch (cause) {
      throw this.unreachable(cause as Error);
    }
    if (rest) yield rest;
  }

  close(): void {
    this.wire.agent.destroy();
  }

  private unreachable(cause: Error): ClusterUnreachable {
    return new ClusterUnreachable(this.server, cause, this.context);
  }

  private async credentials(): Promise<https.RequestOptions> {
    const credentials: https.RequestOptions = {};
    await this.config.applyToHTTPSOptions(credentials).catch((cause: unknown) => {
      throw this.unreachable(new Error(`getting credentials: ${reasonOf(cause).trim()}`));
    });
    return credentials;
  }
}

interface Wire {
  agent: http.Agent;
  request(url: URL, options: https.RequestOptions): http.ClientRequest;
}

function encrypted(): Wire {
  const agent = new https.Agent({ keepAlive: true });
  return { agent, request: (url, options) => https.request(url, { ...options, agent }) };
}

/** For servers in tests and behind `kubectl proxy`. */
function plain(): Wire {
  const agent = new http.Agent({ keepAlive: true });
  return { agent, request: (url, options) => http.request(url, { ...options, agent }) };
}

async function text(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString("utf8");
}

/** What a server refused, as an error; a proxy in between may answer something else than a `Status`. */
export async function failure(response: http.IncomingMessage): Promise<KubeError> {
  const body = await text(response);
  try {
    return new KubeError(JSON.parse(body) as Status);
  } catch {
    const code = response.statusCode ?? 500;
    return new KubeError({ code, reason: "Unknown", message: body.slice(0, 500) });
  }
}
