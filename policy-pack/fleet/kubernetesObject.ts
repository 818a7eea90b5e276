import { objectKindOf, type Resource, type Selector } from "../frame";

/** A kind of Kubernetes object, in whichever version. */
export interface Kind {
  readonly kind: string;
  /** API groups that have, or had, this kind. */
  readonly groups: readonly string[];
}

/**
 * Picks the Kubernetes objects of a kind, however they come into the program: as `CustomResource`
 * or as a class generated from the CRD, from a YAML file or from a chart. A `<Kind>Patch` of an object
 * that the stack does not have is picked too: it shows that there is such an object.
 */
export function objectsOfKind(kind: Kind): Selector {
  return {
    label: `${kind.groups.join(" or ")} ${kind.kind}`,
    matches: (resource) => {
      const object = objectKindOf(resource);
      return object.kind === kind.kind && kind.groups.includes(object.group);
    },
  };
}

/** Whether it is a patch of an object that the stack does not have, with only the fields to change. */
export function isPartial(resource: Resource): boolean {
  return resource.isPatch;
}
