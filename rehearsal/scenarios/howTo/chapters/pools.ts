import { MERGE_PATCH } from "../../../emulator/kube/client";
import { until } from "../expect";
import { type Guide, WEST } from "../guide";
import type { Kubectl } from "../kubectl";
import { POOL } from "../manifests/gateway";
import { inferenceObjective } from "../manifests/inferenceObjective";
import type { Show } from "../show";

/** Arguments of both `helm install` commands. */
export const VALUES = [`inferencePool.modelServers.matchLabels.app=${POOL}`, "provider.name=gke"];
/** Arguments of the second only. */
const MONITORING = "inferenceExtension.monitoring.gke.enabled=true";

const POD_MONITORING = { apiVersion: "monitoring.googleapis.com/v1", kind: "PodMonitoring" };
const INFERENCE_POOL = { apiVersion: "inference.networking.k8s.io/v1", kind: "InferencePool" };

/** "Deploy resources to the target clusters": objectives, pools, and their export. */
export async function deployPools(guide: Guide, show: Show): Promise<void> {
  const { clusters, helm } = guide;
  await helm.install(clusters.west, POOL, VALUES);
  await helm.install(clusters.east, POOL, [...VALUES, MONITORING]);
  await show.demonstrate(12, () => unscrapedPicker(guide));
  for (const kubectl of [clusters.west, clusters.east]) await kubectl.apply(inferenceObjective());
  await show.demonstrate(5, () => objectiveOfNoPool(guide));
  for (const kubectl of [clusters.west, clusters.east]) await exportPool(kubectl);
}

/** `kubectl annotate inferencepool`. */
export async function exportPool({ client }: Kubectl): Promise<void> {
  const annotations = { "networking.gke.io/export": "True" };
  const pool = { ...INFERENCE_POOL, name: POOL, namespace: "default" };
  await client.patch(pool, { metadata: { annotations } }, MERGE_PATCH);
}

async function unscrapedPicker({ clusters }: Guide): Promise<string[]> {
  const [west, east] = await Promise.all([clusters.west, clusters.east].map(monitored));
  return [`PodMonitorings of gke-west: ${west}, of gke-east: ${east}`];
}

async function monitored({ client }: Kubectl): Promise<string> {
  const found = await client.list(POD_MONITORING.apiVersion, POD_MONITORING.kind, "default");
  return found.map(({ metadata }) => metadata.name).join(", ") || "none";
}

/** No controller looks at an objective; the emulated cloud's own look at things says it. */
async function objectiveOfNoPool({ clusters: { west }, cloud }: Guide): Promise<string[]> {
  const start = `cluster ${WEST.name}: InferenceObjective `;
  const complaint = async () => (await cloud.diagnose()).find((line) => line.startsWith(start));
  const said = await until("a word on the objective", complaint);
  await west.apply(inferenceObjective(POOL));
  await until("no word on the objective", async () => (await complaint()) === undefined);
  return ["the API server accepts it", said];
}
