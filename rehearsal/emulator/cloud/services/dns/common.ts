import { Wording } from "../../service";
import { ApiError } from "../../errors";
import { JsonObject } from "../../json";
import { Kind } from "../../kinds";
import { baseName } from "../../names";

export interface ManagedZone extends JsonObject {
  name: string;
  /** In full, with its dot at the end. */
  dnsName: string;
  visibility: string;
  /** Names of the networks that see a private zone: `projects/{project}/global/networks/{name}`. */
  networks: string[];
}

/** All records of one name and type. */
export interface RecordSet extends JsonObject {
  /** In full, with its dot at the end. */
  name: string;
  type: string;
  rrdatas?: string[];
  routingPolicy?: JsonObject;
}

/** What was done to the records of a zone at once. */
export interface Change extends JsonObject {
  additions: RecordSet[];
  deletions: RecordSet[];
  startTime: string;
}

export const MANAGED_ZONE: Kind<ManagedZone> = { type: "dns.googleapis.com/ManagedZone" };
/** `projects/{project}/managedZones/{zone}/rrsets/{name}/{type}` */
export const RECORD_SET: Kind<RecordSet> = { type: "dns.googleapis.com/RecordSet" };
/** `projects/{project}/managedZones/{zone}/changes/{number}`, counted from 0. */
export const CHANGE: Kind<Change> = { type: "dns.googleapis.com/Change" };

/** How Cloud DNS phrases refusals; `entity` is its word for what a call sends. */
export function dnsWording(entity: string, parameter: string): Wording {
  return {
    exists: (name) =>
      new ApiError(
        "ALREADY_EXISTS",
        `The resource '${entity}' named '${shortName(name)}' already exists`,
        "alreadyExists",
      ),
    notFound: (name) => missing(parameter, shortName(name)),
    busy: (name) =>
      new ApiError(
        "FAILED_PRECONDITION",
        `The resource named '${shortName(name)}' is being changed.`,
        "resourceNotReady",
      ),
    inUse: (_noun, name) =>
      new ApiError(
        "INVALID_ARGUMENT",
        `The resource named '${shortName(name)}' cannot be deleted because it contains one or ` +
          "more 'resource records'.",
        "containerNotEmpty",
      ),
  };
}

/** Refusal of a reference that leads nowhere. */
export function missing(parameter: string, name: string): ApiError {
  const message = `The '${parameter}' resource named '${name}' does not exist.`;
  return new ApiError("NOT_FOUND", message, "notFound");
}

/** Refusal of one value. */
export function invalid(field: string, value: string): ApiError {
  return new ApiError("INVALID_ARGUMENT", `Invalid value for '${field}': '${value}'`, "invalid");
}

export function recordSetName(zone: string, { name, type }: RecordSet): string {
  return `${zone}/rrsets/${name}/${type}`;
}

/** Zones by their name; records as `llm.corp.internal. (A)`. */
function shortName(name: string): string {
  const [, record, type] = /\/rrsets\/([^/]+)\/([^/]+)$/.exec(name) ?? [];
  return record === undefined ? baseName(name) : `${record} (${type})`;
}

/** Whether a text is a DNS name in full: labels of at most 63 characters, and a dot after each. */
export function isAbsolute(name: string): boolean {
  return name.length <= 254 && /^(([a-z0-9_*]([-a-z0-9_]{0,61}[a-z0-9_])?)\.)+$/i.test(name);
}

export function isIpv4(text: unknown): text is string {
  return (
    typeof text === "string" &&
    /^\d{1,3}(\.\d{1,3}){3}$/.test(text) &&
    text.split(".").every((octet) => Number(octet) <= 255)
  );
}
