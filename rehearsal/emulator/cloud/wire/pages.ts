import { ApiError } from "../errors";
import { Call } from "./call";

/** One page of a list. */
export interface Page<T> {
  items: T[];
  /** Left out on the last page. */
  nextPageToken?: string;
}

/**
 * The page of a list that a call asks for.
 * @param size the parameter that says how long pages are, and how long one is at most
 * @throws ApiError 400 for a token that no list gave
 */
export function pageOf<T>(
  { query }: Call,
  all: T[],
  size: { parameter: "pageSize" | "maxResults"; max: number },
): Page<T> {
  const start = startOf(query.get("pageToken"), all.length);
  const asked = Number(query.get(size.parameter) ?? 0);
  const length = asked > 0 ? Math.min(asked, size.max) : size.max;
  const end = start + length;
  return {
    items: all.slice(start, end),
    ...(end < all.length && { nextPageToken: Buffer.from(`from ${end}`).toString("base64url") }),
  };
}

function startOf(token: string | null, length: number): number {
  if (token === null || token === "") return 0;
  const [, digits] = /^from (\d+)$/.exec(Buffer.from(token, "base64url").toString()) ?? [];
  if (digits !== undefined && Number(digits) <= length) return Number(digits);
  throw new ApiError(
    "INVALID_ARGUMENT",
    `Invalid value for field 'pageToken': '${token}'.`,
    "invalid",
  );
}
