import { RoutersClient } from "@google-cloud/compute/build/src/v1/routers_client";

import { PROJECT as project, refused, REGION as region } from "../support/client";
import { overRest, pagesOf } from "../support/cloud";
import { ended } from "./operations";

const routers = new RoutersClient(overRest());
const nat = { project, region, router: "nat" };
const network = `projects/${project}/global/networks/vpc`;

export async function makeRouters(): Promise<object> {
  const insert = (routerResource: object) =>
    routers.insert({ project, region, routerResource: { network, ...routerResource } });
  const natOf = (sourceSubnetworkIpRangesToNat: string) => ({
    name: "all",
    natIpAllocateOption: "AUTO_ONLY",
    sourceSubnetworkIpRangesToNat,
  });
  const ofAll = natOf("ALL_SUBNETWORKS_ALL_IP_RANGES");
  const created = await ended(insert({ name: "nat", nats: [ofAll] }));
  await ended(insert({ name: "plain" }));
  const [seen] = await routers.get(nat);
  const listed = await pagesOf(routers.list.bind(routers), { project, region, maxResults: 1 });
  await ended(
    routers.patch({
      ...nat,
      routerResource: { nats: [{ ...ofAll, logConfig: { enable: true, filter: "ERRORS_ONLY" } }] },
    }),
  );
  const [changed] = await routers.get(nat);
  return {
    ...{ created, read: seen, listed, changed },
    second: await refused(insert({ name: "greedy", nats: [ofAll] })),
  };
}

export async function deleteRouters(): Promise<object> {
  const carrying = await refused(routers.delete(nat));
  // As a patch, an empty list is not sent: it takes the whole router to take its NAT away.
  await ended(routers.update({ ...nat, routerResource: { name: "nat", network } }));
  const [emptied] = await routers.get(nat);
  await ended(routers.delete(nat));
  await ended(routers.delete({ ...nat, router: "plain" }));
  return { carrying, emptied, after: await refused(routers.get(nat)) };
}
