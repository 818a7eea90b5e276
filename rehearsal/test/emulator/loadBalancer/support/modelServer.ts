import * as http from "node:http";
import { once } from "node:events";

/** A model server on an address of its own, as a pod's process would be: health, gauge, and answers that take a while. */
export class ModelServer {
  inFlight = 0;
  answered = 0;
  healthy = true;
  /** Milliseconds that an answer takes. */
  takes = 0;
  /** Part of the cache that one request takes. */
  perRequest = 0;
  /** Headers of the last request. */
  headers: http.IncomingHttpHeaders = {};
  private server: http.Server | undefined;
  private readonly releases = new Set<() => void>();
  private readonly timers = new Set<NodeJS.Timeout>();

  constructor(
    readonly ip: string,
    readonly port: number,
  ) {}

  async start(): Promise<this> {
    const server = http.createServer((request, response) => this.answer(request, response));
    this.server = server;
    server.listen(this.port, this.ip);
    await once(server, "listening");
    return this;
  }

  /** As a process that is killed: connections break. */
  async kill(): Promise<void> {
    const { server } = this;
    this.server = undefined;
    if (!server) return;
    this.timers.forEach(clearTimeout);
    this.timers.clear();
    this.releases.clear();
    this.inFlight = 0;
    server.closeAllConnections();
    server.close();
    await once(server, "close");
  }

  /** Answers everything that waits for `hold`. */
  release(): void {
    for (const release of this.releases) release();
    this.releases.clear();
  }

  private answer(request: http.IncomingMessage, response: http.ServerResponse): void {
    const { pathname } = new URL(request.url ?? "/", "http://pod");
    if (pathname === "/health") {
      response.writeHead(this.healthy ? 200 : 500).end();
      return;
    }
    if (pathname === "/metrics") {
      const used = Math.min(1, this.inFlight * this.perRequest);
      response.end(
        `# TYPE vllm:kv_cache_usage_perc gauge\nvllm:kv_cache_usage_perc{model_name="m"} ${used}\n`,
      );
      return;
    }
    this.headers = request.headers;
    this.inFlight++;
    const end = () => {
      this.inFlight--;
      this.answered++;
      response.writeHead(pathname === "/broken" ? 503 : 200).end(`${this.ip} ${pathname}`);
    };
    request.resume();
    if (pathname === "/hold") this.releases.add(end);
    else this.timers.add(setTimeout(end, this.takes));
  }
}
