import { AddressesClient } from "@google-cloud/compute/build/src/v1/addresses_client";

import { PROJECT as project, refused, REGION as region } from "../support/client";
import { overRest, pagesOf } from "../support/cloud";
import { ended } from "./operations";

const addresses = new AddressesClient(overRest());
const vip = { project, region, address: "vip" };

export async function makeAddresses(): Promise<object> {
  const insert = (name: string, address?: string) =>
    addresses.insert({
      project,
      region,
      addressResource: {
        ...{ name, address, addressType: "INTERNAL", purpose: "SHARED_LOADBALANCER_VIP" },
        subnetwork: `projects/${project}/regions/${region}/subnetworks/nodes`,
      },
    });
  const created = await ended(insert("vip", "10.0.0.10"));
  await ended(insert("other"));
  const [seen] = await addresses.get(vip);
  const listed = await pagesOf(addresses.list.bind(addresses), { project, region, maxResults: 1 });
  const setLabels = () =>
    addresses.setLabels({
      ...{ project, region, resource: "vip" },
      regionSetLabelsRequestResource: {
        labels: { team: "a" },
        labelFingerprint: seen.labelFingerprint,
      },
    });
  await ended(setLabels());
  const [changed] = await addresses.get(vip);
  return {
    ...{ created, read: seen, listed, changed, everywhere: await everywhere() },
    conflict: await refused(setLabels()),
    taken: await refused(insert("third", "10.0.0.10")),
  };
}

/** By place, of those that have any. */
async function everywhere(): Promise<object> {
  const all: Record<string, (string | null | undefined)[]> = {};
  for await (const [place, { addresses: here }] of addresses.aggregatedListAsync({ project })) {
    if (here && here.length > 0) all[place] = here.map(({ name }) => name);
  }
  return all;
}

export async function deleteAddresses(): Promise<object> {
  await ended(addresses.delete(vip));
  await ended(addresses.delete({ ...vip, address: "other" }));
  return { after: await refused(addresses.get(vip)) };
}
