import type { Resource, Stack } from "../frame";

import { namespaces } from "./kinds";
import { nameOrStandIn, NameSources } from "./nameSources";

/** Namespaces of the Kubernetes objects of a stack. */
export class Namespaces {
  private readonly sources: NameSources;

  constructor(stack: Stack) {
    this.sources = new NameSources(stack, [namespaces]);
  }

  /**
   * The object's own namespace, otherwise its provider's, otherwise `default`. A namespace that is
   * not known yet is resolved by the Namespace that it comes from; undefined if there is none.
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

  /** The same, with a stand-in for the name of a Namespace that has yet to get one. */
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
