import { SubnetworksClient } from "@google-cloud/compute/build/src/v1/subnetworks_client";

import { PROJECT as project, refused, REGION as region } from "../support/client";
import { overRest, pagesOf } from "../support/cloud";
import { ended } from "./operations";

const subnetworks = new SubnetworksClient(overRest());
const nodes = { project, region, subnetwork: "nodes" };

export async function makeSubnetworks(): Promise<object> {
  const insert = (name: string, ipCidrRange: string, ranges: Record<string, string> = {}) =>
    subnetworks.insert({
      project,
      region,
      subnetworkResource: {
        name,
        network: `projects/${project}/global/networks/vpc`,
        ipCidrRange,
        secondaryIpRanges: Object.entries(ranges).map(([rangeName, range]) => ({
          rangeName,
          ipCidrRange: range,
        })),
      },
    });
  const created = await ended(insert("nodes", "10.0.0.0/20", { pods: "10.16.0.0/14" }));
  await ended(insert("more", "10.1.0.0/20"));
  const [seen] = await subnetworks.get(nodes);
  const listed = await pagesOf(subnetworks.list.bind(subnetworks), {
    project,
    region,
    maxResults: 1,
  });
  return { created, read: seen, listed, ...(await change(seen.fingerprint)) };
}

async function change(fingerprint: string | null | undefined): Promise<object> {
  const patch = () =>
    subnetworks.patch({
      ...nodes,
      subnetworkResource: {
        fingerprint,
        secondaryIpRanges: [
          { rangeName: "pods", ipCidrRange: "10.16.0.0/14" },
          { rangeName: "services", ipCidrRange: "10.32.0.0/20" },
        ],
      },
    });
  await ended(patch());
  const conflict = await refused(patch());
  await ended(
    subnetworks.setPrivateIpGoogleAccess({
      ...nodes,
      subnetworksSetPrivateIpGoogleAccessRequestResource: { privateIpGoogleAccess: true },
    }),
  );
  await ended(
    subnetworks.expandIpCidrRange({
      ...nodes,
      subnetworksExpandIpCidrRangeRequestResource: { ipCidrRange: "10.0.0.0/19" },
    }),
  );
  const [changed] = await subnetworks.get(nodes);
  return { conflict, changed };
}

export async function deleteSubnetworks(): Promise<object> {
  await ended(subnetworks.delete(nodes));
  await ended(subnetworks.delete({ ...nodes, subnetwork: "more" }));
  return { after: await refused(subnetworks.get(nodes)) };
}
