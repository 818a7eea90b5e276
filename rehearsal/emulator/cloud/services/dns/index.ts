import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { AnyCollection } from "../../collection";
import { changeMethods } from "./changes";
import { managedZones } from "./managedZones";
import { recordSets } from "./recordSets";
import { zoneOperationMethods } from "./zoneOperations";

export function dnsCollections(cloud: Cloud): AnyCollection[] {
  return [managedZones(cloud), recordSets(cloud)];
}

export function dnsMethods(cloud: Cloud): ServiceMethod[] {
  return [...changeMethods(cloud), ...zoneOperationMethods(cloud)];
}
