import { setTimeout as sleep } from "node:timers/promises";

import type { LoadBalancer } from "../../emulator/gke/gke";

import type { Addresses } from "./rules";

/** Pods that are ready for requests, by region, as the load balancer saw them at one moment. */
export type Sample = Record<string, number>;

const EVERY_MS = 50;

/** Looks at the gateway's load balancer, again and again, while something else changes the stack. */
export class GatewayWatch {
  private readonly samples: Sample[] = [];
  private readonly addresses: Addresses = { before: {}, after: {} };
  private readonly watching: Promise<void>;
  private stopped = false;

  constructor(private readonly loadBalancers: () => Promise<LoadBalancer[]>) {
    this.watching = this.watch();
    // Reported by `stop`.
    this.watching.catch(() => undefined);
  }

  async stop(): Promise<{ samples: Sample[]; addresses: Addresses }> {
    this.stopped = true;
    await this.watching;
    return { samples: this.samples, addresses: this.addresses };
  }

  private async watch(): Promise<void> {
    const before = await this.loadBalancers();
    this.samples.push(readyByRegion(before));
    this.addresses.before = addressesOf(before);
    for (;;) {
      const last = this.stopped;
      const now = await this.loadBalancers();
      this.samples.push(readyByRegion(now));
      this.addresses.after = addressesOf(now);
      if (last) return;
      await sleep(EVERY_MS);
    }
  }
}

/** A load balancer that is not there, not programmed, or leads nowhere, has no ready pod; a drained cluster neither. */
export function readyByRegion(loadBalancers: LoadBalancer[]): Sample {
  const sample: Sample = {};
  for (const { backends } of loadBalancers.filter(({ programmed }) => programmed)) {
    for (const exporter of backends.flatMap(({ exportedBy }) => exportedBy)) {
      const { region, readyPods, capacityPercent } = exporter;
      sample[region] = (sample[region] ?? 0) + (capacityPercent > 0 ? readyPods : 0);
    }
  }
  return sample;
}

/** In how many samples no region could serve. */
export function outages(samples: Sample[]): number {
  return samples.filter((sample) => Object.values(sample).every((ready) => ready === 0)).length;
}

/** Regions that served before and after, and in between did not. */
export function pausedRegions(samples: Sample[]): string[] {
  const serves = (sample: Sample | undefined, region: string) => (sample?.[region] ?? 0) > 0;
  const [first, last] = [samples[0], samples.at(-1)];
  return Object.keys(first ?? {}).filter(
    (region) =>
      serves(first, region) &&
      serves(last, region) &&
      samples.some((sample) => !serves(sample, region)),
  );
}

function addressesOf(loadBalancers: LoadBalancer[]): Record<string, string> {
  return Object.assign({}, ...loadBalancers.map(({ addresses }) => addresses)) as Record<
    string,
    string
  >;
}
