import * as fs from "node:fs";

import type { LoadBalancer } from "../gke/gke";
import { KubeClient } from "../kube/client";

import { type Subject, verify } from "./checks";

/** What `rehearse` hands over: the stack's outputs and the cloud's view, as one JSON file. */
interface Handover {
  outputs: {
    clusters: Record<string, { location: string; membership: string }>;
    kubeconfigs: Record<string, string>;
    gatewayAddresses: Record<string, string>;
    namespace: string;
    poolName: string;
    metricName: string;
  };
  loadBalancers: LoadBalancer[];
  diagnosis: string[];
}

/**
 * Verifies a stack from its outputs alone, as its users would. A process of its own, because Node reads which CAs to
 * trust when it starts, and the cloud's CA is known only once the cloud runs.
 */
async function main(file: string): Promise<void> {
  const { outputs, loadBalancers, diagnosis } = JSON.parse(
    fs.readFileSync(file, "utf8"),
  ) as Handover;
  const clusters = Object.fromEntries(
    Object.entries(outputs.kubeconfigs).map(([name, text]) => [
      name,
      KubeClient.fromKubeconfig(text),
    ]),
  );
  const regions = mapValues(outputs.clusters, ({ location }) => location);
  const memberships = mapValues(outputs.clusters, ({ membership }) => membership);
  const subject: Subject = {
    ...{ clusters, regions, memberships, loadBalancers, diagnosis },
    ...{ namespace: outputs.namespace, poolName: outputs.poolName, metricName: outputs.metricName },
    gatewayAddresses: outputs.gatewayAddresses,
    configCluster: loadBalancers[0]?.cluster.split("/").pop() ?? "",
  };
  console.log(JSON.stringify(await verify(subject)));
  for (const client of Object.values(clusters)) client.close();
}

function mapValues<T, U>(map: Record<string, T>, change: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

void main(process.argv[2] ?? "").catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
