import { setTimeout as sleep } from "node:timers/promises";

import type { MemberTraffic, Traffic } from "../../emulator/loadBalancer/traffic";
import type { Cloud } from "../../stage/cloud";

/** What the load balancer knew at one moment. */
export interface Sample {
  /** Seconds since 1970. */
  at: number;
  traffic: Traffic;
}

const EVERY_MS = 500;

/** Looks at the load balancer, again and again, while something else sends requests or changes the stack. */
export class TrafficWatch {
  private readonly samples: Sample[] = [];
  private readonly watching: Promise<void>;
  private stopped = false;

  constructor(private readonly cloud: Pick<Cloud, "traffic">) {
    this.watching = this.watch();
    // Reported by `stop`.
    this.watching.catch(() => undefined);
  }

  async stop(): Promise<Sample[]> {
    this.stopped = true;
    await this.watching;
    return this.samples;
  }

  private async watch(): Promise<void> {
    do {
      this.samples.push({ at: Date.now() / 1000, traffic: await this.cloud.traffic() });
      await sleep(EVERY_MS);
    } while (!this.stopped);
  }
}

export function membersOf({ gateways }: Traffic): MemberTraffic[] {
  return gateways.flatMap(({ pools }) => pools.flatMap(({ members }) => members));
}
