import { Cloud } from "../../cloud";
import { AnyCollection, guarded } from "../../collection";
import { Route } from "../../router";
import { serverConfig } from "../../tables/gkeVersions";
import { clusters } from "./clusters";
import { checkedZones, CONTAINER_API, CONTAINER_ROOT } from "./common";
import { nodePools } from "./nodePools";

export function containerCollections(cloud: Cloud): AnyCollection[] {
  return [clusters(cloud), nodePools(cloud)];
}

export function containerRoutes(cloud: Cloud): Route[] {
  return guarded(cloud, CONTAINER_API, [
    {
      method: "GET",
      path: `${CONTAINER_ROOT}/serverConfig`,
      handle: ({ params: { location = "" } }) => {
        checkedZones(location, undefined);
        return serverConfig();
      },
    },
  ]);
}
