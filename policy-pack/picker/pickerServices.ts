import { inferencePools } from "../fleet/kinds";
import { objectsOfKind } from "../fleet/kubernetesObject";
import type { Namespaces } from "../fleet/namespaces";
import type { Scopes } from "../fleet/scopes";
import { append, type Resource, type Stack, type Value } from "../frame";
import { type PodOwner, podOwnersOf } from "../pods/podOwners";
import { PodSelectors } from "../pods/podSelectors";

import { type EndpointPicker, endpointPickerOf } from "./endpointPicker";

const services = objectsOfKind({ kind: "Service", groups: [""] });

/** A pool's reference to the Service of its endpoint picker. */
export interface PickerReference {
  readonly pool: Resource;
  /** The whole reference; if it is unknown, so are its fields. */
  readonly at: Value;
  readonly name: Value;
  readonly port: Value;
}

/** Every reference of a stack's pools to a Service. */
export function pickerReferences(stack: Stack): readonly PickerReference[] {
  return stack.select(inferencePools).flatMap((pool) => pickerReferenceOf(pool) ?? []);
}

function pickerReferenceOf(pool: Resource): PickerReference | undefined {
  const spec = pool.props.at("spec");
  // The first alphas of the kind have it under another name, with another field for the port.
  const alpha = spec.at("extensionRef");
  const at = alpha.present ? alpha : spec.at("endpointPickerRef");
  const [group, kind] = [at.at("group"), at.at("kind")];
  const isService = (group.text ?? "") === "" && (kind.text ?? "Service") === "Service";
  if (at.absent || !isService) {
    return undefined;
  }
  const port = alpha.present ? at.at("portNumber") : at.at("port", "number");
  return { pool, at, name: at.at("name"), port };
}

/** The Services of a stack, and the pods that each selects. */
export class PickerServices {
  private readonly scopes: Scopes;
  private readonly byPlace: ReadonlyMap<string, readonly Resource[]>;
  private readonly byName = new Map<string, Resource>();
  private readonly ownersOf = new Map<Resource, PodOwner[]>();
  private readonly pickersIn = new Map<string, EndpointPicker[]>();
  /** Unknown values that hide which pods are in a namespace or a cluster, by its key. */
  private readonly hidden = new Map<string, { readonly resource: Resource; readonly at: Value }>();

  constructor(stack: Stack, scopes: Scopes, namespaces: Namespaces) {
    this.scopes = scopes;
    this.byPlace = scopes.group(services);
    const selectors = new PodSelectors<Resource>();
    for (const [scope, group] of this.byPlace) {
      for (const service of group) {
        this.byName.set(`${scope} ${service.props.at("metadata", "name").text}`, service);
        selectors.add(scope, service.props.at("spec", "selector"), service);
      }
    }
    for (const owner of podOwnersOf(stack, namespaces)) {
      this.register(owner, selectors);
    }
  }

  /** The Service that a pool refers to, or the value that is not known yet. */
  of({ pool, at, name }: PickerReference): Resource | Value | undefined {
    const scope = this.scopes.of(pool);
    const found = name.text === undefined ? undefined : this.byName.get(`${scope} ${name.text}`);
    if (at.unknown || found !== undefined) {
      return found ?? at;
    }
    // A name that Pulumi generates is not in the inputs of the Service.
    const urns = new Set(pool.dependenciesOf("spec"));
    const [source, second] = this.in(scope).filter(({ urn, props }) => {
      return urns.has(urn) && (name.unknown || !props.at("metadata", "name").present);
    });
    if (source !== undefined && second === undefined) {
      return source;
    }
    const nameless = this.in(scope).map(({ props }) => props.at("metadata", "name"));
    return name.unknown ? name : nameless.find(({ unknown }) => unknown);
  }

  /** The objects whose pods a Service selects. */
  ownersBehind(service: Resource): readonly PodOwner[] {
    return this.ownersOf.get(service) ?? [];
  }

  /** The endpoint pickers whose pods a Service selects. */
  pickersBehind(service: Resource): readonly EndpointPicker[] {
    return this.ownersBehind(service).flatMap(({ resource }) => endpointPickerOf(resource) ?? []);
  }

  /** Endpoint pickers in the namespace of an object. */
  pickersBeside(object: Resource): readonly EndpointPicker[] {
    return this.pickersIn.get(this.scopes.of(object)) ?? [];
  }

  /** An unknown value that hides whether a Service selects pods. */
  hiddenFrom(service: Resource, cluster: string) {
    return this.hidden.get(this.scopes.of(service)) ?? this.hidden.get(cluster);
  }

  /** Names of the Services in the namespace of an object. */
  namesBeside(object: Resource): readonly string[] {
    return this.in(this.scopes.of(object)).flatMap(({ props }) => {
      return props.at("metadata", "name").text ?? [];
    });
  }

  private in(scope: string): readonly Resource[] {
    return this.byPlace.get(scope) ?? [];
  }

  private register(owner: PodOwner, selectors: PodSelectors<Resource>): void {
    const { resource, member, namespace } = owner;
    const scope = this.scopes.of(resource);
    const hidden = owner.labels.find(({ unknown }) => unknown);
    if (hidden !== undefined) {
      this.hidden.set(scope, { resource, at: hidden });
    }
    if (namespace === undefined) {
      this.hidden.set(member.key, { resource, at: resource.props.at("metadata", "namespace") });
    }
    const picker = endpointPickerOf(resource);
    if (picker !== undefined) {
      append(this.pickersIn, scope, picker);
    }
    for (const service of new Set(
      owner.labels.flatMap((each) => selectors.selecting(scope, each)),
    )) {
      append(this.ownersOf, service, owner);
    }
  }
}
