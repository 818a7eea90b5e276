import type { Resource, Selector, Stack, Value } from "../frame";

/** The objects whose names other objects take, even while the names are not known. */
export class NameSources {
  private readonly objects: ReadonlyMap<string, Resource>;

  constructor(stack: Stack, kinds: readonly Selector[]) {
    const objects = kinds.flatMap((kind) => stack.select(kind));
    this.objects = new Map(objects.map((object) => [object.urn, object]));
  }

  /** The only object of a kind that a value in `holder` comes from. */
  of(holder: Resource, value: Value, kind: Selector): Resource | undefined {
    const urns = holder.dependenciesOf(String(value.keys[0]));
    const objects = urns.flatMap((urn) => this.objects.get(urn) ?? []);
    const [source, second] = objects.filter((object) => kind.matches(object));
    return second === undefined ? source : undefined;
  }
}

/** An object's name, or a stand-in for one that Pulumi or the cluster has yet to give. */
export function nameOrStandIn(object: Resource): string {
  return object.props.at("metadata", "name").text ?? `(the name of ${object.name})`;
}
