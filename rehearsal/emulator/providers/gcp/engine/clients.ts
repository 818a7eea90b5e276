/**
 * The official provider calls by two kinds of client: one of its own, and Google's generated ones. Source: the files of
 * `services/` in terraform-provider-google-beta, 93c65b2d60.
 */
const GENERATED = [
  "https://container.googleapis.com/",
  "https://cloudresourcemanager.googleapis.com/v1/",
  "https://iam.googleapis.com/v1/",
  "https://serviceusage.googleapis.com/v1/",
  "https://dns.googleapis.com/dns/v1/",
];

/** Collections of Compute Engine that only data sources and side calls of other resources ask for. */
const GENERATED_LISTS =
  /^https:\/\/compute\.googleapis\.com\/.*\/(zones|instanceGroupManagers|routes(\/[^/]+)?)$/;

/** What a call is sent with, beside what it is about. */
export interface Dress {
  /** Google's own, with the query in order. */
  url: URL;
  headers: Record<string, string>;
}

/** @param url with what the method itself asks for */
export function dressed(url: string, hasBody: boolean): Dress {
  const asked = new URL(url);
  const { origin, pathname, searchParams } = asked;
  const path = origin + pathname;
  const generated =
    GENERATED.some((base) => path.startsWith(base)) ||
    GENERATED_LISTS.test(path) ||
    searchParams.has("prettyPrint");
  searchParams.set("alt", "json");
  if (generated) searchParams.set("prettyPrint", "false");
  searchParams.sort();
  // Its own client says of every call what its body is, also of one without.
  const typed = hasBody || !generated;
  return { url: asked, headers: typed ? { "content-type": "application/json" } : {} };
}
