import { badRequest, invalidField } from "./errors";

/** RFC 1035 label: the names of Compute Engine. */
const COMPUTE_NAME = /^[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const GKE_NAME = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;
const PROJECT_ID = /^[a-z][-a-z0-9]{4,28}[a-z0-9]$/;
const MEMBERSHIP_ID = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/;
const ACCOUNT_ID = /^[a-z](?:[-a-z0-9]*[a-z0-9])?$/;

/** Limit of Compute Engine, and so of GKE's resources there. */
export const MAX_COMPUTE_NAME = 63;

/** GKE's own limit, shorter than that of the machines it makes. */
export const MAX_GKE_NAME = 40;

export function checkProjectId(id: string): void {
  if (!PROJECT_ID.test(id)) throw badRequest(`Invalid project id: "${id}".`);
}

export function checkComputeName(name: string): void {
  if (COMPUTE_NAME.test(name)) return;
  const why = `Must be a match of regex '(?:[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?)'`;
  throw invalidField("name", name, why);
}

/** @param noun "cluster" or "node_pool", as GKE's messages name the field */
export function checkGkeName(noun: string, name: string): void {
  if (name.length > MAX_GKE_NAME) {
    throw badRequest(
      `Invalid value for field "${noun}.name": "${name}". ` +
        `Must have at most ${MAX_GKE_NAME} characters, it has ${name.length}.`,
    );
  }
  if (GKE_NAME.test(name)) return;
  throw badRequest(
    `Invalid value for field "${noun}.name": "${name}". Must consist of lower case letters, ` +
      "digits and hyphens, start with a letter and end with a letter or a digit.",
  );
}

export function checkMembershipId(id: string): void {
  if (MEMBERSHIP_ID.test(id)) return;
  throw badRequest(
    `InvalidValueError for field membership_id: "${id}" must be a valid RFC 1123 label of at ` +
      "most 63 characters.",
  );
}

export function checkAccountId(id: string): void {
  if (id.length >= 6 && id.length <= 30 && ACCOUNT_ID.test(id)) return;
  throw badRequest(
    `Account ID "${id}" must be between 6 and 30 characters long and match ` +
      "^[a-z]([-a-z0-9]*[a-z0-9])$.",
  );
}

/** The last segment: `projects/p/global/networks/n` -> `n`. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

/** The region of a location that may be a zone: `us-east4-a` -> `us-east4`. */
export function regionOf(location: string): string {
  return location.replace(/-[a-z]$/, "");
}

export function isZone(location: string): boolean {
  return /-[a-z]$/.test(location);
}

export function projectOf(name: string): string {
  return name.split("/")[1] ?? "";
}

/**
 * The name that a reference means. Google's APIs take a URL, a path or a bare name.
 * @param template fills up a bare name: `projects/p/global/networks/{name}`
 */
export function resolve(reference: string, template: string): string {
  const path = reference.replace(/^(https:)?\/\/[^/]+\//, "").replace(/^compute\/[^/]+\//, "");
  return path.includes("/") ? path : template.replace("{name}", path);
}
