import * as fs from "node:fs";
import * as path from "node:path";

import { expectSame, type Scene } from "../scene";
import type { Step } from "../step";

import { expectCapacity } from "./traffic";

const PROJECT = "my-project-dev";
const COMPUTE = `https://compute.googleapis.com/compute/v1/projects/${PROJECT}`;
const CLUSTERS = `https://container.googleapis.com/v1/projects/${PROJECT}/locations/us-east4/clusters`;
const TEARDOWN = { YES: "1", RETRY_SECONDS: "1" };
/** At this scale the Gateway is deleted for 3 s, in which nothing else is written. */
const SLOW = 0.05;
const STALE_RULE = /\/firewalls\/(gke-gke-south-\w{8}-mcsd)$/;
const KEPT = [/^ {2}gke-west \(.*\): Pulumi's protect/m, /^ {2}gke-east \(.*\): Pulumi's protect/m];

/** A protected stack, a cluster less, and the end. */
export const end: readonly Step[] = [
  {
    command: "pulumi destroy",
    env: { PULUMI_OPTION_SKIP_PREVIEW: "false" },
    before: async (scene) => void scene.notes.set("resources", await scene.resources()),
    refused: true,
    seen: nothingDeleted,
  },
  { command: "pulumi destroy --skip-preview", refused: true, seen: nothingDeleted },
  {
    command: "make teardown",
    env: { STACK: "dev", ...TEARDOWN },
    refused: true,
    says: KEPT,
    seen: nothingDeleted,
  },
  {
    command: "pulumi config set inference-gateway:deletionProtection false --stack prod",
    seen: ({ sandbox }) => {
      sandbox.configure((config) => {
        const given = String(config["inference-gateway:deletionProtection"]);
        expectSame("deletionProtection", given, "false");
      });
      return Promise.resolve();
    },
  },
  {
    edit: "inference-gateway:drained: [us-east4]",
    words: { "us-east4": "asia-southeast1" },
  },
  {
    command: "pulumi up --stack prod",
    seen: async (scene) => {
      await expectCapacity(scene, { "asia-southeast1": 0, "europe-west3": 100, "us-east4": 100 });
      const { deletionProtection } = await scene.sandbox.cloud.google.call(
        "GET",
        `${CLUSTERS}/gke-east`,
      );
      expectSame("the flag on the cluster", deletionProtection ?? false, false);
    },
  },
  {
    edit: "inference-gateway:drained: [us-east4]",
    undone: true,
  },
  {
    command: "pulumi up",
    before: ({ sandbox }) => {
      sandbox.configure((config) => {
        const key = "inference-gateway:clusters";
        const { "gke-west": west, "gke-east": east } = config[key] as Record<string, object>;
        config[key] = { "gke-west": west, "gke-east": east };
      });
    },
    seen: async (scene) => {
      const left = (await scene.resources()).filter((each) => each.includes("gke-south"));
      expectSame(
        "left",
        left.filter((each) => !STALE_RULE.test(each)),
        [],
      );
      await scene.sandbox.verify();
    },
  },
  {
    command:
      "gcloud compute firewall-rules list --project my-project --filter 'name ~ -mcsd$' --format 'value(name)'",
    asOwner: true,
    says: [/^gke-gke-south-\w{8}-mcsd$/m],
    orElse: () => Promise.resolve(),
  },
  {
    command: "gcloud compute firewall-rules delete <the rule> --project my-project",
    words: { "<the rule>": "$RULE" },
    asOwner: true,
    envOf: async (scene) => ({ RULE: (await staleRule(scene)) ?? "" }),
    seen: async (scene) => expectSame("rule", await staleRule(scene), undefined),
    orElse: async (scene) => {
      await scene.sandbox.cloud.google.run(
        "DELETE",
        `${COMPUTE}/global/firewalls/${String(await staleRule(scene))}`,
      );
    },
  },
  {
    command: "make teardown STACK=dev",
    before: async (scene) => void scene.notes.set("resources", await scene.resources()),
    refused: true,
    says: [/^Everything in stack "dev" will be deleted\. .*set YES=1/m],
    seen: nothingDeleted,
  },
  {
    command: "make teardown STACK=dev YES=1",
    before: ({ sandbox }) => sandbox.cloud.turn({ timeScale: SLOW }),
    killedAt: /Gateway cross-region-gateway deleting/,
    seen: (scene) => Promise.resolve(expectSame("locks", locks(scene).length, 1)),
  },
  {
    command: "pulumi cancel dev",
    before: ({ sandbox }) => sandbox.cloud.turn({ timeScale: 0 }),
    seen: (scene) => Promise.resolve(expectSame("locks", locks(scene), [])),
  },
  {
    command: "pulumi refresh",
    seen: async ({ sandbox }) => {
      const { deployment } = await sandbox.engine.export();
      expectSame("operations in progress", deployment.pending_operations ?? [], []);
    },
  },
  {
    command: "make teardown STACK=prod",
    env: { ...TEARDOWN, LIMIT_MINUTES: "0" },
    before: loseEast,
    refused: true,
    says: [/^\d+ objects could not be deleted, because their cluster does not answer: /m],
  },
  {
    command: "PULUMI_K8S_DELETE_UNREACHABLE=true make teardown STACK=dev",
    env: TEARDOWN,
    seen: async (scene) => {
      const theirs = scene.notes.get("theirs") as string[];
      const left = (await scene.resources()).filter((each) => !theirs.includes(each));
      expectSame("left", left, []);
    },
  },
];

async function nothingDeleted(scene: Scene): Promise<void> {
  expectSame("resources", await scene.resources(), scene.notes.get("resources"));
}

/** Locks of the stack that its backend holds. */
function locks({ sandbox: { directories } }: Scene): string[] {
  const folder = path.join(directories.engine, "stacks/.pulumi/locks");
  const found = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return found.filter((file) => file.endsWith(".json"));
}

async function staleRule(scene: Scene): Promise<string | undefined> {
  return (await scene.resources()).flatMap((each) => STALE_RULE.exec(each)?.[1] ?? [])[0];
}

/** A cluster is deleted in the console, and what GKE had made for it. */
async function loseEast({ sandbox }: Scene): Promise<void> {
  const { google } = sandbox.cloud;
  await google.run("DELETE", `${CLUSTERS}/gke-east`);
  for (const { name } of await sandbox.cloud.resources()) {
    if (/\/zones\/us-east4-\w\/networkEndpointGroups\/|\/firewalls\/gke-gke-east-/.test(name)) {
      await google.run("DELETE", `https://compute.googleapis.com/compute/v1/${name}`);
    }
  }
}
