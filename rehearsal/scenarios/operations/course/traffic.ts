import { expectSame, MODEL_SERVER, NAMESPACE, type Scene } from "../scene";
import type { Step } from "../step";

const TOKEN = "hf_rehearsedAnew";
const DRAINED = "inference-gateway:drained: [us-east4]";
const REVISION = "a-new-one";
/** Nothing is sent, so there is nothing to wait for. */
const AT_ONCE = { YES: "1", DRAIN_SECONDS: "0", SETTLE_SECONDS: "0" };

/** Requests: where they go, a drained region, a new token, a new model. */
export const traffic: readonly Step[] = [
  {
    command:
      "gcloud compute forwarding-rules list --global --project my-project --format 'value(IPAddress, name)'",
    asOwner: true,
    seen: async ({ sandbox, notes }, said) => {
      const { gatewayAddresses } = (await sandbox.engine.outputs()) as {
        gatewayAddresses: Record<string, string>;
      };
      const missing = Object.values(gatewayAddresses).filter((address) => !said.includes(address));
      if (!notes.has("without gcloud")) expectSame("addresses without a rule", missing, []);
    },
    orElse: ({ notes }) => Promise.resolve(void notes.set("without gcloud", true)),
  },
  { edit: DRAINED },
  {
    command: "pulumi config set --secret huggingFaceToken <the new one>",
    words: { "<the new one>": TOKEN },
    before: async (scene) => {
      scene.notes.set("servers", await scene.allModelServers());
      scene.notes.set("secret", secretOf(scene));
    },
    seen: (scene) => {
      const isNew = secretOf(scene) !== scene.notes.get("secret");
      expectSame("another secret is in the stack file", isNew, true);
      return Promise.resolve();
    },
  },
  {
    // One update for both: each changes what the other leaves alone.
    command: "pulumi up",
    seen: async (scene) => {
      await expectCapacity(scene, { "europe-west3": 100, "us-east4": 0 });
      for (const cluster of ["gke-west", "gke-east"]) {
        expectSame(`token in ${cluster}`, await tokenIn(scene, cluster), TOKEN);
      }
      expectSame("model servers", await scene.allModelServers(), scene.notes.get("servers"));
    },
  },
  { command: "pulumi stack output drained", says: [/"us-east4"/] },
  {
    command: "make rollout",
    env: { STACK: "dev", ...AT_ONCE },
    refused: true,
    says: [/^The configuration drains us-east4; a roll-out would drain a second region/m],
  },
  {
    command: `kubectl rollout restart deployment/${MODEL_SERVER} -n inference --context gke_my-project_us-east4_gke-east`,
    seen: async (scene) => {
      const before = scene.notes.get("servers") as Record<string, string[]>;
      const old = before["gke-east"] ?? [];
      const now = await scene.allModelServers();
      expectSame("model servers of gke-west", now["gke-west"], before["gke-west"]);
      const stays = (now["gke-east"] ?? []).filter((uid) => old.includes(uid));
      expectSame("model servers of gke-east that stay", stays, []);
      const { readyPods } = (await scene.backends())["us-east4"] ?? {};
      expectSame("ready ones", readyPods, 1);
    },
  },
  { edit: DRAINED, undone: true },
  {
    command: "pulumi up",
    seen: (scene) => expectCapacity(scene, { "europe-west3": 100, "us-east4": 100 }),
  },
  {
    command: "make rollout STACK=prod DRY_RUN=1",
    before: ({ sandbox }) => {
      sandbox.configure((config) => {
        const key = "inference-gateway:model";
        config[key] = { ...(config[key] as object), revision: REVISION };
      });
    },
    says: [/^5 steps, each a `pulumi up`:$/m, /^ {2}1\. .*drain us-east4$/m],
    seen: (scene) => expectRevisions(scene, "main"),
  },
  {
    command: "make rollout STACK=prod",
    env: AT_ONCE,
    says: [/^\[2\/5\] roll gke-east in us-east4/m, /^\[4\/5\] roll gke-west in europe-west3/m],
    seen: async (scene) => {
      await expectRevisions(scene, REVISION);
      await expectCapacity(scene, { "europe-west3": 100, "us-east4": 100 });
    },
  },
];

export async function expectCapacity(
  scene: Scene,
  expected: Record<string, number>,
): Promise<void> {
  const backends = Object.entries(await scene.backends()).sort();
  const capacity = backends.map(([region, { capacityPercent }]) => [region, capacityPercent]);
  expectSame("capacity that is used", Object.fromEntries(capacity), expected);
}

/** The token in the stack file, encrypted. */
function secretOf({ sandbox }: Scene): string | undefined {
  let secret: string | undefined;
  sandbox.configure((config) => {
    const token = config["inference-gateway:huggingFaceToken"] as { secure?: string } | undefined;
    secret = token?.secure;
  });
  return secret;
}

async function tokenIn(scene: Scene, cluster: string): Promise<string> {
  const ref = { apiVersion: "v1", kind: "Secret", namespace: NAMESPACE, name: "hf-token" };
  const { data } = (await scene.object(cluster, ref)) as { data?: { token?: string } };
  return Buffer.from(data?.token ?? "", "base64").toString();
}

async function expectRevisions({ sandbox }: Scene, revision: string): Promise<void> {
  const { clusters } = (await sandbox.engine.outputs()) as {
    clusters: Record<string, { model?: { revision: string } }>;
  };
  const revisions = Object.values(clusters).map(({ model }) => model?.revision);
  expectSame("revisions", revisions, [revision, revision]);
}
