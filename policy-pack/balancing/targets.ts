import { type Fleet, fleetOf } from "../fleet/fleet";
import { gateways, inferencePools, namespaces } from "../fleet/kinds";
import { nameOrStandIn, NameSources } from "../fleet/nameSources";
import { Namespaces } from "../fleet/namespaces";
import type { Resource, Stack, Value } from "../frame";

/**
 * What a policy or a route refers to. A part is undefined if it is not known yet, or if the API
 * server refuses it.
 */
export interface Target {
  /** The policy or route. */
  readonly holder: Resource;
  /** The reference in it. */
  readonly ref: Value;
  /** Key of the cluster that both are in. */
  readonly cluster: string;
  readonly group: string | undefined;
  readonly kind: string | undefined;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  /** The first part that is not known yet and cannot be derived. */
  readonly hidden: Value | undefined;
}

/** The same key for all references to one object; undefined if a part is undefined. */
export function keyOf({ cluster, group, kind, namespace, name }: Target): string | undefined {
  const parts = [cluster, group, kind, namespace, name];
  return parts.includes(undefined) ? undefined : parts.join(" ");
}

/**
 * Names of Kubernetes objects that others refer to. A name that is not known yet is resolved if it
 * comes from one object of this stack.
 */
export class Targets {
  private readonly fleet: Fleet;
  private readonly namespaces: Namespaces;
  private readonly sources: NameSources;

  constructor(stack: Stack) {
    this.fleet = fleetOf(stack);
    this.namespaces = new Namespaces(stack);
    this.sources = new NameSources(stack, [namespaces, inferencePools, gateways]);
  }

  /** What `ref`, a reference that stands in `holder`, leads to. */
  of(holder: Resource, ref: Value): Target {
    const [group, kind, name] = [ref.at("group"), ref.at("kind"), ref.at("name")];
    const own = ref.at("namespace");
    const nameText = this.textOf(holder, name);
    const namespaceText = own.absent ? this.namespaceOf(holder) : this.textOf(holder, own);
    const untold = [
      group,
      kind,
      ...(nameText === undefined ? [name] : []),
      ...(namespaceText === undefined ? [own, holder.props.at("metadata", "namespace")] : []),
    ];
    return {
      holder,
      ref,
      cluster: this.fleet.memberOf(holder).key,
      group: group.absent ? "" : group.text,
      kind: kind.text,
      namespace: namespaceText,
      name: nameText,
      hidden: untold.find((value) => value.unknown),
    };
  }

  /** The namespace that an object is in. */
  namespaceOf(object: Resource): string | undefined {
    return this.namespaces.keyOf(object);
  }

  /** The name of an object that others may refer to. */
  nameOf(object: Resource): string | undefined {
    const name = object.props.at("metadata", "name");
    return name.absent ? nameOrStandIn(object) : this.textOf(object, name);
  }

  private textOf(holder: Resource, value: Value): string | undefined {
    if (!value.unknown) {
      return value.text;
    }
    const referred = value.keys.includes("parentRefs") ? gateways : inferencePools;
    const kind = value.keys.at(-1) === "namespace" ? namespaces : referred;
    const source = this.sources.of(holder, value, kind);
    return source && nameOrStandIn(source);
  }
}
