import type { Resource, Selector } from "./resource";

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
    matches: (resource) => isOfKind(resource, kind) && (patches || !isPatch(resource, kind)),
  };
}

/**
 * Judged by the inputs, since the provider calls the API that they name and not the token's.
 * A stack policy may see no inputs: then by the token `kubernetes:<apiVersion>:<kind>`.
 */
function isOfKind(resource: Resource, kind: Kind): boolean {
  const apiVersion = resource.props.at("apiVersion").text;
  const name = resource.props.at("kind").text;
  if (apiVersion !== undefined && name !== undefined) {
    return name === kind.kind && kind.groups.includes(groupOf(apiVersion));
  }
  const [, group = "", tokenKind = ""] = TOKEN.exec(resource.type) ?? [];
  return kind.groups.includes(group) && [kind.kind, patchOf(kind)].includes(tokenKind);
}

function isPatch(resource: Resource, kind: Kind): boolean {
  return resource.type.endsWith(`:${patchOf(kind)}`);
}

function patchOf(kind: Kind): string {
  return `${kind.kind}Patch`;
}

function groupOf(apiVersion: string): string {
  return apiVersion.includes("/") ? apiVersion.slice(0, apiVersion.indexOf("/")) : "";
}
