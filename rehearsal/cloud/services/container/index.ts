import { ServiceRoute } from "../../access/admission";
import { Cloud } from "../../cloud";
import { AnyCollection } from "../../collection";
import { serverConfig } from "../../tables/gkeVersions";
import { clusters } from "./clusters";
import { checkedZones, CONTAINER_ROOT } from "./common";
import { nodePools } from "./nodePools";

export function containerCollections(cloud: Cloud): AnyCollection[] {
  return [clusters(cloud), nodePools(cloud)];
}

export function containerRoutes(): ServiceRoute[] {
  return [
    {
      method: "GET",
      path: `${CONTAINER_ROOT}/serverConfig`,
      id: "container.projects.locations.getServerConfig",
      about: ({ params: { project = "" } }) => `projects/${project}`,
      handle: ({ params: { location = "" } }) => {
        checkedZones(location, undefined);
        return serverConfig();
      },
    },
  ];
}
