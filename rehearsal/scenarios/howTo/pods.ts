import type { KubeObject } from "../../emulator/kube/objects";

import { until } from "./expect";
import type { Kubectl } from "./kubectl";

interface ContainerStatus {
  name: string;
  state: { running?: object; waiting?: { reason: string } };
}

/** A pod, as far as it is looked at. */
export interface Pod extends KubeObject {
  spec: { containers: { resources?: { requests?: Record<string, string> } }[] };
  status: {
    phase: string;
    initContainerStatuses?: ContainerStatus[];
    containerStatuses?: ContainerStatus[];
    conditions?: { type: string; status: string }[];
  };
}

/** Pods of the namespace `default` that have a label `app` and are not on their way out. */
export async function podsOf({ client }: Kubectl, app: string): Promise<Pod[]> {
  const pods = await client.list("v1", "Pod", "default", { labelSelector: `app=${app}` });
  return (pods as Pod[]).filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** Waits until there are exactly so many pods, and all are Ready. */
export async function untilReady(kubectl: Kubectl, app: string, count: number): Promise<void> {
  await until(`${count} pods ${app} are Ready`, async () => {
    const pods = await podsOf(kubectl, app);
    return pods.length === count && pods.every(isReady);
  });
}

function isReady({ status }: Pod): boolean {
  return status.conditions?.some((c) => c.type === "Ready" && c.status === "True") ?? false;
}

/** Where a pod stands: `Pending, lora-adapter-syncer runs, vllm waits (PodInitializing)`. */
export function standOf({ status }: Pod): string {
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  const parts = all.map(({ name, state }) =>
    state.running ? `${name} runs` : `${name} waits (${state.waiting?.reason ?? "ended"})`,
  );
  return [status.phase, ...parts].join(", ");
}
