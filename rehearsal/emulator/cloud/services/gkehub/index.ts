import { ServiceMethod } from "../../access/admission";
import { Cloud } from "../../cloud";
import { AnyCollection } from "../../collection";
import { features } from "./features";
import { memberships } from "./memberships";
import { operationMethods } from "./service";

export function gkehubCollections(cloud: Cloud): AnyCollection[] {
  return [memberships(cloud), features(cloud)];
}

export function gkehubMethods(cloud: Cloud): ServiceMethod[] {
  return operationMethods(cloud);
}
