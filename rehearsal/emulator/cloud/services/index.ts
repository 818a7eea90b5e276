import { ServiceMethod } from "../access/admission";
import { Cloud } from "../cloud";
import { collectionMethods } from "../collection";
import { cloudresourcemanagerMethods } from "./cloudresourcemanager";
import { computeCollections, computeMethods } from "./compute";
import { containerCollections, containerMethods } from "./container";
import { dnsCollections, dnsMethods } from "./dns";
import { gkehubCollections, gkehubMethods } from "./gkehub";
import { iamMethods } from "./iam";
import { monitoringMethods } from "./monitoring";
import { secretmanagerMethods } from "./secretmanager";
import { serviceusageMethods } from "./serviceusage";
import { storageMethods } from "./storage";

/** The methods of all services, each under Google's id. */
export function serviceMethods(cloud: Cloud): ServiceMethod[] {
  const collections = [
    ...computeCollections(cloud),
    ...containerCollections(cloud),
    ...gkehubCollections(cloud),
    ...dnsCollections(cloud),
  ];
  return [
    ...serviceusageMethods(cloud),
    ...cloudresourcemanagerMethods(cloud),
    ...iamMethods(cloud),
    ...monitoringMethods(cloud),
    ...secretmanagerMethods(cloud),
    ...storageMethods(cloud),
    ...computeMethods(cloud),
    ...containerMethods(cloud),
    ...gkehubMethods(cloud),
    ...dnsMethods(cloud),
    ...collections.flatMap((collection) => collectionMethods(cloud, collection, collections)),
  ];
}
