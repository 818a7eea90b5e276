import { once } from "node:events";
import * as fs from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import * as path from "node:path";

import { messageOf } from "../../../toolchain/errors";
import { CertificateAuthority } from "../controlPlane/pki";
import { keptPort } from "../controlPlane/ports";
import { Answer, answer, refusal } from "./answers";
import type { MetricSource } from "./podValues";
import { SERVER_NAME } from "./registration";

/**
 * Where the API server of one cluster asks for custom metrics. It listens on this machine alone and asks for no
 * credentials: whoever can call it can ask the pods themselves.
 */
export class CustomMetricsServer {
  /** What it answers from; while it has none, it refuses. */
  source: MetricSource | undefined;

  private constructor(private readonly server: https.Server) {
    server.on("request", (request, response) => {
      void this.answer(request).then(({ code, body }) => {
        response.writeHead(code, { "content-type": "application/json" });
        response.end(JSON.stringify(body));
      });
    });
  }

  /** Starts at the port of an earlier start, which the API server still knows, if that is still free. @param directory of the cluster */
  static async start(directory: string, ca: CertificateAuthority): Promise<CustomMetricsServer> {
    const { privateKey, public: certificate } = await ca.issueServerCertificate(SERVER_NAME, [
      { type: "dns", value: SERVER_NAME },
    ]);
    const server = https.createServer({ key: privateKey, cert: certificate });
    // A connection that the server ends while a client is sending on it is an error for the client.
    server.keepAliveTimeout = 0;
    await fs.mkdir(directory, { recursive: true });
    server.listen(await keptPort(path.join(directory, "custom-metrics.port")), "127.0.0.1");
    await once(server, "listening");
    return new CustomMetricsServer(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server.close();
    this.server.closeAllConnections();
    await once(this.server, "close");
  }

  private async answer({ method, url = "/" }: IncomingMessage): Promise<Answer> {
    if (method !== "GET") return refusal(405, "MethodNotAllowed", "metrics can be read only");
    if (!this.source) return refusal(503, "ServiceUnavailable", "the cluster is being started");
    return answer(url, this.source).catch((error: unknown) =>
      refusal(500, "InternalError", messageOf(error)),
    );
  }
}
