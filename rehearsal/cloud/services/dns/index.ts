import { Cloud } from "../../cloud";
import { AnyCollection } from "../../collection";
import { managedZones } from "./managedZones";
import { recordSets } from "./recordSets";

export function dnsCollections(cloud: Cloud): AnyCollection[] {
  return [managedZones(cloud), recordSets(cloud)];
}
