import { admitted, ServiceRoute } from "../access/admission";
import { Cloud } from "../cloud";
import { collectionRoutes } from "../collection";
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

/** The routes of all services, behind what is asked of every call. */
export function serviceRoutes(cloud: Cloud): Route[] {
  return admitted(cloud, declaredRoutes(cloud));
}

/** The routes of all services, each with the method that it is. */
export function declaredRoutes(cloud: Cloud): ServiceRoute[] {
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
    ...computeRoutes(),
    ...containerRoutes(),
    ...longrunningRoutes(cloud),
    ...collections.flatMap((collection) => collectionRoutes(cloud, collection, collections)),
  ];
}
