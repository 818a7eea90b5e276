import { namespaces } from "../fleet/kinds";
import { type Kind, objectsOfKind } from "../fleet/kubernetesObject";
import type { Scopes } from "../fleet/scopes";
import { append, type Resource, type Selector, type Stack, type Value } from "../frame";

const RBAC = ["rbac.authorization.k8s.io"];

/** Kinds of objects that others refer to by name. */
const REFERRED: readonly Kind[] = [
  { kind: "Secret", groups: [""] },
  { kind: "ConfigMap", groups: [""] },
  { kind: "ServiceAccount", groups: [""] },
  { kind: "PersistentVolumeClaim", groups: [""] },
  { kind: "Role", groups: RBAC },
  { kind: "SecretProviderClass", groups: ["secrets-store.csi.x-k8s.io"] },
  { kind: "Deployment", groups: ["apps"] },
  { kind: "StatefulSet", groups: ["apps"] },
  { kind: "LeaderWorkerSet", groups: ["leaderworkerset.x-k8s.io"] },
];
/** The same for kinds whose objects are in no namespace. */
const REFERRED_IN_CLUSTER: readonly Kind[] = [
  { kind: "ClusterRole", groups: RBAC },
  { kind: "PriorityClass", groups: ["scheduling.k8s.io"] },
];

/**
 * Objects from which a controller creates Secrets: SecretSync, ExternalSecret, Certificate and
 * others.
 */
const secretMakers: Selector = {
  label: "objects that Secrets are made from",
  matches: (resource) => {
    const kind = resource.prop("kind").text ?? resource.type.split(":").at(-1) ?? "";
    return /Secret.|.Secret|Certificate/.test(kind) && !/^SecretPatch$/.test(kind);
  },
};

/** Objects of one kind and scope that a stack makes. */
interface Group {
  readonly byName: Map<string, Resource[]>;
  readonly urns: Set<string>;
  /** The name of one object is not known, so it may be any. */
  unnamed: boolean;
}

/** The objects that a stack makes, by kind and scope, as references look them up. */
export class MadeObjects {
  private readonly scopes: Scopes;
  private readonly groups = new Map<string, Group>();
  private readonly owned: ReadonlySet<string>;

  constructor(stack: Stack, scopes: Scopes) {
    this.scopes = scopes;
    this.owned = new Set(
      stack.select(namespaces).flatMap((namespace) => {
        const name = namespace.props.at("metadata", "name").text;
        return name === undefined ? [] : [scopes.beside(namespace, name)];
      }),
    );
    for (const kind of REFERRED) {
      for (const object of stack.select(objectsOfKind(kind))) {
        this.add(kind.kind, scopes.of(object), object, nameOf(object));
      }
    }
    for (const kind of REFERRED_IN_CLUSTER) {
      for (const object of stack.select(objectsOfKind(kind))) {
        this.add(kind.kind, this.clusterOf(object), object, nameOf(object));
      }
    }
    for (const maker of stack.select(secretMakers)) {
      for (const name of secretNamesOf(maker)) {
        this.add("Secret", scopes.of(maker), maker, name);
      }
    }
  }

  /** Whether references to a kind are looked up here. */
  static knows(kind: string): boolean {
    return [...REFERRED, ...REFERRED_IN_CLUSTER].some((each) => each.kind === kind);
  }

  /** Whether the objects of a kind are in no namespace. */
  static isOfCluster(kind: string): boolean {
    return REFERRED_IN_CLUSTER.some((each) => each.kind === kind);
  }

  /** Key of the cluster-scoped objects in an object's cluster. */
  clusterOf(object: Resource): string {
    return this.scopes.beside(object, "");
  }

  /** Whether the stack makes the namespace. */
  owns(scope: string): boolean {
    return this.owned.has(scope);
  }

  /** Objects of that name; more than one if some are patches of another. */
  named(kind: string, scope: string, name: string): readonly Resource[] {
    return this.groups.get(key(kind, scope))?.byName.get(name) ?? [];
  }

  names(kind: string, scope: string): readonly string[] {
    return [...(this.groups.get(key(kind, scope))?.byName.keys() ?? [])];
  }

  /** Whether an object there may have any name. */
  hasUnnamed(kind: string, scope: string): boolean {
    return this.groups.get(key(kind, scope))?.unnamed ?? false;
  }

  /** Whether one of the objects there is among these. */
  hasOneOf(kind: string, scope: string, urns: readonly string[]): boolean {
    const group = this.groups.get(key(kind, scope));
    return urns.some((urn) => group?.urns.has(urn));
  }

  private add(kind: string, scope: string, object: Resource, name: Value): void {
    const group = this.groups.get(key(kind, scope)) ?? {
      byName: new Map<string, Resource[]>(),
      urns: new Set<string>(),
      unnamed: false,
    };
    this.groups.set(key(kind, scope), group);
    group.urns.add(object.urn);
    const generated = !object.props.at("metadata", "generateName").absent;
    if (name.unknown || (name.absent && generated)) {
      group.unnamed = true;
    } else if (name.text !== undefined) {
      // Without either, Pulumi generates a name, which no reference can spell out.
      append(group.byName, name.text, object);
    }
  }
}

function nameOf(object: Resource): Value {
  return object.props.at("metadata", "name");
}

/** Each kind has its own field for the Secret's name; the default is the object's own name. */
function secretNamesOf(maker: Resource): readonly Value[] {
  const spec = maker.props.at("spec");
  const lists = (spec.at("secretObjects").items ?? []).map((each) => each.at("secretName"));
  const names = [spec.at("target", "name"), spec.at("secretName"), spec.at("destination", "name")];
  return [nameOf(maker), ...[...lists, ...names].filter(({ absent }) => !absent)];
}

function key(kind: string, scope: string): string {
  return `${kind} ${scope}`;
}
