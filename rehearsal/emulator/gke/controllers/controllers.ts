import { KubeClient } from "../../kube/client";
import { Delays } from "../delays";
import { Forwarding } from "../forwarding";
import { ClusterId, LoadBalancer } from "../gke";
import { World } from "../world/world";
import { forwardings } from "./forwarding";
import { gatewayClasses } from "./gatewayClasses";
import { gateways } from "./gateways";
import { httpRoutes } from "./httpRoutes";
import { inferencePools } from "./inferencePools";
import { loadBalancers } from "./loadBalancers";
import { Loop } from "./loop";
import { policies } from "./policies";
import { poolImports } from "./poolImports";
import { perform, Write } from "./writes";

type Controller = (world: World, delays: Delays) => Write[];

const CONTROLLERS: Record<string, Controller> = {
  gatewayClasses,
  poolImports,
  inferencePools,
  gateways,
  httpRoutes,
  policies,
};

export interface ControllersConfig {
  world: () => World;
  /** Undefined where the cluster is gone. */
  client: (cluster: ClusterId) => KubeClient | undefined;
  timeScale: () => number;
  /** Told after each pass. */
  looked: () => void;
  /** Told when a kind has been installed. */
  installed: (cluster: ClusterId) => void;
}

/** GKE's controllers: each looks at the whole world and writes what differs from what it wants. */
export class Controllers {
  private readonly loop: Loop;
  private readonly delays = new Map<string, Delays>();

  constructor(private readonly config: ControllersConfig) {
    this.loop = new Loop(() => this.pass());
  }

  /** Something that a controller may look at has changed. */
  trigger(): void {
    this.loop.trigger();
  }

  loadBalancers(): LoadBalancer[] {
    return loadBalancers(this.config.world(), this.delaysOf("loadBalancers"));
  }

  forwardings(): Forwarding[] {
    return forwardings(this.config.world(), this.delaysOf("loadBalancers"));
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  /** What the last pass could not do. */
  get failure(): unknown {
    return this.loop.failure;
  }

  /** Every controller has its turn, whatever happens to another. */
  private async pass(): Promise<void> {
    const failures: unknown[] = [];
    for (const name of Object.keys(CONTROLLERS)) {
      await this.run(name).catch((error: unknown) => failures.push(error));
    }
    // Asked here too, so that the wait for a metric begins when it is declared.
    this.loadBalancers();
    this.delaysOf("loadBalancers").endPass();
    this.config.looked();
    if (failures.length > 0) throw failures[0];
  }

  private async run(name: string): Promise<void> {
    const delays = this.delaysOf(name);
    const writes = CONTROLLERS[name]?.(this.config.world(), delays) ?? [];
    delays.endPass();
    const results = await Promise.allSettled(writes.map((write) => this.write(write)));
    const failed = results.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
  }

  private async write(write: Write): Promise<void> {
    const client = this.config.client(write.cluster);
    if (!client) return;
    await perform(client, write);
    if (write.object.kind === "CustomResourceDefinition") this.config.installed(write.cluster);
  }

  private delaysOf(name: string): Delays {
    const known = this.delays.get(name);
    if (known) return known;
    const made = new Delays(this.config.timeScale, (ms) => this.loop.triggerIn(ms));
    this.delays.set(name, made);
    return made;
  }
}
