import { fleetOf } from "../fleet/fleet";
import { objectsOfKind } from "../fleet/kubernetesObject";
import type { Namespaces } from "../fleet/namespaces";
import type { Scopes } from "../fleet/scopes";
import { entriesAt, type Resource, type Stack, type Value } from "../frame";

const RBAC = ["rbac.authorization.k8s.io"];
const roles = objectsOfKind({ kind: "Role", groups: RBAC });
const roleBindings = objectsOfKind({ kind: "RoleBinding", groups: RBAC });
const clusterRoles = objectsOfKind({ kind: "ClusterRole", groups: RBAC });
const clusterRoleBindings = objectsOfKind({ kind: "ClusterRoleBinding", groups: RBAC });

/** The resource that only endpoint pickers read. */
const POOLS = "inferencepools";

/** A service account of pods. */
export interface Account {
  /** The object whose pods run as it. */
  readonly pods: Resource;
  /** Undefined if not known yet; it may then be any account of its namespace. */
  readonly name: string | undefined;
  /** The pods name no account, so they run as the default one of their namespace. */
  readonly standard: boolean;
}

/** A rule of a role that is bound to an account. */
export interface BoundRule {
  readonly role: Resource;
  readonly at: Value;
}

/** What an account may do. */
export interface Rights {
  readonly rules: readonly BoundRule[];
  /** It is bound to a role outside this stack, so it may have more rights. */
  readonly more: boolean;
}

interface Binding {
  readonly resource: Resource;
  /** Key of the namespace that it is for; undefined for the whole cluster. */
  readonly scope: string | undefined;
}

/** Which rights the roles and bindings of a stack give to service accounts. */
export class AccountRights {
  private readonly stack: Stack;
  private readonly scopes: Scopes;
  private readonly namespaces: Namespaces;
  private readonly bySubject = new Map<string, Set<Binding>>();
  private readonly byName = new Map<string, Resource>();
  private readonly pickersAccountIn = new Map<string, boolean>();
  private readonly byUrn = new Map<string, Resource>();

  constructor(stack: Stack, scopes: Scopes, namespaces: Namespaces) {
    this.stack = stack;
    this.scopes = scopes;
    this.namespaces = namespaces;
    for (const role of [...stack.select(roles), ...stack.select(clusterRoles)]) {
      this.byUrn.set(role.urn, role);
      this.byName.set(this.roleKey(role, role.props.at("metadata", "name").text), role);
    }
    for (const resource of stack.select(roleBindings)) {
      this.register({ resource, scope: scopes.of(resource) });
    }
    for (const resource of stack.select(clusterRoleBindings)) {
      this.register({ resource, scope: undefined });
    }
  }

  /**
   * An account's rights in a namespace, by its key, or in the whole cluster without one; undefined
   * if unbound.
   */
  of(account: Account, scope?: string): Rights | undefined {
    const bindings = this.bindingsOf(account);
    const forgotten = account.standard && this.bindsOthersBeside(account);
    if (bindings.length === 0 && !forgotten) {
      return undefined;
    }
    const inForce = bindings.filter((each) => each.scope === undefined || each.scope === scope);
    const bound = inForce.map((binding) => this.roleOf(binding));
    return {
      rules: bound.flatMap((role) => {
        return role === undefined ? [] : entriesAt(role.props, "rules").map((at) => ({ role, at }));
      }),
      more: bound.some((role) => !role || role.props.at("aggregationRule").present),
    };
  }

  /**
   * Whether another account of its namespace reads pools; that account was then made for the
   * picker.
   */
  private bindsOthersBeside({ pods }: Account): boolean {
    const scope = this.scopes.of(pods);
    const known = this.pickersAccountIn.get(scope);
    if (known !== undefined) {
      return known;
    }
    const bindings = [...(this.bySubject.get(subjectKey(scope, "any")) ?? [])];
    const found = bindings.some((binding) => {
      const rules = this.roleOf(binding)?.props.at("rules").items ?? [];
      return rules.some((rule) => holds(rule.at("resources"), POOLS));
    });
    this.pickersAccountIn.set(scope, found);
    return found;
  }

