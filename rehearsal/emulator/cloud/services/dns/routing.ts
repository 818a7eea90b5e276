import { ApiError } from "../../errors";
import { at, isObject, Json, JsonObject, optionalString } from "../../json";
import { NETWORK } from "../../kinds";
import { resolve } from "../../names";
import { Store } from "../../store";
import { REGIONS } from "../../tables/regions";
import { invalid, isIpv4, missing } from "./common";

/** A load balancer whose health decides whether its address is an answer. */
export interface Target extends JsonObject {
  ipAddress: string;
  /** As it was given: a URL or a path. */
  networkUrl: string;
}

/** The answers that clients nearest to a region get. */
export interface GeoItem {
  location: string;
  rrdatas: string[];
  targets: Target[];
}

const BALANCERS = ["regionalL4ilb", "regionalL7ilb", "globalL7ilb"];
/** Types of load balancers that stand in one region. */
const REGIONAL = BALANCERS.slice(0, 2);

/** The answers of a geo policy, by region; empty where the policy is of another kind. */
export function geoItems(policy: JsonObject | undefined): GeoItem[] {
  return listAt(policy, "geo.items").map((item) => ({
    location: optionalString(item, "location") ?? "",
    rrdatas: textsAt(item, "rrdatas"),
    targets: listAt(item, "healthCheckedTargets.internalLoadBalancers") as Target[],
  }));
}

/**
 * @param field where the policy stands in what was sent
 * @throws ApiError where it leads nowhere, or twice to the same place
 */
export function checkRouting(
  store: Store,
  visibility: string,
  policy: JsonObject,
  field: string,
): void {
  const kinds = ["geo", "wrr", "primaryBackup"].filter((kind) => !isEmpty(policy[kind]));
  if (kinds.length !== 1) throw oneKind(kinds);
  const items = geoItems(policy);
  items.forEach(({ location, rrdatas, targets }, i) => {
    const here = `${field}.geo.items[${i}]`;
    if (!REGIONS.includes(location)) throw invalid(`${here}.location`, location);
    const first = items.findIndex((other) => other.location === location);
    if (first < i) throw twice(location);
    rrdatas.forEach((data, j) => {
      if (!isIpv4(data)) throw invalid(`${here}.rrdatas[${j}]`, data);
    });
    if (rrdatas.length + targets.length === 0) throw invalid(`${here}.rrdatas`, "[]");
    targets.forEach((target, j) => {
      const place = `${here}.healthCheckedTargets.internalLoadBalancers[${j}]`;
      checkTarget(store, visibility, target, place);
    });
  });
}

function checkTarget(store: Store, visibility: string, target: Target, field: string): void {
  if (visibility !== "private") throw publicTarget();
  const { ipAddress, networkUrl, region } = target;
  const type = optionalString(target, "loadBalancerType") ?? "none";
  if (!BALANCERS.includes(type)) throw invalid(`${field}.loadBalancerType`, type);
  if (!isIpv4(ipAddress)) throw invalid(`${field}.ipAddress`, String(ipAddress));
  const port = Number(target.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw invalid(`${field}.port`, String(target.port));
  }
  if (REGIONAL.includes(type) !== (region !== undefined)) {
    throw invalid(`${field}.region`, String(region ?? ""));
  }
  const network = networkOf(target);
  if (!store.get(NETWORK, network)) throw missing(`${field}.networkUrl`, networkUrl);
}

export function networkOf({ networkUrl }: Target): string {
  return resolve(networkUrl, "{name}");
}

function isEmpty(value: Json | undefined): boolean {
  return !isObject(value) || Object.keys(value).length === 0;
}

function listAt(object: JsonObject | undefined, path: string): JsonObject[] {
  const list = at(object, path);
  return Array.isArray(list) ? list.filter(isObject) : [];
}

function textsAt(object: JsonObject, path: string): string[] {
  const list: Json | undefined = at(object, path);
  return Array.isArray(list) ? list.map(String) : [];
}

function oneKind(given: string[]): ApiError {
  const said = given.length === 0 ? "none" : given.join(", ");
  const message = `A routing policy is one of geo, wrr and primaryBackup; this one has ${said}.`;
  return new ApiError("INVALID_ARGUMENT", message, "invalid");
}

function twice(location: string): ApiError {
  const message = `The geo policy has more than one item with location '${location}'.`;
  return new ApiError("INVALID_ARGUMENT", message, "invalid");
}

function publicTarget(): ApiError {
  const message = "Internal load balancers can be targets of private zones only.";
  return new ApiError("INVALID_ARGUMENT", message, "invalid");
}
