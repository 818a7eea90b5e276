import { type KubeObject, refOf } from "../../../emulator/kube/objects";
import { until } from "../expect";
import { type Guide, WEST } from "../guide";
import type { Kubectl } from "../kubectl";
import { POOL } from "../manifests/gateway";
import { type Pod, podsOf, standOf, untilReady } from "../pods";
import type { GieRelease } from "../release";
import type { Show } from "../show";

export const REPLICAS = 3;
const GPU = "nvidia.com/gpu";

/** "Deploy resources to the target clusters": token and model servers. */
export async function deployModelServers(guide: Guide, show: Show): Promise<void> {
  const { west, east } = guide.clusters;
  for (const kubectl of [west, east]) {
    await kubectl.apply(token);
    for (const object of guide.release.gpuDeployment) await kubectl.apply(object);
  }
  await show.demonstrate(7, () => endlessInit(guide));
  for (const kubectl of [west, east]) await kubectl.apply(corrected(guide.release));
  await show.demonstrate(21, () => idleGpus(west));
  for (const kubectl of [west, east]) await untilReady(kubectl, POOL, REPLICAS);
}

const token: KubeObject = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "hf-token" },
  stringData: { token: "hf_of_the_rehearsal" },
};

/** What the API server has kept of the init container, and how far its pods come. */
async function endlessInit({ clusters: { west }, cloud, release }: Guide): Promise<string[]> {
  const asked = initContainer(deployment(release.gpuDeployment)).restartPolicy;
  const stored = await west.client.get({
    ...refOf(deployment(release.gpuDeployment)),
    namespace: "default",
  });
  const kept = initContainer(stored).restartPolicy ?? "none";
  const stands = await until(`${REPLICAS} pods of ${POOL} in Init`, async () => {
    const pods = await podsOf(west, POOL);
    const all = pods.map(standOf).filter((stand) => stand.includes("lora-adapter-syncer runs"));
    return all.length === REPLICAS ? [...new Set(all)] : undefined;
  });
  const pod = (await podsOf(west, POOL))[0]?.metadata.name ?? "none";
  const prefix = `cluster ${WEST.name}: pod default/${pod}: `;
  const complaint = await until("a word on an init container", async () =>
    (await cloud.diagnose()).find((line) => line.startsWith(`${prefix}init container`)),
  );
  return [
    `restartPolicy of the init container: sent "${asked}", kept ${kept}`,
    `each of ${REPLICAS} pods: ${stands.join(" or ")}`,
    complaint.slice(prefix.length),
  ];
}

/** The Deployment with the least correction: its init container is a sidecar. @param image of the server */
export function corrected({ gpuDeployment }: GieRelease, image?: string): KubeObject {
  return withPodSpec(deployment(gpuDeployment), (spec) => ({
    ...spec,
    initContainers: spec.initContainers.map((c) => ({ ...c, restartPolicy: "Always" })),
    containers: spec.containers.map((c) => ({ ...c, image: image ?? c.image })),
  }));
}

async function idleGpus(kubectl: Kubectl): Promise<string[]> {
  await untilReady(kubectl, POOL, REPLICAS);
  const nodes = await kubectl.client.list("v1", "Node", undefined, {
    labelSelector: "cloud.google.com/gke-nodepool=h100",
  });
  const bought = nodes
    .map(({ status }) => (status as { allocatable: Record<string, string> }).allocatable[GPU])
    .reduce((sum, gpus) => sum + Number(gpus ?? 0), 0);
  const used = (await podsOf(kubectl, POOL)).map(gpusOf).reduce((sum, gpus) => sum + gpus, 0);
  return [
    `${nodes.length} nodes with ${bought} H100, ${used} of them used when all ${REPLICAS} replicas are Ready`,
  ];
}

function gpusOf({ spec }: Pod): number {
  return spec.containers
    .map(({ resources }) => Number(resources?.requests?.[GPU] ?? 0))
    .reduce((sum, gpus) => sum + gpus, 0);
}

interface PodSpec {
  initContainers: { name: string; restartPolicy?: string }[];
  containers: { image: string }[];
}

function deployment(objects: KubeObject[]): KubeObject {
  const found = objects.find(({ kind }) => kind === "Deployment");
  if (!found) throw new Error("gpu-deployment.yaml has no Deployment");
  return found;
}

/** A Deployment with another pod. */
function withPodSpec(object: KubeObject, change: (spec: PodSpec) => PodSpec): KubeObject {
  const { template, ...spec } = object.spec as { template: { spec: PodSpec } };
  return { ...object, spec: { ...spec, template: { ...template, spec: change(template.spec) } } };
}

function initContainer(object: KubeObject): PodSpec["initContainers"][number] {
  const { template } = object.spec as { template: { spec: PodSpec } };
  const [container] = template.spec.initContainers;
  if (!container) throw new Error(`${object.metadata.name} has no init container`);
  return container;
}