  private bindingsOf({ pods, name }: Account): readonly Binding[] {
    const scope = this.scopes.of(pods);
    const cluster = this.clusterOf(pods);
    const keys = [
      name === undefined ? subjectKey(scope, "any") : subjectKey(scope, "account", name),
      subjectKey(scope, "unknown"),
      subjectKey(cluster, "unknown"),
      subjectKey(cluster, "group", "system:serviceaccounts"),
      subjectKey(cluster, "group", "system:authenticated"),
      subjectKey(cluster, "group", `system:serviceaccounts:${this.namespaces.of(pods)}`),
      subjectKey(cluster, "user", `system:serviceaccount:${this.namespaces.of(pods)}:${name}`),
    ];
    return [...new Set(keys.flatMap((key) => [...(this.bySubject.get(key) ?? [])]))];
  }

  private register(binding: Binding): void {
    for (const subject of entriesAt(binding.resource.props, "subjects")) {
      for (const key of this.keysOf(subject, binding.resource)) {
        const bindings = this.bySubject.get(key) ?? new Set();
        bindings.add(binding);
        this.bySubject.set(key, bindings);
      }
    }
  }

  private keysOf(subject: Value, binding: Resource): readonly string[] {
    const cluster = this.clusterOf(binding);
    const [kind, name, namespace] = ["kind", "name", "namespace"].map((key) => subject.at(key));
    if (subject.unknown || kind?.unknown || namespace?.unknown) {
      return [subjectKey(cluster, "unknown")];
    }
    if (kind?.text !== "ServiceAccount") {
      return [subjectKey(cluster, kind?.text?.toLowerCase() ?? "", name?.text ?? "")];
    }
    const scope =
      namespace?.text === undefined
        ? this.scopes.of(binding)
        : this.scopes.beside(binding, namespace.text);
    const own = name?.unknown
      ? subjectKey(scope, "unknown")
      : subjectKey(scope, "account", name?.text ?? "");
    return [own, subjectKey(scope, "any")];
  }

  /** The role of a binding, if this stack makes it. */
  private roleOf({ resource }: Binding): Resource | undefined {
    const reference = resource.props.at("roleRef");
    const name = reference.at("name");
    const source = resource
      .dependenciesOf("roleRef")
      .map((urn) => this.byUrn.get(urn))
      .find((role) => role !== undefined);
    const inCluster = reference.at("kind").text === "ClusterRole";
    const where = inCluster ? this.clusterOf(resource) : this.scopes.of(resource);
    const found = name.unknown ? undefined : this.byName.get(`${where} ${name.text}`);
    return found ?? source;
  }

  private roleKey(role: Resource, name: string | undefined): string {
    const where = roles.matches(role) ? this.scopes.of(role) : this.clusterOf(role);
    return `${where} ${name}`;
  }

  private clusterOf(object: Resource): string {
    return fleetOf(this.stack).memberOf(object).key;
  }
}

function subjectKey(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

/** A right that an account needs. */
export interface Need {
  readonly group: string;
  readonly resource: string;
  readonly verbs: readonly string[];
  /** It is for one object by its name, so a rule with resourceNames is enough. */
  readonly named?: boolean;
}

/** The verbs of a need that no rule allows. */
export function missingVerbs(need: Need, rules: readonly BoundRule[]): readonly string[] {
  const fitting = rules.filter(({ at }) => {
    return holds(at.at("apiGroups"), need.group) && holds(at.at("resources"), need.resource);
  });
  return need.verbs.filter((verb) => {
    return !fitting.some(({ at }) => {
      const isOfNames =
        !at.at("resourceNames").absent && at.at("resourceNames").items?.length !== 0;
      const ignoresNames = !isOfNames || (need.named === true && verb !== "create");
      return ignoresNames && holds(at.at("verbs"), verb);
    });
  });
}

/** The part of a rule that is not known yet, if any. */
export function hiddenIn({ at }: BoundRule): Value | undefined {
  return at.unknown
    ? at
    : ["apiGroups", "resources", "verbs"]
        .flatMap((key) => entriesAt(at, key))
        .find(({ unknown }) => unknown);
}

function holds(list: Value, wanted: string): boolean {
  return (list.items ?? []).some(({ text }) => text === wanted || text === "*");
}
