import * as fs from "node:fs";

import * as yaml from "js-yaml";

import { expectAllOk } from "../../faults/preflight";
import { makeTheirs } from "../../faults/fleet";

import { expectSame, type Scene } from "../scene";
import type { Step } from "../step";

const PROJECT = "my-project-dev";
const FEATURES = `https://gkehub.googleapis.com/v1/projects/${PROJECT}/locations/global/features`;
const CONTEXTS: Record<string, string> = {
  "gke-west": "gke_my-project-dev_europe-west3_gke-west",
  "gke-east": "gke_my-project-dev_us-east4_gke-east",
};
const CLAIMED =
  /already\s+has\s+the\s+feature\s+multiclusteringress\s+with\s+the\s+config\s+membership\s+\S+\/memberships\/edge/;

/** From a fleet that another team uses to a gateway that serves. */
export const begin: readonly Step[] = [
  {
    command: "pulumi preview",
    before: async (scene) => {
      await makeTheirs(scene.sandbox);
      scene.notes.set("theirs", await scene.resources());
    },
    refused: true,
    says: [CLAIMED],
    seen: nothingMade,
  },
  {
    command: "pulumi up",
    env: { PULUMI_OPTION_SKIP_PREVIEW: "false" },
    refused: true,
    says: [CLAIMED],
    seen: nothingMade,
  },
  {
    command: "pulumi up --skip-preview",
    refused: true,
    says: [CLAIMED],
    seen: async (scene) => {
      const made = (await scene.resources()).filter((each) => !theirs(scene).includes(each));
      const ofFleet = made.filter((each) => /\/(clusters|memberships|features)\//.test(each));
      expectSame("made of the fleet", ofFleet, []);
      expectSame(
        "a VPC is made",
        made.some((each) => each.includes("/networks/")),
        true,
      );
    },
  },
  {
    command: "gcloud container fleet ingress disable --project my-project",
    asOwner: true,
    seen: async ({ sandbox }) => {
      const { resources = [] } = (await sandbox.cloud.google.call("GET", FEATURES)) as {
        resources?: { name: string }[];
      };
      expectSame(
        "features of the fleet",
        resources.map(({ name }) => name),
        [],
      );
    },
    orElse: async ({ sandbox }) => {
      await sandbox.cloud.google.run("DELETE", `${FEATURES}/multiclusteringress`);
    },
  },
  {
    // The failed update has enabled the APIs.
    command: "make preflight STACK=dev",
    seen: (_, said) => Promise.resolve(expectAllOk(said)),
  },
  { command: "pulumi up", seen: ({ sandbox }) => sandbox.verify() },
  ...Object.entries(CONTEXTS).map(([cluster, context]): Step => ({
    command:
      "gcloud container clusters get-credentials gke-east --location us-east4 --dns-endpoint --project my-project",
    words: cluster === "gke-east" ? {} : { "gke-east": cluster, "us-east4": "europe-west3" },
    seen: ({ kubeconfig }) => {
      const { contexts } = yaml.load(fs.readFileSync(kubeconfig, "utf8")) as KubeconfigFile;
      const names = contexts.map(({ name }) => name);
      expectSame("it has the context", names.includes(context), true);
      return Promise.resolve();
    },
    orElse: writeContexts,
  })),
  {
    command: "pulumi stack output clusters",
    says: [/"context": ?"gke_my-project-dev_us-east4_gke-east"/],
  },
  {
    command: "pulumi stack history --stack prod",
    says: [/^UpdateKind: update\nStatus: succeeded$/m],
  },
];

function theirs({ notes }: Scene): string[] {
  return notes.get("theirs") as string[];
}

async function nothingMade(scene: Scene): Promise<void> {
  expectSame("resources", await scene.resources(), theirs(scene));
}

/** Writes what `gcloud` would: every cluster of the stack in one file, by context. */
async function writeContexts({ sandbox, kubeconfig }: Scene): Promise<void> {
  const { kubeconfigs } = (await sandbox.engine.outputs()) as {
    kubeconfigs: Record<string, string>;
  };
  const files = Object.values(kubeconfigs).map((text) => yaml.load(text) as KubeconfigFile);
  const all = (key: "clusters" | "users" | "contexts") => files.flatMap((file) => file[key]);
  const merged = { ...files[0], clusters: all("clusters"), users: all("users") };
  fs.writeFileSync(kubeconfig, yaml.dump({ ...merged, contexts: all("contexts") }));
}

/** Lists of a kubeconfig. */
interface KubeconfigFile {
  clusters: object[];
  users: object[];
  contexts: { name: string }[];
}
