import { Cloud } from "../cloud";
import { collectionRoutes, guarded } from "../collection";
import { Route } from "../router";
import { cloudresourcemanagerRoutes } from "./cloudresourcemanager";
import { computeCollections, computeRoutes } from "./compute";
import { containerCollections, containerRoutes } from "./container";
import { dnsCollections } from "./dns";
import { gkehubCollections } from "./gkehub";
import { iamRoutes } from "./iam";
import { longrunningRoutes } from "./longrunning";
import { secretmanagerRoutes } from "./secretmanager";
import { serviceusageRoutes } from "./serviceusage";
import { storageRoutes } from "./storage";

/** The routes of all services. A collection needs the API that its kind is named after. */
export function serviceRoutes(cloud: Cloud): Route[] {
  const collections = [
    ...computeCollections(cloud),
    ...containerCollections(cloud),
    ...gkehubCollections(cloud),
    ...dnsCollections(cloud),
  ];
  return [
    ...serviceusageRoutes(cloud),
    ...cloudresourcemanagerRoutes(cloud),
    ...iamRoutes(cloud),
    ...secretmanagerRoutes(cloud),
    ...storageRoutes(cloud),
    ...computeRoutes(cloud),
    ...containerRoutes(cloud),
    ...longrunningRoutes(cloud),
    ...collections.flatMap((collection) => {
      const api = collection.kind.type.split("/")[0] ?? "";
      return guarded(cloud, api, collectionRoutes(cloud, collection, collections));
    }),
  ];
}
