import type { Json } from "../../../emulator/google/json";
import { refused } from "../expect";
import { container, EAST, enableApis, type Guide, type Place, PROJECT, WEST } from "../guide";
import type { Show } from "../show";

import { cluster } from "./clusters";

/** A project as many organizations make them: without the network `default`. */
const BARE_PROJECT = "how-to-bare";

/** "Create proxy-only subnets". */
export async function createProxySubnets(guide: Guide, show: Show): Promise<void> {
  await show.demonstrate(19, async () => {
    const refusals = [
      await withoutDefaultNetwork(guide),
      await refused(proxySubnet(guide, WEST, "10.0.0.0/23")),
      await refused(proxySubnet(guide, EAST, "10.5.0.0/23")),
    ];
    return refusals.map((refusal) => refusal.replace(/^.*(?=Invalid IPCidrRange)/, ""));
  });
  await proxySubnet(guide, WEST, "10.120.0.0/23");
  await proxySubnet(guide, EAST, "10.120.2.0/23");
}

/** `gcloud compute networks subnets create REGION-subnet --purpose=GLOBAL_MANAGED_PROXY ...`. */
function proxySubnet(
  { cloud: { google } }: Guide,
  { region }: Place,
  ipCidrRange: string,
): Promise<Json> {
  const compute = `https://compute.googleapis.com/compute/v1/projects/${PROJECT}`;
  return google.run("POST", `${compute}/regions/${region}/subnetworks`, {
    name: `${region}-subnet`,
    purpose: "GLOBAL_MANAGED_PROXY",
    role: "ACTIVE",
    network: `projects/${PROJECT}/global/networks/default`,
    ipCidrRange,
  });
}

async function withoutDefaultNetwork(guide: Guide): Promise<string> {
  await enableApis(guide, ["compute", "container"], BARE_PROJECT);
  const path = container(WEST.region, "clusters").replace(PROJECT, BARE_PROJECT);
  return refused(guide.cloud.google.call("POST", path, { cluster: cluster(WEST.name) }));
}
