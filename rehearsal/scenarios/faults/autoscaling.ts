import type { KubeClient } from "../../emulator/kube/client";
import type { KubeObject, ObjectRef } from "../../emulator/kube/objects";
import { clusterClients } from "../../stage/clusterClients";
import { type Sandbox, until } from "../../stage/sandbox";
import { isAbsent } from "../../toolchain";

import type { Drill } from "../drills/drill";

const NAMESPACE = "inference";
const key = (name: string) => `inference-gateway:${name}`;

/** What the horizontal autoscaler does with the use of KV caches. */
export const autoscalingDrills: Drill[] = [
  { name: "kvCacheAddsServer", serves: true, run: addsServer },
];

/**
 * Caches that are fuller than the target add a server in each region, which comes to take requests; without the
 * AutoscalingMetric the autoscaler says what it does not find, and lets the servers be.
 */
async function addsServer(sandbox: Sandbox): Promise<void> {
  const absent = Object.values(sandbox.environment.toolchain.dataPlane).find(isAbsent);
  if (absent) throw new Error(`no model server reports its cache: ${absent.why}`);
  await sandbox.cloud.turn({ modelServer: { "fake-metrics": '{"kv-cache-usage":0.9}' } });
  sandbox.configure((config) => {
    config[key("autoscaling")] = { maxReplicas: 2, targetUtilization: 50 };
    Object.assign(config[key("accelerator")] as object, { maxNodes: 4 });
  });
  await sandbox.up();

  const clients = [...clusterClients(sandbox.directories, await sandbox.cloud.clusters()).values()];
  try {
    await until("two healthy model servers in each region", async () => {
      const { gateways } = await sandbox.cloud.traffic();
      const members = gateways.flatMap(({ pools }) => pools.flatMap((pool) => pool.members));
      return members.length === 2 && members.every((each) => each.healthyEndpoints === 2);
    });
    for (const client of clients) await withoutMetric(client);
  } finally {
    for (const client of clients) client.close();
  }
}

async function withoutMetric(client: KubeClient): Promise<void> {
  await client.delete(reference("autoscaling.gke.io/v1beta1", "AutoscalingMetric", "kv-cache"));
  const words =
    "the server could not find the metric autoscaling.gke.io|kv-cache|kv-cache for pods";
  await until(`the autoscaler says: ${words}`, async () => {
    const { status } = await autoscalerOf(client);
    const found = status?.conditions?.find(({ type }) => type === "ScalingActive");
    return found?.reason === "FailedGetPodsMetric" && found.message.includes(words);
  });
  const { status } = await autoscalerOf(client);
  if (status?.desiredReplicas !== 2) throw new Error(`${status?.desiredReplicas} servers, not 2`);
}

interface Autoscaler extends KubeObject {
  status?: {
    desiredReplicas: number;
    conditions?: { type: string; reason: string; message: string }[];
  };
}

async function autoscalerOf(client: KubeClient): Promise<Autoscaler> {
  const [found] = await client.list("autoscaling/v2", "HorizontalPodAutoscaler", NAMESPACE);
  if (!found) throw new Error(`no HorizontalPodAutoscaler in ${client.context}`);
  return found as Autoscaler;
}

function reference(apiVersion: string, kind: string, name: string): ObjectRef {
  return { apiVersion, kind, name, namespace: NAMESPACE };
}
