import type { Target } from "../balancing/targets";
import { clusterText, fleetOf } from "../fleet/fleet";
import { missing } from "../fleet/hiddenObjects";
import {
  COMPARED,
  type Finding,
  listed,
  nameHint,
  on,
  pending,
  type Resource,
  violation,
} from "../frame";

import { type Parent, type RouteParents, STANDARD } from "./routeParents";

/** What is wrong with a reference to a Gateway that is not in this stack. */
export function* strayFindings(
  route: Resource,
  { ref, target, mistaken }: Parent,
  model: RouteParents,
): Generator<Finding> {
  if (mistaken !== undefined) {
    const part = mistaken.keys.at(-1) === "kind" ? "kind" : "group";
    const problem = `${mistaken} is not the ${part} of a Gateway`;
    yield on(route, violation(mistaken, problem, `write "${STANDARD[part]}"`));
  }
  if (target === undefined || !model.ownsGatewaysOf(route)) {
    return;
  }
  const open = model.hiddenIn(target.cluster);
  if (target.hidden !== undefined) {
    yield on(route, pending(ref.unknown ? ref : target.hidden));
  } else if (open !== undefined) {
    yield on(open.gateway, pending(open.value));
  } else {
    const { namespace } = target;
    const finding = on(route, unknownName(route, target, model));
    yield missing(model.stack, { beside: route, namespace }, finding);
  }
}

function unknownName(route: Resource, target: Target, model: RouteParents): Finding {
  const name = target.ref.at("name");
  const given = name.absent ? "is not set, so it names no" : `${name} is not the name of a`;
  const cluster = clusterText(fleetOf(model.stack).memberOf(route));
  const where = target.namespace === undefined ? "" : `namespace ${target.namespace} of `;
  return violation(name, `${given} Gateway in ${where}${cluster}`, advice(target, model));
}

/** A fix for a name that no Gateway has. */
function advice({ cluster, name = "", namespace }: Target, model: RouteParents): string {
  const namesake = model.namesake(cluster, name);
  if (namesake !== undefined) {
    return `the Gateway of that name is in namespace ${namesake.namespace}, name that, too`;
  }
  const known = model.gatewaysIn(cluster);
  const compared = known.slice(0, COMPARED).filter((each) => each.namespace === namespace);
  const there = known
    .filter((each) => each.namespace !== undefined && each.name !== undefined)
    .map((each) => `${each.namespace}/${each.name}`);
  const otherwise =
    there.length === 0 ? "create the Gateway there" : `name one of these: ${listed(there)}`;
  const names = compared.flatMap((each) => each.name ?? []);
  return nameHint(name, names, otherwise);
}
