import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { AnyCollection } from "../../collection";
import { serverConfig } from "../../tables/gkeVersions";
import { clusters } from "./clusters";
import { checkedZones } from "./common";
import { nodePools } from "./nodePools";
import { operationMethods } from "./operations";

export function containerCollections(cloud: Cloud): AnyCollection[] {
  return [clusters(cloud), nodePools(cloud)];
}

export function containerMethods(cloud: Cloud): ServiceMethod[] {
  return [
    {
      id: "container.projects.locations.getServerConfig",
      handle: ({ params: { location = "" } }) => {
        checkedZones(location, undefined);
        return serverConfig();
      },
    },
    ...operationMethods(cloud),
  ];
}
