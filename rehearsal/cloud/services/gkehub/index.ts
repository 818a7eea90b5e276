import { Cloud } from "../../cloud";
import { AnyCollection } from "../../collection";
import { features } from "./features";
import { memberships } from "./memberships";

export function gkehubCollections(cloud: Cloud): AnyCollection[] {
  return [memberships(cloud), features(cloud)];
}
