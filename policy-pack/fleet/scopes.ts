import { groupBy, type Resource, type Selector, type Stack, type Value } from "../frame";

import { fleetOf } from "./fleet";
import type { Place } from "./hiddenObjects";
import { Namespaces } from "./namespaces";

/** Where Kubernetes objects are: those of one cluster and namespace have the same key. */
export class Scopes {
  private readonly stack: Stack;
  private readonly namespaces: Namespaces;

  constructor(stack: Stack) {
    this.stack = stack;
    this.namespaces = new Namespaces(stack);
  }

  /** Key of an object's cluster and namespace. */
  of(object: Resource): string {
    return this.beside(object, this.namespaces.of(object) ?? namespaceToCome(object));
  }

  /** The place of an object, for what may be hidden there. */
  placeOf(object: Resource): Place {
    return { beside: object, namespace: this.namespaces.of(object) };
  }

  /** Key of a namespace, by its name, in an object's cluster. */
  beside(object: Resource, namespace: string): string {
    return `${fleetOf(this.stack).memberOf(object).key} ${namespace}`;
  }

  /** Objects that a selector picks, by their key. */
  group(selector: Selector): ReadonlyMap<string, readonly Resource[]> {
    return groupBy(this.stack.select(selector), (object) => this.of(object));
  }
}

/** Objects of one place by their names. */
export class Names {
  private readonly objects: readonly Resource[];
  private readonly byName: ReadonlyMap<string, Resource>;

  constructor(objects: readonly Resource[]) {
    this.objects = objects;
    const names = objects.map(
      (object) => [object.props.at("metadata", "name").text, object] as const,
    );
    this.byName = new Map(names.flatMap(([name, object]) => (name ? [[name, object]] : [])));
  }

  /**
   * The object of that name. In the first preview a name that Pulumi is yet to give is not known;
   * it is that of the only object there is.
   */
  get(name: Value | undefined): Resource | undefined {
    const [only, second] = this.objects;
    if (name?.unknown) {
      return second === undefined ? only : undefined;
    }
    return this.byName.get(name?.text ?? "");
  }
}

/** A stand-in for a namespace: the resources that its name will come from. */
function namespaceToCome(object: Resource): string {
  const sources = object.dependenciesOf("metadata");
  return `of ${sources.length === 0 ? object.urn : [...sources].sort().join()}`;
}
