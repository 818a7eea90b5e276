import { setTimeout as sleep } from "node:timers/promises";

import type { LoadBalancer } from "../../emulator/gke/gke";

import type { Drill } from "../drills/drill";
import type { Sandbox } from "../../stage/sandbox";

const REGIONS: Record<string, string> = { "gke-west": "europe-west3", "gke-east": "us-east4" };
const REVISION = "a-new-one";
/** There are no requests, so there is nothing to wait for. */
const SETTINGS = { STACK: "dev", YES: "1", DRAIN_SECONDS: "0", SETTLE_SECONDS: "0" };
const EVERY_MS = 100;

/** `make rollout`, on the real engine. */
export const rolloutDrills: Drill[] = [{ name: "rolloutRegionByRegion", run: regionByRegion }];

/** A model is rolled out to one region after another, each drained meanwhile, and the others can serve all the time. */
async function regionByRegion(sandbox: Sandbox): Promise<void> {
  await sandbox.up();
  sandbox.configure((config) => {
    const key = "inference-gateway:model";
    config[key] = { ...(config[key] as object | undefined), revision: REVISION };
  });

  const watch = new RegionWatch(() => sandbox.cloud.loadBalancers());
  const said = await sandbox.operate("rollout", SETTINGS).succeed();
  const moments = await watch.stop();

  const problems = [
    ...moments.flatMap(problemsOf),
    ...neverDrained(moments),
    ...wrongSteps(said),
    ...(await wrongModels(sandbox)),
  ];
  if (problems.length > 0) throw new Error(`${[...new Set(problems)].join("\n")}\n${said}`);
  await sandbox.engine.up("--expect-no-changes");
  await sandbox.verify();
}

/** The load balancer's backends at one moment. */
interface Moment {
  drained: string[];
  /** Values by region. */
  readyPods: Record<string, number>;
}

/** Looks at the load balancer as often as it can while something else changes the stack. */
class RegionWatch {
  private readonly moments: Moment[] = [];
  private readonly watching = this.watch();
  private stopped = false;

  constructor(private readonly loadBalancers: () => Promise<LoadBalancer[]>) {}

  async stop(): Promise<Moment[]> {
    this.stopped = true;
    await this.watching;
    return this.moments;
  }

  private async watch(): Promise<void> {
    await sleep(0); // Until the constructor has run to its end.
    while (!this.stopped) {
      // The cloud is stopped only if the drill has ended without a `stop`.
      const seen = await this.loadBalancers().catch(() => undefined);
      if (!seen) return;
      this.moments.push(momentOf(seen));
      await sleep(EVERY_MS);
    }
  }
}

function momentOf(loadBalancers: LoadBalancer[]): Moment {
  const backends = loadBalancers.flatMap((each) => (each.programmed ? each.backends : []));
  const exporters = backends.flatMap(({ exportedBy }) => exportedBy);
  const readyPods: Record<string, number> = {};
  for (const { region, readyPods: ready } of exporters) {
    readyPods[region] = (readyPods[region] ?? 0) + ready;
  }
  const drained = exporters.filter(({ capacityPercent }) => capacityPercent === 0);
  return { drained: [...new Set(drained.map(({ region }) => region))], readyPods };
}

function problemsOf({ drained, readyPods }: Moment): string[] {
  const idle = Object.values(REGIONS).filter(
    (region) => !drained.includes(region) && !readyPods[region],
  );
  return [
    ...(drained.length > 1 ? [`drained at the same time: ${drained.join(", ")}`] : []),
    ...idle.map((region) => `${region} was not drained and had no ready pod`),
  ];
}

function neverDrained(moments: Moment[]): string[] {
  return Object.values(REGIONS)
    .filter((region) => !moments.some(({ drained }) => drained.includes(region)))
    .map((region) => `${region} was never drained`);
}

/** A step that drains changes no model server; one that rolls changes those of its own region only. */
function wrongSteps(said: string): string[] {
  const [, ...steps] = said.split(/^(?=\[\d\/\d\] )/m);
  const changed = steps.map((step) => {
    const updated = [...step.matchAll(/kubernetes:apps\/v1:Deployment (gke-\w+)\S* updated/g)];
    const [title = ""] = step.split("\n");
    return `${title}: ${updated.map(([, cluster]) => cluster).join(", ") || "none"}`;
  });
  const expected = [
    "[1/5] drain us-east4: none",
    "[2/5] roll gke-east in us-east4: gke-east",
    "[3/5] restore traffic to us-east4 and drain europe-west3: none",
    "[4/5] roll gke-west in europe-west3: gke-west",
    "[5/5] restore traffic to europe-west3: the stack's own configuration: none",
  ];
  if (JSON.stringify(changed) === JSON.stringify(expected)) return [];
  return [`model servers changed in these steps:\n${changed.join("\n")}`];
}

async function wrongModels(sandbox: Sandbox): Promise<string[]> {
  const { clusters } = (await sandbox.engine.outputs()) as {
    clusters: Record<string, { model?: { revision: string } }>;
  };
  return Object.keys(REGIONS)
    .filter((name) => clusters[name]?.model?.revision !== REVISION)
    .map((name) => `${name} runs ${JSON.stringify(clusters[name]?.model)}`);
}
