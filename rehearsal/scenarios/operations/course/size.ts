import { expectAllOk } from "../../faults/preflight";

import { expectSame, MODEL_SERVER, type Scene } from "../scene";
import type { Step } from "../step";

const PREFLIGHT = "make preflight STACK=prod";
const NODE_POOLS =
  "https://container.googleapis.com/v1/projects/my-project-dev/locations/us-east4/clusters/gke-east/nodePools";

/** A region more, and more model servers. */
export function size(policyPack: string): readonly Step[] {
  const words = { "policy-pack policy-pack": `policy-pack ${policyPack}` };
  return [
    {
      edit: [
        "inference-gateway:clusters:",
        "  gke-west: { region: europe-west3 }",
        "  gke-east: { region: us-east4 }",
        "  gke-south: { region: asia-southeast1 }",
      ].join("\n"),
    },
    {
      command: PREFLIGHT,
      says: [/gke-south|asia-southeast1/],
      seen: (_, said) => Promise.resolve(expectAllOk(said)),
    },
    {
      command: "pulumi preview --policy-pack policy-pack",
      words,
      before: async (scene) => {
        scene.notes.set("resources", await scene.resources());
        scene.notes.set("servers", await scene.allModelServers());
      },
      says: [/Cluster gke-south create/, /Gateway cross-region-gateway update/, /Policies:/],
      seen: async (scene) => {
        expectSame("resources", await scene.resources(), scene.notes.get("resources"));
      },
    },
    {
      command: "pulumi up --policy-pack policy-pack",
      words,
      seen: async (scene) => {
        await scene.sandbox.verify();
        const { "gke-south": south, ...others } = await scene.allModelServers();
        expectSame("model servers of gke-south", south?.length, 1);
        expectSame("model servers", others, scene.notes.get("servers"));
      },
    },
    { command: "pulumi stack output gatewayAddresses", says: [/"asia-southeast1": ?"10\./] },
    {
      edit: "inference-gateway:accelerator: { machineType: g2-standard-8, provisioning: spot, minNodes: 1, maxNodes: 3 }\ninference-gateway:model: { replicas: 2, maxLength: 8192 }",
    },
    { command: PREFLIGHT, seen: (_, said) => Promise.resolve(expectAllOk(said)) },
    {
      command: "pulumi up",
      before: async (scene) => void scene.notes.set("servers", await scene.allModelServers()),
      seen: async (scene) => {
        const { nodePools = [] } = (await scene.sandbox.cloud.google.call("GET", NODE_POOLS)) as {
          nodePools?: { name: string; autoscaling?: { totalMaxNodeCount?: number } }[];
        };
        const gpus = nodePools.find(({ name }) => name.startsWith("gke-east-gpu"));
        expectSame("most nodes", gpus?.autoscaling?.totalMaxNodeCount, 3);
        await onlyAdded(scene);
      },
    },
    {
      command: `kubectl get deployment/${MODEL_SERVER} -n inference --context gke_my-project_us-east4_gke-east`,
      says: [new RegExp(`^${MODEL_SERVER} +\\d/2 `, "m")],
    },
  ];
}

/** Two model servers in each cluster, and among them those that were there. */
async function onlyAdded(scene: Scene): Promise<void> {
  const before = scene.notes.get("servers") as Record<string, string[]>;
  for (const [cluster, servers] of Object.entries(await scene.allModelServers())) {
    expectSame(`model servers of ${cluster}`, servers.length, 2);
    const restarted = (before[cluster] ?? []).filter((uid) => !servers.includes(uid));
    expectSame(`restarted in ${cluster}`, restarted, []);
  }
}
