import type { EngineEdit } from "../alterations/edit";
import { preludeOf } from "../alterations/prelude";
import { gateway, gatewayFeature, pool } from "../alterations/table/resources";

import { expectWords } from "../expectWords";
import { failureOf } from "./failureOf";
import type { Drill } from "../drills/drill";
import type { Sandbox } from "../../stage/sandbox";
import { expectNothingLeft, SETTINGS, says, toldIn } from "./teardown";

/**
 * At this scale a Gateway is deleted in 3 s, and Google refuses to delete the feature for 15 s: resources that nothing
 * blocks are deleted before.
 */
const SLOW = 0.05;
const SOUTH = { region: "asia-southeast1" };

/** The feature keeps the membership of the config cluster alone. */
const WAITS_FOR_CONFIG_CLUSTER_ALONE: EngineEdit = { at: gatewayFeature, dependsOn: [] };

/** Resources that GKE created and that block the deletion of a stack. */
export const leftoverDrills: Drill[] = [
  { name: "leftoverCollectedLate", run: collectedLate },
  { name: "leftoverStays", run: stays },
  {
    name: "featureOutlivesMembership",
    prelude: preludeOf([WAITS_FOR_CONFIG_CLUSTER_ALONE]),
    run: featureOutlivesMembership,
  },
  {
    name: "membershipGoesFirst",
    prelude: preludeOf([
      // Nothing keeps the membership of gke-east while its pool is exported.
      { at: pool, dependsOn: [] },
      WAITS_FOR_CONFIG_CLUSTER_ALONE,
      // The Gateway is not deleted in time, so the pools stay; resources that do not depend on them are deleted.
      { at: gateway, timeouts: { delete: "2s" } },
    ]),
    run: membershipGoesFirst,
  },
  { name: "featureDeletedTooEarly", run: featureDeletedTooEarly },
  { name: "clusterLeaves", run: clusterLeaves },
];

/** Until GKE has deleted everything, the teardown waits and names what it waits for. */
async function collectedLate(sandbox: Sandbox): Promise<void> {
  await sandbox.up();
  await sandbox.cloud.turn({ leftovers: { stay: true } });
  const teardown = sandbox.operate("teardown", SETTINGS);
  await says(
    teardown,
    /^GKE has not collected (network endpoint group k8s1-|firewall rule gke)\S+ yet, which keeps network-\S+; next try in 3 s/m,
  );
  await sandbox.cloud.turn({ leftovers: { stay: false } });
  await teardown.succeed();
  await expectNothingLeft(sandbox);
}

/**
 * The teardown names each resource that GKE does not delete, with the command that deletes it; after that, it finishes.
 */
async function stays(sandbox: Sandbox): Promise<void> {
  await sandbox.up();
  await sandbox.cloud.turn({ leftovers: { stay: true } });
  const settings = { ...SETTINGS, LIMIT_MINUTES: "0" };
  const first = sandbox.operate("teardown", settings);
  if ((await first.end()) !== 1) throw new Error(`with leftovers, it said:\n${first.output}`);
  expectWords(first.output, [
    /^GKE made network endpoint group k8s1-\S+ and has not collected it in 0 minutes, so it keeps network-gke-(east|west); an account with roles\/compute\.admin can delete it:$/m,
    /^ {2}gcloud compute network-endpoint-groups list --project my-project-dev$/m,
    /^To continue:\n {2}make teardown STACK=dev$/m,
  ]);
  const command = toldIn(first, /^ {2}(gcloud compute network-endpoint-groups delete .*)$/m);
  await typeGcloud(sandbox, command);
  const second = sandbox.operate("teardown", settings);
  await second.end();
  if (second.output.includes(command)) throw new Error(`removed, it says it again: ${command}`);
  await sandbox.cloud.turn({ leftovers: { stay: false } });
  await sandbox.operate("teardown", settings).succeed();
  await expectNothingLeft(sandbox);
}

/**
 * A cluster that leaves the fleet while the feature is on leaves its rule behind, which blocks the VPC's deletion
 * permanently.
 */
