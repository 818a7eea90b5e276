import { NetworksClient } from "@google-cloud/compute/build/src/v1/networks_client";

import { PROJECT as project, refused } from "../support/client";
import { overRest, pagesOf } from "../support/cloud";
import { ended, read } from "./operations";

const networks = new NetworksClient(overRest());
const vpc = { project, network: "vpc" };

export async function makeNetworks(): Promise<object> {
  const insert = (name: string) =>
    networks.insert({ project, networkResource: { name, autoCreateSubnetworks: false } });
  const created = await ended(insert("vpc"));
  await ended(insert("other"));
  const [seen] = await networks.get(vpc);
  const listed = await pagesOf(networks.list.bind(networks), { project, maxResults: 1 });
  const names = [];
  for await (const { name } of networks.listAsync({ project, filter: 'name != "other"' })) {
    names.push(name);
  }
  await ended(
    networks.patch({ ...vpc, networkResource: { routingConfig: { routingMode: "GLOBAL" } } }),
  );
  const [changed] = await networks.get(vpc);
  return {
    ...{ created, operation: await read(created), read: seen, listed, names, changed },
    misnamed: await refused(insert("Vpc")),
    there: await refused(insert("vpc")),
  };
}

export async function deleteNetworks(): Promise<object> {
  const deleted = await ended(networks.delete(vpc));
  await ended(networks.delete({ project, network: "other" }));
  const [left] = await networks.list({ project });
  return { deleted, left, after: await refused(networks.get(vpc)) };
}

/** Which is while something else is in it. */
export function deleteUsedNetwork(): Promise<object> {
  return refused(networks.delete(vpc));
}
