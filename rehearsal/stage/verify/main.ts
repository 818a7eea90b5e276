import * as fs from "node:fs";

import type { DnsAnswers } from "../../emulator/cloud/services/dns/answers";
import type { LoadBalancer } from "../../emulator/gke/gke";
import { KubeClient } from "../../emulator/kube/client";

import { type Subject, verify } from "./checks";
import { messageOf } from "../../toolchain/errors";

/** What `rehearse` hands over: the stack's outputs and the cloud's view, as one JSON file. */
interface Handover {
  outputs: {
    clusters: Record<string, { location: string; membership: string; model?: object }>;
    kubeconfigs: Record<string, string>;
    gatewayAddresses: Record<string, string>;
    /** Left out where the stack has none. */
    privateUrl?: string | null;
    namespace: string;
    poolName: string;
    metricName: string;
  };
  loadBalancers: LoadBalancer[];
  dns: DnsAnswers[];
  diagnosis: string[];
}

/**
 * Verifies a stack from its outputs alone, as its users would. A process of its own, because Node reads which CAs to
 * trust when it starts, and the cloud's CA is known only once the cloud runs.
 */
async function main(file: string): Promise<void> {
  const { outputs, loadBalancers, dns, diagnosis } = JSON.parse(
    fs.readFileSync(file, "utf8"),
  ) as Handover;
  const clients = mapValues(outputs.kubeconfigs, (text) => KubeClient.fromKubeconfig(text));
  const serving = pick(outputs.clusters, ({ model }) => model !== undefined);
  const clusters = pick(clients, (_, name) => name in serving);
  const regions = mapValues(serving, ({ location }) => location);
  const memberships = mapValues(serving, ({ membership }) => membership);
  const configCluster = loadBalancers[0]?.cluster.split("/").pop() ?? "";
  const subject: Subject = {
    ...{ clusters, regions, memberships, loadBalancers, dns, diagnosis },
    ...{ configCluster, config: clients[configCluster] },
    ...{ namespace: outputs.namespace, poolName: outputs.poolName, metricName: outputs.metricName },
    ...{ gatewayAddresses: outputs.gatewayAddresses, privateUrl: outputs.privateUrl ?? null },
  };
  console.log(JSON.stringify(await verify(subject)));
  for (const client of Object.values(clients)) client.close();
}

function mapValues<T, U>(map: Record<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

function pick<T>(
  map: Record<string, T>,
  wanted: (value: T, key: string) => boolean,
): Record<string, T> {
  return Object.fromEntries(Object.entries(map).filter(([key, value]) => wanted(value, key)));
}

void main(process.argv[2] ?? "").catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
