import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { AnyCollection } from "../../collection";
import { addresses } from "./addresses";
import { aggregatedMethods } from "./aggregated";
import { firewalls } from "./firewalls";
import { instanceGroupMethods } from "./instanceGroups";
import { machineTypeMethods } from "./machineTypes";
import { madeByGke } from "./madeByGke";
import { networks } from "./networks";
import { operationMethods } from "./operations";
import { placeMethods } from "./places";
import { reservations } from "./reservations";
import { routers } from "./routers";
import { subnetworks } from "./subnetworks";

export function computeCollections(cloud: Cloud): AnyCollection[] {
  return [
    networks(cloud),
    subnetworks(cloud),
    routers(cloud),
    firewalls(cloud),
    addresses(cloud),
    reservations(cloud),
    ...madeByGke(cloud),
  ];
}

export function computeMethods(cloud: Cloud): ServiceMethod[] {
  return [
    ...aggregatedMethods(cloud, computeCollections(cloud)),
    ...placeMethods(cloud),
    ...machineTypeMethods(),
    ...instanceGroupMethods(cloud),
    ...operationMethods(cloud),
  ];
}
