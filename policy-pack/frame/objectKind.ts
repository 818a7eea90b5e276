import type { Resource } from "./resource";

/** Group and kind of a resource in Kubernetes; an empty kind if it is not a Kubernetes object. */
export interface ObjectKind {
  readonly group: string;
  readonly kind: string;
}

const TOKEN = /^[^:]+:([^:/]+)\/[^:/]+:([^:]+)$/;

/** Cached, because every selector reads it. */
const known = new WeakMap<Resource, ObjectKind>();

/** The kind of object that a resource is, or is a patch of. */
export function objectKindOf(resource: Resource): ObjectKind {
  const found = known.get(resource) ?? readObjectKind(resource);
  known.set(resource, found);
  return found;
}

/**
 * Reads the inputs, because the provider calls the API that they name, not that of the token. A
 * stack policy may see no inputs; then the token `kubernetes:<apiVersion>:<kind>` decides.
 */
function readObjectKind(resource: Resource): ObjectKind {
  if (resource.type.startsWith("gcp:")) {
    return { group: "", kind: "" };
  }
  const [, tokenGroup = "", tokenKind = ""] = TOKEN.exec(resource.type) ?? [];
  const apiVersion = resource.prop("apiVersion").text;
  const kind = resource.prop("kind").text;
  if (apiVersion !== undefined && kind !== undefined) {
    return { group: groupOf(apiVersion), kind };
  }
  return { group: groupOfToken(tokenGroup), kind: tokenKind.replace(/Patch$/, "") };
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

/** The core group has no name in an `apiVersion`, but `core` in a token. */
function groupOfToken(group: string): string {
  return group === "core" ? "" : group;
}
