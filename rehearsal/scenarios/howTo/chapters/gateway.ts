import type { KubeObject } from "../../../emulator/kube/objects";
import { backendOf, timeoutOf, untilTimeout } from "../balancer";
import { until } from "../expect";
import { type Guide, WEST } from "../guide";
import type { Kubectl } from "../kubectl";
import { backendPolicy, withTimeout } from "../manifests/backendPolicy";
import { gateway, healthCheck, POOL, route } from "../manifests/gateway";
import type { Show } from "../show";

import { exportPool, VALUES } from "./pools";

const OTHER = "team-a";
const otherNamespace: KubeObject = {
  apiVersion: "v1",
  kind: "Namespace",
  metadata: { name: OTHER },
};

/** "Deploy resources to the config cluster": Gateway, route and health check. */
export async function deployGateway(guide: Guide, show: Show): Promise<void> {
  const { west } = guide.clusters;
  await untilImported(west);
  await west.apply(gateway);
  await west.apply(healthCheck);
  await show.demonstrate(14, () => otherDefaultNamespace(guide));
  await west.apply(route);
  await untilServing(guide);
  await show.demonstrate(27, () => policyOfTwoOwners(guide));
}

async function untilImported({ client }: Kubectl): Promise<void> {
  const ref = { apiVersion: "networking.gke.io/v1", kind: "GCPInferencePoolImport" };
  await until(`the import of ${POOL}`, async () => {
    if (!(await client.resourceFor(ref.apiVersion, ref.kind))) return false;
    const found = await client.getOptional({ ...ref, name: POOL, namespace: "default" });
    return found !== undefined;
  });
}

async function untilServing({ cloud }: Guide): Promise<void> {
  await until("a load balancer with both clusters behind it", async () => {
    const [balancer] = await cloud.loadBalancers();
    const [backend] = balancer?.backends ?? [];
    return balancer?.programmed === true && backend?.exportedBy.length === 2;
  });
}

/** The same commands from a kubeconfig whose context has a namespace of its own. */
async function otherDefaultNamespace({ clusters: { west }, cloud }: Guide): Promise<string[]> {
  await west.apply(otherNamespace);
  try {
    for (const object of [route, withTimeout]) await west.apply(object, { namespace: OTHER });
    const wanted = [
      `cluster ${WEST.name}: HTTPRoute ${OTHER}/`,
      `cluster ${WEST.name}: GCPBackendPolicy ${OTHER}/`,
    ];
    return await until("a word on the route and on the policy", async () => {
      const said = await cloud.diagnose();
      const found = wanted.map((start) => said.find((line) => line.startsWith(start)));
      const lines = found.flatMap((line) => line ?? []);
      const judged = lines.length === wanted.length && !lines.join().includes("not attached yet");
      return judged ? lines : undefined;
    });
  } finally {
    for (const object of [route, withTimeout]) await west.delete(object, OTHER);
    await west.delete(otherNamespace);
  }
}

/** A policy for the imported pool under the name that helm's own policy has. */
async function policyOfTwoOwners(guide: Guide): Promise<string[]> {
  const { clusters, helm } = guide;
  const before = timeoutOf(await backendOf(guide));
  await clusters.west.apply(backendPolicy({ timeoutSec: 600 }, POOL));
  const { policy } = await untilTimeout(guide, "600");
  await helm.uninstall(clusters.west, POOL);
  const after = await untilTimeout(guide, "unset");
  const serving = after.exportedBy.map(({ cluster }) => cluster.split("/").at(-1));
  await helm.install(clusters.west, POOL, VALUES);
  await exportPool(clusters.west);
  await untilServing(guide);
  return [
    `timeout of the load balancer with the chart's policies: ${before}`,
    `with a policy ${policy?.name ?? "none"} for the imported pool: ${timeoutOf({ ...after, policy })}`,
    `after helm uninstall on gke-west: ${timeoutOf(after)}, for ${serving.join(", ")} too`,
  ];
}
