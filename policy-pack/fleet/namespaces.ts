import type { Resource, Stack } from "../frame";

import { namespaces } from "./kinds";
import { nameOrStandIn, NameSources } from "./nameSources";

/** In which namespace the Kubernetes objects of a stack are. */
export class Namespaces {
  private readonly sources: NameSources;

  constructor(stack: Stack) {
    this.sources = new NameSources(stack, [namespaces]);
  }

  /**
   * The object's own, else its provider's, else `default`. One that is not known yet is that of
   * the Namespace it comes from; undefined if no name can be told.
   */
  of(object: Resource): string | undefined {
    const own = object.props.at("metadata", "namespace");
    if (own.unknown) {
      return this.sourceOf(object)?.props.at("metadata", "name").text;
    }
    if (own.present && own.raw !== "") {
      return own.text;
    }
    const standard = object.provider?.props.at("namespace");
    return standard?.unknown ? undefined : standard?.text || "default";
  }

  /** The same, with what stands for the name of a Namespace that is yet to get one. */
  keyOf(object: Resource): string | undefined {
    const source = this.sourceOf(object);
    return this.of(object) ?? (source && nameOrStandIn(source));
  }

  /** The Namespace that a name comes from which is not known yet. */
  private sourceOf(object: Resource): Resource | undefined {
    const own = object.props.at("metadata", "namespace");
    return own.unknown ? this.sources.of(object, own, namespaces) : undefined;
  }
}
