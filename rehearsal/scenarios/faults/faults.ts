import { setTimeout as sleep } from "node:timers/promises";

import { recover } from "../../stage/recover";

import type { Drill } from "../drills/drill";
import { autoscalingDrills } from "./autoscaling";
import { fieldDrills } from "./fields";
import { fleetDrills } from "./fleet";
import { expectWords } from "../expectWords";
import { failureOf } from "./failureOf";
import type { Sandbox } from "../../stage/sandbox";
import { leftoverDrills } from "./leftovers";
import { preflightDrills } from "./preflight";
import { roleDrills } from "./roles";
import { rolloutDrills } from "./rollout";
import { teardownDrills } from "./teardown";
import { versionDrills } from "./versions";
import { workloadDrills } from "./workload";

/** How long an API server that is killed stays away: GKE's supervisor brings it back, and we kill it again. */
const OUTAGE_MS = 5_000;
/** Controllers ask less and less often while their API server is away. */
const SETTLE_MS = 20_000;

export const faultDrills: Drill[] = [
  { name: "cloudAnswers429And503", run: flaky },
  { name: "quotaExceeded", run: quotaExceeded },
  { name: "engineInterrupted", run: (sandbox) => engineStopped(sandbox, "SIGINT") },
  { name: "engineKilled", run: (sandbox) => engineStopped(sandbox, "SIGKILL") },
  { name: "apiServerKilled", run: apiServerKilled },
  { name: "cloudKilled", run: cloudKilled },
  ...preflightDrills,
  ...roleDrills,
  ...teardownDrills,
  ...leftoverDrills,
  ...fleetDrills,
  ...rolloutDrills,
  ...workloadDrills,
  ...autoscalingDrills,
  ...versionDrills,
  ...fieldDrills,
];

/** Some calls are refused once: the provider repeats them, and `up` passes. */
async function flaky(sandbox: Sandbox): Promise<void> {
  await sandbox.cloud.turn({ flake: { rate: 0.2, statuses: [429, 503], seed: 7 } });
  await sandbox.up();
  await sandbox.verify();
  const { refusedByFault } = await sandbox.cloud.calls();
  if (refusedByFault === 0) throw new Error("no call was refused, so nothing was shown");
}

/** The error names resource, quota, limit and region; once the limit is lifted, a second `up` finishes. */
async function quotaExceeded(sandbox: Sandbox): Promise<void> {
  const metric = "PREEMPTIBLE_NVIDIA_L4_GPUS";
  await sandbox.cloud.turn({ quotas: { [metric]: { "us-east4": 0 } } });
  const said = await failureOf(sandbox.up());
  expectWords(said, [
    /gke-east-gpu/,
    /Quota 'PREEMPTIBLE_NVIDIA_L4_GPUS' exceeded\. +Limit: 0\.0 in region us-east4/,
  ]);
  await sandbox.cloud.turn({ quotas: { [metric]: null } });
  await sandbox.up();
  await sandbox.verify();
}

/** In the middle of `up` the engine is interrupted or killed: the next `up` converges. */
async function engineStopped(sandbox: Sandbox, signal: "SIGINT" | "SIGKILL"): Promise<void> {
  const up = failureOf(sandbox.up());
  await sandbox.untilClusters(2);
  sandbox.engine.signal(signal);
  await up;
  if (signal === "SIGKILL") await recover(sandbox.engine);
  await sandbox.up();
  await sandbox.verify();
  await sandbox.destroy();
  const left = await sandbox.cloud.resources();
  if (left.length > 0) throw new Error(`orphaned: ${left.map(({ name }) => name).join(", ")}`);
}

/** The error names the cluster that was out of reach; once it is back, the next `up` converges. */
async function apiServerKilled(sandbox: Sandbox): Promise<void> {
  const up = failureOf(sandbox.up());
  await sandbox.untilNodePool("gke-east");
  const outage = (async () => {
    for (const end = Date.now() + OUTAGE_MS; Date.now() < end; await sleep(250)) {
      await sandbox.killApiServer("gke-east");
    }
  })();
  expectWords(await up, [/unreachable|ECONNREFUSED|socket hang up|ECONNRESET/, /gke-east/]);
  await outage;
  await sandbox.untilReachable("gke-east");
  await sleep(SETTLE_MS);
  await sandbox.up();
  await sandbox.verify();
}

/** The daemon is killed; after a restart it has its whole state, and no process of the old one is left. */
async function cloudKilled(sandbox: Sandbox): Promise<void> {
  const up = failureOf(sandbox.up());
  await sandbox.untilClusters(2);
  await sandbox.killCloud();
  await up;
  await sandbox.restartCloud();
  await recover(sandbox.engine);
  await sandbox.up();
  await sandbox.verify();
}
