import { configureBalancing } from "./chapters/balancing";
import { createClusters, createNodePools } from "./chapters/clusters";
import { defineContexts } from "./chapters/contexts";
import { installDefinitions } from "./chapters/definitions";
import { registerFleet } from "./chapters/fleet";
import { deployGateway } from "./chapters/gateway";
import { deployModelServers } from "./chapters/modelServers";
import { deployPools } from "./chapters/pools";
import { createProxySubnets } from "./chapters/proxySubnets";
import { verifyDeployment } from "./chapters/verify";
import type { HowToInput } from "./guide";
import type { Show } from "./show";

/**
 * Follows the how-to from its first command to its last. Where a step does not work as written, that is a
 * demonstration, and the next step stands on the least correction.
 */
export async function followHowTo(input: HowToInput, show: Show): Promise<void> {
  const clusters = await createClusters(input, show);
  const guide = { ...input, clusters };
  try {
    await createNodePools(guide, show);
    await registerFleet(guide, show);
    await createProxySubnets(guide, show);
    await defineContexts(guide, show);
    await installDefinitions(guide, show);
    await deployModelServers(guide, show);
    await deployPools(guide, show);
    await deployGateway(guide, show);
    await configureBalancing(guide, show);
    await verifyDeployment(guide, show);
  } finally {
    for (const { client } of [clusters.west, clusters.east]) client.close();
  }
}
