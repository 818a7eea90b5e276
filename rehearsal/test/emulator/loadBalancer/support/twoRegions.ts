import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { Forwarding, ForwardingMember } from "../../../../emulator/gke/forwarding";
import { Balancer } from "../../../../emulator/loadBalancer/balancer";
import { PoolTraffic } from "../../../../emulator/loadBalancer/traffic";
import { envoyProgram } from "./envoy";
import { EAST, forwarding, member, WEST } from "./forwarding";
import { ModelServer } from "./modelServer";
import { until } from "./until";

export const POST = { method: "POST", body: '{"model":"m"}' };

/** For each test of a block a balancer with Envoy, in front of one model server in each of two regions. */
export class TwoRegions {
  west: ModelServer;
  east: ModelServer;
  /** What the balancer is to do: a test may change it at any time. */
  forwardings: Forwarding[] = [];
  private directory = "";
  private made: Balancer | undefined;

  private constructor(private readonly network: string) {
    this.west = this.server("1.1");
    this.east = this.server("2.1");
  }

  /** @param network first half of the servers' addresses: each file has its own, since files run at the same time */
  static forEach(network: string): TwoRegions {
    const regions = new TwoRegions(network);
    beforeEach(() => regions.start());
    afterEach(() => regions.stop());
    return regions;
  }

  private async start(): Promise<void> {
    this.directory = fs.mkdtempSync(path.join(os.tmpdir(), "balancer-"));
    this.west = await this.server("1.1").start();
    this.east = await this.server("2.1").start();
    this.forwardings = [forwarding(this.members())];
    this.made = new Balancer({
      envoy: envoyProgram(),
      directory: this.directory,
      forwardings: () => this.forwardings,
      periodMs: 50,
    });
    this.made.start();
  }

  private async stop(): Promise<void> {
    await this.balancer.stop();
    await this.west.kill();
    await this.east.kill();
    fs.rmSync(this.directory, { recursive: true });
  }

  /** @param host second half of its address */
  private server(host: string): ModelServer {
    return new ModelServer(`${this.network}.${host}`, 8000);
  }

  get balancer(): Balancer {
    if (!this.made) throw new Error("the balancer is there while a test runs");
    return this.made;
  }

  members(): [ForwardingMember, ForwardingMember] {
    return [member("gke-west", WEST, [this.west.ip]), member("gke-east", EAST, [this.east.ip])];
  }

  pool(): PoolTraffic {
    return this.balancer.observe().gateways[0]?.pools[0] as PoolTraffic;
  }

  /** How many endpoints of each member are healthy. */
  healthy(): number[] | undefined {
    return this.pool()?.members.map(({ healthyEndpoints }) => healthyEndpoints);
  }

  /** Which percentage of a region's requests each member gets. */
  weights(region = WEST): number[] {
    return this.pool()
      .pairs.filter(({ listener }) => listener === region)
      .map(({ weightPercent }) => weightPercent);
  }

  bothHealthy(): Promise<void> {
    return until(
      () => (this.healthy() ?? []).join() === "1,1",
      () => JSON.stringify(this.balancer.observe()),
    );
  }

  async ask(
    region = WEST,
    target = "/v1/completions",
    init: RequestInit = POST,
  ): Promise<{ status: number; text: string }> {
    const response = await fetch(`${this.url(region)}${target}`, init);
    return { status: response.status, text: await response.text() };
  }

  private url(region: string): string {
    const [gateway] = this.balancer.observe().gateways;
    return gateway?.listeners.find((each) => each.region === region)?.url ?? "";
  }

  /** What Envoy does, it does a moment after it is told. */
  asked(expected: { status: number; text: string }, region = WEST): Promise<void> {
    const text = JSON.stringify(expected);
    return until(
      async () => JSON.stringify(await this.ask(region)) === text,
      () => text,
    );
  }

  /** Lines of Envoy's access log. */
  log(): Record<string, unknown>[] {
    return fs
      .readFileSync(path.join(this.directory, "access.log"), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }
}

export function answerOf(
  { ip }: ModelServer,
  target = "/v1/completions",
): { status: number; text: string } {
  return { status: 200, text: `${ip} ${target}` };
}

/** Sends an open loop of requests a second, until it is stopped. */
export function send(
  perSecond: number,
  request: () => Promise<unknown>,
): { stop(): Promise<void> } {
  const all: Promise<unknown>[] = [];
  const timer = setInterval(() => all.push(request()), 1000 / perSecond);
  return {
    stop: async () => {
      clearInterval(timer);
      await Promise.all(all);
    },
  };
}
