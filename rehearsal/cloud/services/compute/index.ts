import { ServiceRoute } from "../../access/admission";
import { Cloud } from "../../cloud";
import { AnyCollection } from "../../collection";
import { REGIONS, zonesOf } from "../../tables/regions";
import { addresses } from "./addresses";
import { COMPUTE_ROOT } from "./common";
import { firewalls } from "./firewalls";
import { madeByGke } from "./madeByGke";
import { networks } from "./networks";
import { routers } from "./routers";
import { subnetworks } from "./subnetworks";

export function computeCollections(cloud: Cloud): AnyCollection[] {
  return [
    networks(cloud),
    subnetworks(cloud),
    routers(cloud),
    firewalls(cloud),
    addresses(cloud),
    ...madeByGke(),
  ];
}

export function computeRoutes(): ServiceRoute[] {
  return [
    {
      method: "GET",
      path: `${COMPUTE_ROOT}/zones`,
      id: "compute.zones.list",
      about: ({ params: { project = "" } }) => `projects/${project}`,
      handle: () => ({ items: REGIONS.flatMap(zonesOf).map((name) => ({ name, status: "UP" })) }),
    },
  ];
}
