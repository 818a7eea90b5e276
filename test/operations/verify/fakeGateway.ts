import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";

export const MODEL = "meta-llama/Llama-3.1-8B-Instruct";
export const ADAPTER = "food-review-1";

/** A request as the gateway got it. */
export interface Received {
  method: string;
  path: string;
  headers: http.IncomingHttpHeaders;
  /** The parsed body; undefined if it is not JSON. */
  body?: Record<string, unknown>;
}

/** Answers in place of the gateway's own. @returns false for a request that it leaves to the gateway */
export type Fault = (request: Received, response: http.ServerResponse) => boolean;

/** A gateway in this process, with a picker and a model server that behave as the real ones do. */
export class FakeGateway {
  readonly received: Received[] = [];
  fault: Fault = () => false;

  private constructor(private readonly server: http.Server) {
    server.on("request", (request: http.IncomingMessage, response: http.ServerResponse) => {
      void this.answer(request, response);
    });
  }

  static async start(fault?: Fault): Promise<FakeGateway> {
    // A proxy of whoever runs the tests is not asked.
    process.env.no_proxy = "127.0.0.1";
    const gateway = new FakeGateway(http.createServer());
    if (fault) gateway.fault = fault;
    gateway.server.listen(0, "127.0.0.1");
    await once(gateway.server, "listening");
    return gateway;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(
    message: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> {
    let text = "";
    for await (const piece of message) text += String(piece);
    const { method = "", url = "", headers } = message;
    // A proxy gets the whole URL.
    const { pathname: path } = new URL(url, "http://gateway");
    const request = { method, path, headers, body: parsed(text) };
    this.received.push(request);
    if (!this.fault(request, response)) serve(request, response);
  }
}

function parsed(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** The picker, then the model server. */
function serve(request: Received, response: http.ServerResponse): void {
  const { method, path, headers, body } = request;
  if (method === "GET" && path === "/v1/models") {
    json(response, 200, { data: [MODEL, ADAPTER].map((id) => ({ id })) });
    return;
  }
  if (!body) {
    send(
      response,
      400,
      "text/plain",
      "inference error: BadRequest - error unmarshaling request bodyMap: unexpected end of JSON input",
    );
    return;
  }
  const asked = String(body.model);
  const model = String(headers["x-gateway-model-name-rewrite"] ?? asked);
  if (![MODEL, ADAPTER].includes(model)) {
    const message = `The model \`${model}\` does not exist.`;
    json(response, 404, { error: { message, type: "NotFoundError", code: 404 } });
  } else if (body.stream) {
    events(response, ["a ", "slice"].map((text) => chunk(asked, text)).concat("[DONE]"));
  } else if (path === "/v1/chat/completions") {
    json(response, 200, { model: asked, choices: [{ message: { content: "Naples'" } }] });
  } else {
    json(response, 200, { model: asked, choices: [{ text: " in Naples" }] });
  }
}

export function send(
  response: http.ServerResponse,
  status: number,
  type: string,
  text: string,
): true {
  response.writeHead(status, { "content-type": `${type}; charset=utf-8` }).end(text);
  return true;
}

export function json(response: http.ServerResponse, status: number, body: object): true {
  return send(response, status, "application/json", JSON.stringify(body));
}

export function events(response: http.ServerResponse, data: string[]): true {
  return send(response, 200, "text/event-stream", data.map((each) => `data: ${each}\n\n`).join(""));
}

export function chunk(model: string, text: string): string {
  return JSON.stringify({ model, choices: [{ text }] });
}

/** The outputs of a stack with two regions, as far as a verification reads them. */
export function outputsFor(urls: Record<string, string>, rest: object = {}) {
  const model = { id: MODEL, adapters: [{ name: ADAPTER, source: "o/r" }] };
  return {
    gatewayUrls: urls,
    privateUrl: null,
    model: MODEL,
    clusters: {
      "gke-west": { context: "west", model },
      "gke-east": { context: "east", model },
    },
    namespace: "inference",
    poolName: "vllm",
    objectives: { "food-review": 10, batch: -1 },
    ...rest,
  };
}
