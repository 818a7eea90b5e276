import type { Resource, Selector } from "../frame";

/** A kind of Kubernetes object, in whichever version. */
export interface Kind {
  readonly kind: string;
  /** API groups that have, or had, this kind. */
  readonly groups: readonly string[];
}

/** Options of a selector of Kubernetes objects. */
export interface ObjectsOptions {
  /**
   * Whether `<Kind>Patch` resources, which hold only the fields to change, are picked as well.
   * @default false
   */
  readonly patches?: boolean;
}

const TOKEN = /^[^:]+:([^:/]+)\/[^:/]+:([^:]+)$/;

/**
 * Picks the Kubernetes objects of a kind, however they come into the program: as `CustomResource`
 * or as a class generated from the CRD, from a YAML file or from a chart.
 */
export function objectsOfKind(kind: Kind, { patches = false }: ObjectsOptions = {}): Selector {
  return {
    label: `${kind.groups.join(" or ")} ${kind.kind}`,
    matches: (resource) => {
      const object = objectKindOf(resource);
      return (
        object.kind === kind.kind &&
        kind.groups.includes(object.group) &&
        (patches || !object.isPatch)
      );
    },
  };
}

/** Whether an object holds only the fields that it changes. */
export function isPartial(resource: Resource): boolean {
  return resource.type.endsWith("Patch");
}

/** Group and kind of a resource in Kubernetes; an empty kind if it is not a Kubernetes object. */
interface ObjectKind {
  readonly group: string;
  readonly kind: string;
  /** Holds only the fields to change. */
  readonly isPatch: boolean;
}

/** Cached, because every selector reads it. */
const known = new WeakMap<Resource, ObjectKind>();

function objectKindOf(resource: Resource): ObjectKind {
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
    return { group: "", kind: "", isPatch: false };
  }
  const [, tokenGroup = "", tokenKind = ""] = TOKEN.exec(resource.type) ?? [];
  const isPatch = tokenKind.endsWith("Patch");
  const apiVersion = resource.prop("apiVersion").text;
  const kind = resource.prop("kind").text;
  if (apiVersion !== undefined && kind !== undefined) {
    return { group: groupOf(apiVersion), kind, isPatch };
  }
  return { group: groupOfToken(tokenGroup), kind: tokenKind.replace(/Patch$/, ""), isPatch };
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}

/** The core group has no name in an `apiVersion`, but `core` in a token. */
function groupOfToken(group: string): string {
  return group === "core" ? "" : group;
}
