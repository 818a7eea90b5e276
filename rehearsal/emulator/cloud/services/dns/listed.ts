import type { JsonObject } from "../../json";
import type { Call } from "../../wire/call";
import { pageOf } from "../../wire/pages";

/** The size of one page. Source: quotas of Cloud DNS. */
const PAGE = { parameter: "maxResults", max: 100 } as const;

/** One page. */
export function listed(call: Call, all: JsonObject[], plural: string): JsonObject {
  const { items, nextPageToken } = pageOf(call, all, PAGE);
  return { [plural]: items, nextPageToken };
}
