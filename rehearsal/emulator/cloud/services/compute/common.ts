import { Need } from "../../access/permissions";
import { ApiError, invalidField } from "../../errors";
import { JsonObject } from "../../json";
import { newNumericId } from "../../numericIds";
import { baseName } from "../../names";
import { REGIONS } from "../../tables/regions";

export function inUseByAnother(noun: string, name: string, user: string): ApiError {
  const message = `The ${noun} resource '${name}' is already being used by '${user}'`;
  return new ApiError("INVALID_ARGUMENT", message, "resourceInUseByAnotherResource");
}

/**
 * What a change of a network's firewall rules and subnets asks for on the network itself.
 * Source: world-federation-of-advertisers/cross-media-measurement#2956.
 */
export function updatePolicy(network: string): Need {
  return { permission: "compute.networks.updatePolicy", resource: network };
}

/** Fields that the server adds to every resource, and that no client changes. */
export const SERVER_FIELDS = ["name", "id", "creationTimestamp", "selfLink"];

/** What the server adds to every resource. */
export function serverFields(name: string, now: string): JsonObject {
  return {
    name: baseName(name),
    id: newNumericId(),
    creationTimestamp: now,
    selfLink: selfLink(name),
  };
}

export function selfLink(name: string): string {
  return `https://www.googleapis.com/compute/v1/${name}`;
}

/** The region of `projects/p/regions/r/...`. @throws ApiError where there is no such region */
export function checkedRegion(name: string): string {
  const region = name.split("/")[3] ?? "";
  if (REGIONS.includes(region)) return region;
  throw invalidField("region", region, "Unknown region.");
}
