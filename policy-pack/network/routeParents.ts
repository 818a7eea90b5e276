import { type Target, Targets } from "../balancing/targets";
import { fleetOf } from "../fleet/fleet";
import { gateways, httpRoutes, POOL_IMPORT } from "../fleet/kinds";
import { entriesAt, fieldOf, type Resource, type Stack, type Value } from "../frame";

import { backendRefsOf } from "./routeBackends";

/** Default group and kind of a reference in `parentRefs`. */
export const STANDARD = { group: "gateway.networking.k8s.io", kind: "Gateway" };

/** The other kind of parent in that group. */
const LISTENER_SET = "ListenerSet";

/** An entry of a route's `parentRefs`. */
export interface Parent {
  readonly ref: Value;
  /** The Gateway that it names; undefined if it names, or may name, another kind. */
  readonly target: Target | undefined;
  /** Its group or kind, if only the other of the two is that of a Gateway. */
  readonly mistaken: Value | undefined;
}

/** A route, its parents, and those of them that are Gateways of this stack. */
export interface ParentedRoute {
  readonly route: Resource;
  readonly parents: readonly Parent[];
  readonly found: ReadonlyMap<Parent, Resource>;
}

/** A Gateway with the names that routes use; undefined if not known. */
export interface NamedGateway {
  readonly gateway: Resource;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/** A part of a Gateway's name that is not known yet. */
interface HiddenName {
  readonly gateway: Resource;
  readonly value: Value;
}

/** The routes of a stack, and the Gateways of each cluster by the names that routes use. */
export class RouteParents {
  readonly routes: readonly ParentedRoute[];
  readonly targets: Targets;
  readonly stack: Stack;
  private readonly ofCluster: ReadonlyMap<string, readonly NamedGateway[]>;
  private readonly byPlace = new Map<string, Resource>();
  private readonly byName = new Map<string, NamedGateway>();
  /** Gateways that Pulumi names, by cluster and URN. */
  private readonly unnamed = new Map<string, Resource>();
  /** An unknown name of a Gateway of each cluster, which may be the one that a route names. */
  private readonly hidden = new Map<string, HiddenName>();

  constructor(stack: Stack) {
    this.stack = stack;
    this.targets = new Targets(stack);
    const members = [...fleetOf(stack).byMember(stack.select(gateways))];
    this.ofCluster = new Map(
      members.map(([{ key }, here]) => [key, here.map((gateway) => this.note(key, gateway))]),
    );
    this.routes = stack.select(httpRoutes).map((route) => {
      const parents = parentsOf(route, this.targets);
      const found = parents.flatMap((parent) => {
        const gateway = parent.target && this.find(parent.target);
        return gateway === undefined ? [] : [[parent, gateway] as const];
      });
      return { route, parents, found: new Map(found) };
    });
  }

  /** Gateways of this stack in a cluster, by its key. */
  gatewaysIn(cluster: string): readonly NamedGateway[] {
    return this.ofCluster.get(cluster) ?? [];
  }

  /** A Gateway of a cluster with this name, in any namespace. */
  namesake(cluster: string, name: string): NamedGateway | undefined {
    return this.byName.get(spot(cluster, name));
  }

  /** An unknown name of a Gateway of this cluster, which may be the one that a route names. */
  hiddenIn(cluster: string): HiddenName | undefined {
    return this.hidden.get(cluster);
  }

  /** Whether this stack makes the parents of a route. */
  ownsGatewaysOf(route: Resource): boolean {
    const { configCluster } = fleetOf(this.stack);
    const { key, cluster } = fleetOf(this.stack).memberOf(route);
    // The stack that names the config cluster also makes its Gateways.
    const isRead = cluster !== undefined && cluster === configCluster && namesImport(route);
    return isRead || this.gatewaysIn(key).length > 0;
  }

  private note(cluster: string, gateway: Resource): NamedGateway {
    const metadata = gateway.props.at("metadata");
    const [name, namespace] = [this.targets.nameOf(gateway), this.targets.namespaceOf(gateway)];
    const named = { gateway, namespace, name };
    if (namespace !== undefined && name !== undefined) {
      this.byPlace.set(spot(cluster, namespace, name), gateway);
      this.byName.set(spot(cluster, name), named);
    }
    if (!metadata.at("name").present) {
      this.unnamed.set(spot(cluster, gateway.urn), gateway);
    }
    const missing = [
      ...(name === undefined ? [metadata.at("name")] : []),
      ...(namespace === undefined ? [metadata.at("namespace")] : []),
    ];
    const value = missing.find(({ unknown }) => unknown);
    if (value !== undefined && !this.hidden.has(cluster)) {
      this.hidden.set(cluster, { gateway, value });
    }
    return named;
  }

  private find({ holder, cluster, namespace, name }: Target): Resource | undefined {
    const named = this.byPlace.get(spot(cluster, namespace, name));
    if (named !== undefined) {
      return named;
    }
    // A name that Pulumi generated is in the route's reference, but not in the inputs of the
    // Gateway.
    const sources = holder.dependenciesOf("spec").map((urn) => spot(cluster, urn));
    return this.unnamed.get(sources.find((source) => this.unnamed.has(source)) ?? "");
  }
}

/** The parents of a route. A list that is not known yet stands for its entries. */
function parentsOf(route: Resource, targets: Targets): readonly Parent[] {
  return entriesAt(route.props.at("spec"), "parentRefs").map((ref) => {
    const [group, kind] = [ref.at("group"), ref.at("kind")];
    const wrong = [
      ...(mayBe(group, STANDARD.group) ? [] : [group]),
      ...(mayBe(kind, STANDARD.kind) ? [] : [kind]),
    ];
    const isClear = !group.unknown && !kind.unknown && kind.text !== LISTENER_SET;
    return {
      ref,
      target: wrong.length === 0 ? targets.of(route, ref) : undefined,
      mistaken: isClear && wrong.length === 1 ? wrong[0] : undefined,
    };
  });
}

function namesImport(route: Resource): boolean {
  return backendRefsOf(route).some((ref) => fieldOf(ref, "kind").text === POOL_IMPORT);
}

function mayBe(part: Value, standard: string): boolean {
  return part.absent || part.unknown || part.text === standard;
}

function spot(...parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts);
}
