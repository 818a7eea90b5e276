import { ApiError } from "../../errors";
import { JsonObject } from "../../json";
import { REGIONS, zonesOf } from "../../tables/regions";
import { Call } from "../../wire/call";
import { pageOf } from "../../wire/pages";
import { selfLink } from "./common";
import { matching } from "./filter";

/** Source of the page size: the reference of `maxResults`. */
const PAGE = { parameter: "maxResults", max: 500 } as const;
const NEWEST_FIRST = "creationTimestamp desc";

/** What lists of Compute Engine answer: one page of what their filter leaves. */
export function listed(call: Call, all: JsonObject[]): JsonObject {
  const { items, nextPageToken } = pageOf(call, ordered(call, matching(call, all)), PAGE);
  return { id: call.name, items, nextPageToken, selfLink: selfLink(call.name) };
}

/** Where resources of a kind are. */
export interface Scopes {
  isGlobal?: boolean;
  isRegional?: boolean;
  isZonal?: boolean;
}

/**
 * What a list over all places answers: a page of resources, each below its place; a place without any says so.
 * @param field the resources' in each place: `forwardingRules`
 */
export function aggregated(
  call: Call,
  all: JsonObject[],
  field: string,
  scopes: Scopes,
): JsonObject {
  const { items, nextPageToken } = pageOf(call, ordered(call, matching(call, all)), PAGE);
  const places = placesOf(scopes).map((place) => {
    const here = items.filter((item) => scopeOf(item) === place);
    return [place, here.length > 0 ? { [field]: here } : { warning: nothingIn(place) }] as const;
  });
  return {
    id: call.name,
    items: Object.fromEntries(places),
    nextPageToken,
    selfLink: selfLink(call.name),
  };
}

function placesOf({ isGlobal, isRegional, isZonal }: Scopes): string[] {
  return [
    ...(isGlobal === true ? ["global"] : []),
    ...(isRegional === true ? REGIONS.map((region) => `regions/${region}`) : []),
    ...(isZonal === true ? REGIONS.flatMap(zonesOf).map((zone) => `zones/${zone}`) : []),
  ];
}

/** `regions/us-east4` of a resource there. */
function scopeOf({ selfLink: link }: JsonObject): string | undefined {
  return /\/projects\/[^/]+\/(global|(?:region|zone)s\/[^/]+)\//.exec(String(link))?.[1];
}

function nothingIn(scope: string): JsonObject {
  return {
    code: "NO_RESULTS_ON_PAGE",
    message: `There are no results for scope '${scope}' on this page.`,
    data: [{ key: "scope", value: scope }],
  };
}

/** Source: the reference of `orderBy`: by name, or the newest first; nothing else. @throws ApiError 400 */
function ordered({ query }: Call, all: JsonObject[]): JsonObject[] {
  const order = query.get("orderBy") ?? "";
  if (!["", "name", NEWEST_FIRST].includes(order)) {
    const message = `Invalid value for field 'orderBy': '${order}'. Invalid order by expression.`;
    throw new ApiError("INVALID_ARGUMENT", message, "invalid");
  }
  if (order !== NEWEST_FIRST) return all.toSorted(by("name"));
  return all.toSorted(by("creationTimestamp")).toReversed();
}

function by(field: string): (a: JsonObject, b: JsonObject) => number {
  return (a, b) => {
    const [first, second] = [String(a[field]), String(b[field])];
    return first === second ? 0 : first < second ? -1 : 1;
  };
}
