import type { Targets } from "../balancing/targets";
import { fleetOf } from "../fleet/fleet";
import { gateways, httpRoutes, POOL_IMPORT } from "../fleet/kinds";
import { fieldOf, type Resource, type Stack } from "../frame";

import { classOf } from "./gatewayClass";
import { backendRefsOf } from "./routeBackends";
import { RouteParents } from "./routeParents";

/** Classes of GKE's load balancers; Gateways of other implementations are not judged. */
const GKE_CLASS = /^gke-l7-/;

/** A Gateway, or a patch of one, and its class. */
export interface ClassedGateway {
  readonly gateway: Resource;
  readonly gatewayClass: string;
}

/** A route, or a patch of one, and the classes of its parent Gateways. */
export interface ClassedRoute {
  readonly route: Resource;
  readonly classes: readonly string[];
}

/** Cached, because two policies read them. */
const known = new WeakMap<Stack, GkeGateways>();

/** Gateways and routes of GKE in a stack. */
export function gkeGatewaysOf(stack: Stack): GkeGateways {
  const found = known.get(stack) ?? new GkeGateways(stack);
  known.set(stack, found);
  return found;
}

/**
 * The Gateways of GKE and their routes, with patches of both, which usually do not name a class.
 */
class GkeGateways {
  readonly gateways: readonly ClassedGateway[];
  readonly routes: readonly ClassedRoute[];
  private readonly targets: Targets;
  private readonly stack: Stack;

  constructor(stack: Stack) {
    this.stack = stack;
    const model = new RouteParents(stack);
    this.targets = model.targets;
    this.gateways = this.classedGateways();
    this.routes = this.classedRoutes(model);
  }

  private classedGateways(): readonly ClassedGateway[] {
    const classes = new Map<string, string>();
    const all = this.stack.select(gateways);
    for (const gateway of all) {
      const name = classOf(gateway).text;
      if (name !== undefined) {
        classes.set(this.placeOf(gateway), name);
      }
    }
    return all.flatMap((gateway) => {
      const gatewayClass = classes.get(this.placeOf(gateway)) ?? "";
      return GKE_CLASS.test(gatewayClass) ? [{ gateway, gatewayClass }] : [];
    });
  }

  private classedRoutes({ routes }: RouteParents): readonly ClassedRoute[] {
    const classesOf = new Map(
      routes.map(({ route, found }) => {
        const names = [...found.values()].map((gateway) => classOf(gateway).text ?? "");
        return [this.placeOf(route), names] as const;
      }),
    );
    return this.stack.select(httpRoutes).flatMap((route) => {
      const names = classesOf.get(this.placeOf(route)) ?? [];
      const classes = names.filter((name) => GKE_CLASS.test(name));
      // Only GKE has imports, whichever stack makes the Gateway.
      const isGke = classes.length > 0 || (names.length === 0 && namesImport(route));
      return isGke ? [{ route, classes }] : [];
    });
  }

  private placeOf(object: Resource): string {
    const { key } = fleetOf(this.stack).memberOf(object);
    return JSON.stringify([key, this.targets.namespaceOf(object), this.targets.nameOf(object)]);
  }
}

function namesImport(route: Resource): boolean {
  return backendRefsOf(route).some((ref) => fieldOf(ref, "kind").text === POOL_IMPORT);
}