async function featureOutlivesMembership(sandbox: Sandbox): Promise<void> {
  await sandbox.up();
  await sandbox.cloud.turn({ timeScale: SLOW });
  const kept = sandbox.operate("teardown", { ...SETTINGS, LIMIT_MINUTES: "1" });
  if ((await kept.end()) !== 1) throw new Error(`without the edge, it said:\n${kept.output}`);
  expectWords(kept.output, [
    /The network resource 'projects\/my-project-dev\/global\/networks\/\S+' is already being\s+used by\s+'projects\/my-project-dev\/global\/firewalls\/gke-gke-east-\w{8}-mcsd'/,
    /^GKE made firewall rule gke-gke-east-\w{8}-mcsd and has not collected it in 1 minutes, so it keeps network/m,
  ]);
  await typeGcloud(sandbox, toldIn(kept, /^ {2}(gcloud compute firewall-rules delete .*)$/m));
  await sandbox.operate("teardown", SETTINGS).succeed();
  await expectNothingLeft(sandbox);
}

/** A cluster that leaves the fleet while its pool is exported leaves its endpoint groups behind, which keep its subnet. */
async function membershipGoesFirst(sandbox: Sandbox): Promise<void> {
  await sandbox.up();
  await sandbox.cloud.turn({ timeScale: SLOW });
  const stuck = sandbox.operate("teardown", SETTINGS);
  if ((await stuck.end()) !== 1) throw new Error(`with a slow Gateway, it said:\n${stuck.output}`);
  expectWords(stuck.output, [
    /Gateway cross-region-gateway \*\*deleting failed\*\* error: timed out waiting for the condition/,
  ]);

  await sandbox.cloud.turn({ timeScale: 0 });
  const kept = sandbox.operate("teardown", { ...SETTINGS, LIMIT_MINUTES: "0" });
  if ((await kept.end()) !== 1) throw new Error(`without the edge, it said:\n${kept.output}`);
  expectWords(kept.output, [
    /The subnetwork resource 'projects\/my-project-dev\/regions\/us-east4\/subnetworks\/\S+' is already being\s+used by\s+'projects\/my-project-dev\/zones\/us-east4-\w\/networkEndpointGroups\/k8s1-/,
    /^GKE made network endpoint group k8s1-\S+ and has not collected it in 0 minutes, so it keeps network-gke-east;/m,
  ]);
}

/** Google refuses for five minutes after the Gateway went; here for two, which the rest of destroy does not fill. */
async function featureDeletedTooEarly(sandbox: Sandbox): Promise<void> {
  await sandbox.up();
  await sandbox.verify();
  await sandbox.cloud.turn({ timeScale: 0.4 });
  expectWords(await failureOf(sandbox.destroy()), [
    /Feature has associated resources that should be cleaned up before deletion/,
  ]);
}

/** A cluster that is taken out of a running stack goes with its endpoint groups: its pool went before it. */
async function clusterLeaves(sandbox: Sandbox): Promise<void> {
  const setSouth = (south?: object) =>
    sandbox.configure((config) => {
      const clusters = { ...(config["inference-gateway:clusters"] as Record<string, object>) };
      delete clusters["gke-south"];
      config["inference-gateway:clusters"] = south ? { ...clusters, "gke-south": south } : clusters;
    });
  setSouth(SOUTH);
  await sandbox.up();
  setSouth();
  await sandbox.up();
  await sandbox.verify();
  const left = (await sandbox.cloud.resources()).filter(
    ({ name }) => name.includes("gke-south") || name.includes(`zones/${SOUTH.region}`),
  );
  // Its rule of service discovery stays: the feature is on, as it has to be (GoogleCloudPlatform/
  // terraform-ecommerce-microservices-on-gke#49). It keeps nothing but the VPC, which stays, too.
  const unexpected = left.filter(
    ({ name }) => !/\/firewalls\/gke-gke-south-\w{8}-mcsd$/.test(name),
  );
  if (unexpected.length > 0) {
    throw new Error(`left behind: ${unexpected.map(({ name }) => name).join(", ")}`);
  }
}

/** What `gcloud compute <group> delete <name> [--zone <zone>] --project <project>` asks of Google. */
async function typeGcloud(sandbox: Sandbox, command: string): Promise<void> {
  const [, group = "", name, zone, project] =
    /^gcloud compute (\S+) delete (\S+)(?: --zone (\S+))? --project (\S+)$/.exec(command) ?? [];
  const collections: Record<string, string> = {
    "firewall-rules": "global/firewalls",
    "network-endpoint-groups": `zones/${zone}/networkEndpointGroups`,
  };
  const compute = `https://compute.googleapis.com/compute/v1/projects/${project}`;
  await sandbox.cloud.google.run("DELETE", `${compute}/${collections[group]}/${name}`);
}
