import { PropertyMap } from "../../plugin";
import { ProviderConfig } from "./config";
import { lastSegment } from "./names";
import { text } from "./values";

/** @throws Error as the real provider words it */
export function projectOf(inputs: PropertyMap, { project }: ProviderConfig): string {
  const found = text(inputs.project) || project;
  if (!found) throw new Error("project: required field is not set");
  return found;
}

/** A region may be given as a URL. @throws Error as the real provider words it */
export function regionOf(inputs: PropertyMap, { region, zone }: ProviderConfig): string {
  const found = lastSegment(text(inputs.region)) || region || zone?.replace(/-[a-z]$/, "");
  if (found) return found;
  throw new Error(
    "Cannot determine region: set in this resource, or set provider-level 'region' or 'zone'.",
  );
}

/** The location of clusters: a region or a zone. @throws Error as the real provider words it */
export function locationOf(inputs: PropertyMap, { region, zone }: ProviderConfig): string {
  const found = text(inputs.location) || region || zone;
  if (found) return found;
  throw new Error(
    "Cannot determine location: set in this resource, or set provider-level 'region' or 'zone'.",
  );
}
