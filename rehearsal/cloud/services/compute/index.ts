import { Cloud } from "../../cloud";
import { AnyCollection, guarded } from "../../collection";
import { Route } from "../../router";
import { REGIONS, zonesOf } from "../../tables/regions";
import { addresses } from "./addresses";
import { COMPUTE_API, COMPUTE_ROOT } from "./common";
import { firewalls } from "./firewalls";
import { networks } from "./networks";
import { routers } from "./routers";
import { subnetworks } from "./subnetworks";

export function computeCollections(cloud: Cloud): AnyCollection[] {
  return [networks(cloud), subnetworks(cloud), routers(cloud), firewalls(cloud), addresses(cloud)];
}

export function computeRoutes(cloud: Cloud): Route[] {
  return guarded(cloud, COMPUTE_API, [
    {
      method: "GET",
      path: `${COMPUTE_ROOT}/zones`,
      handle: () => ({ items: REGIONS.flatMap(zonesOf).map((name) => ({ name, status: "UP" })) }),
    },
  ]);
}
