import { messageOf } from "../../toolchain/errors";
import { freePort } from "../gke/controlPlane/ports";
import { Endpoint, Forwarding, ForwardingPool } from "../gke/forwarding";
import { Counters, countersIn, readCounters } from "./demand";
import { Envoy, pathsIn } from "./envoy";
import { envoyFiles, EnvoyFiles } from "./envoyConfig";
import { Health, HealthChecks } from "./health";
import { Gauges } from "./metrics";
import { listenerName } from "./names";
import { gatewayTraffic } from "./observed";
import { Rates } from "./rates";
import { PickerChecks } from "./pickers";
import { hasProcess, NO_PROCESS, pickersOf, reachable } from "./reachable";
import { Shares } from "./routes";
import { Spreading } from "./spreading";
import { NO_TRAFFIC, Traffic } from "./traffic";

export interface BalancerConfig {
  /** Path of the binary. */
  envoy: string;
  /** Envoy's configuration and logs lie in it. */
  directory: string;
  /** What the programmed Gateways want now. */
  forwardings: () => Forwarding[];
  /** Milliseconds between two steps. @default 1000 */
  periodMs?: number;
}

const PERIOD_MS = 1000;

const NOTHING_COUNTED = countersIn({ stats: [] });

/** How long until the next try, where Envoy did not start. */
const RETRY_MS = 10_000;

/**
 * The load balancers of all programmed Gateways, in one Envoy. It runs while there is such a Gateway. Once a second it
 * gets a new decision on where requests go.
 */
export class Balancer {
  private readonly health = new HealthChecks();
  private readonly gauges = new Gauges();
  private readonly pickers = new PickerChecks();
  private ports: Record<string, number> = {};
  private spreading = new Spreading();
  private received = new Rates();
  private counters: Counters = NOTHING_COUNTED;
  private forwardings: Forwarding[] = [];
  private shares: Shares = {};
  private envoy: Envoy | undefined;
  private retryAt = 0;
  private failure: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(private readonly config: BalancerConfig) {}

  start(): void {
    this.running = this.step()
      .then(
        (failure) => (this.failure = failure),
        (error: unknown) => (this.failure = messageOf(error)),
      )
      .then(() => {
        if (this.stopped) return;
        this.timer = setTimeout(() => this.start(), this.config.periodMs ?? PERIOD_MS);
      });
  }

  /** Ends Envoy, and everything that is under way. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    this.health.stop();
    this.gauges.stop();
    this.pickers.stop();
    await this.running;
    await this.envoy?.stop();
    this.envoy = undefined;
  }

  observe(): Traffic {
    const { envoy, failure } = this;
    const problems = [envoy?.problem, this.refusal(), failure].filter((each) => each !== undefined);
    if (!envoy) return { ...NO_TRAFFIC, problems };
    const health = (pool: ForwardingPool, endpoint: Endpoint) => this.healthOf(pool, endpoint);
    return {
      ...(envoy.pid !== undefined && { pid: envoy.pid }),
      adminUrl: envoy.adminUrl,
      accessLog: envoy.paths.accessLog,
      problems,
      gateways: gatewayTraffic({ ...this.state(), health }),
    };
  }

  private refusal(): string | undefined {
    const { refused } = this.counters;
    if (refused === 0 || !this.envoy) return undefined;
    return `Envoy has refused a configuration ${refused} times; its log is ${this.envoy.log}`;
  }

  private state() {
    const { forwardings, ports, counters, received, shares, spreading } = this;
    return { forwardings, ports, counters, received, shares, spreading };
  }

  /** @returns what has gone wrong, and will be tried again */
  private async step(): Promise<string | undefined> {
    const forwardings = this.config.forwardings();
    void this.pickers.tick(pickersOf(forwardings));
    this.forwardings = forwardings.map((each) =>
      reachable(each, (address) => this.pickers.takes(address)),
    );
    if (this.forwardings.length === 0) {
      await this.end();
      return undefined;
    }
    await this.reservePorts();
    this.look();
    const failure = await this.count();
    const isHealthy = (pool: ForwardingPool, endpoint: Endpoint) =>
      this.healthOf(pool, endpoint).healthy;
    const { counters, ports } = this;
    this.shares = this.spreading.decide(this.forwardings, {
      at: seconds(),
      counters,
      isHealthy,
      gauge: (endpoint, gauge) => this.gauges.of(endpoint, gauge),
    });
    const plan = { forwardings: this.forwardings, ports, shares: this.shares, isHealthy };
    await this.tell(envoyFiles(plan, pathsIn(this.config.directory)));
    return failure;
  }

  /** An Envoy that has died counts nothing until it runs again; what is healthy is known all the same. */
  private async count(): Promise<string | undefined> {
    if (!this.envoy) return undefined;
    try {
      this.counters = await readCounters(this.envoy.adminUrl);
      this.received.update(seconds(), this.counters.received);
      return undefined;
    } catch (error) {
      return `Envoy tells no statistics: ${messageOf(error)}`;
    }
  }

  private async tell(files: EnvoyFiles): Promise<void> {
    if (this.envoy) {
      this.envoy.write(files);
      return;
    }
    if (Date.now() < this.retryAt) throw new Error(this.failure);
    this.retryAt = Date.now() + RETRY_MS;
    this.envoy = await Envoy.start(this.config.envoy, this.config.directory, files);
  }

  /** A listener keeps its port while it is there. */
  private async reservePorts(): Promise<void> {
    const names = this.forwardings.flatMap(({ gateway, listeners }) =>
      listeners.map(({ region, port }) => listenerName(gateway, region, port)),
    );
    const ports: Record<string, number> = {};
    for (const name of names) ports[name] = this.ports[name] ?? (await freePort());
    this.ports = ports;
  }

  /** Checks and gauges go on by themselves: one that hangs holds up nothing else. */
  private look(): void {
    const endpoints = this.forwardings.flatMap(({ pools }) =>
      pools.flatMap((pool) =>
        pool.members.flatMap(({ endpoints: own, balancing }) =>
          own
            .filter(hasProcess)
            .filter(({ terminating }) => !terminating)
            .map((endpoint) => ({ pool: pool.pool, endpoint, check: pool.healthCheck, balancing })),
        ),
      ),
    );
    this.health.set(endpoints);
    void this.health.tick();
    const healthy = endpoints.filter(
      ({ pool, endpoint }) => this.health.of(pool, endpoint).healthy,
    );
    const wanted = healthy.flatMap(({ endpoint, balancing }) =>
      balancing.metrics
        .filter(({ missing }) => missing === undefined)
        .map((gauge) => ({ endpoint, gauge })),
    );
    void this.gauges.tick(wanted);
  }

  private healthOf({ pool }: ForwardingPool, endpoint: Endpoint): Health {
    if (!hasProcess(endpoint)) return { healthy: false, reason: NO_PROCESS };
    if (endpoint.terminating) return { healthy: false, reason: "it ends" };
    return this.health.of(pool, endpoint);
  }

  /** The last Gateway has gone: what was learned was about its members. */
  private async end(): Promise<void> {
    const { envoy } = this;
    this.envoy = undefined;
    this.retryAt = 0;
    this.counters = NOTHING_COUNTED;
    this.spreading = new Spreading();
    this.received = new Rates();
    this.health.set([]);
    this.ports = {};
    await this.gauges.tick([]);
    await envoy?.stop();
  }
}

function seconds(): number {
  return performance.now() / 1000;
}
