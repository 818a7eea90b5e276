import { expectWords } from "../expectWords";
import { failureOf } from "./failureOf";
import type { Drill } from "../drills/drill";
import type { Sandbox } from "../../stage/sandbox";

const GKE_VERSION = "inference-gateway:gkeVersion";

/** What a release channel does to a stack that asks for a version of it. */
export const versionDrills: Drill[] = [{ name: "versionLeftChannel", run: leftChannel }];

/** GKE's answer names the channel and what it has; with a minor in the version's place a second `up` finishes. */
async function leftChannel(sandbox: Sandbox): Promise<void> {
  sandbox.configure((config) => Object.assign(config, { [GKE_VERSION]: "1.34.1-gke.1127000" }));
  expectWords(await failureOf(sandbox.up()), [
    /gcp:container:Cluster \(gke-west\)/,
    /gcp:container:Cluster \(gke-east\)/,
    /Error 400: Master version must be one of "REGULAR" channel supported versions \[1\.34\.11-gke\.1102000, .*, 1\.36\.4-gke\.1495002\]\./,
  ]);
  // As a number, as an editor writes it.
  sandbox.configure((config) => Object.assign(config, { [GKE_VERSION]: 1.35 }));
  await sandbox.up();
  await sandbox.verify();
}
