import { missing } from "../fleet/hiddenObjects";
import { gcpBackendPolicies, httpRoutes, POOL_IMPORT } from "../fleet/kinds";
import { type Finding, on, pending, type Stack, type Value } from "../frame";
import { backendRefsOf } from "../network/routeBackends";

import { keyOf, type Target, type Targets } from "./targets";

/** Where routes name an imported pool. */
export function routedImports(stack: Stack, targets: Targets): readonly Target[] {
  const routed = stack.select(httpRoutes).flatMap((route) => {
    return backendRefsOf(route).map((ref) => targets.of(route, ref));
  });
  return routed.filter(({ kind }) => kind === POOL_IMPORT);
}

/** Where backend policies name an imported pool. */
export function balancedImports(stack: Stack, targets: Targets): readonly Target[] {
  const balanced = stack.select(gcpBackendPolicies).map((policy) => {
    return targets.of(policy, policy.props.at("spec", "targetRef"));
  });
  return balanced.filter(({ kind }) => kind === POOL_IMPORT);
}

/**
 * References to pools that no policy of a kind is attached to. Each pool is reported once, however
 * many references it has.
 *
 * @param attached what the policies of that kind are attached to
 * @param lacking what to say of a reference
 */
export function* unattachedFindings(
  stack: Stack,
  references: readonly Target[],
  attached: readonly Target[],
  lacking: (ref: Value) => Finding,
): Generator<Finding> {
  const settled = new Set(attached.map(keyOf));
  const unsureIn = new Map<string, Target | undefined>();
  for (const policy of attached) {
    const unsure = policy.hidden === undefined ? undefined : policy;
    unsureIn.set(policy.cluster, unsureIn.get(policy.cluster) ?? unsure);
  }
  // Whoever makes the object of a patch makes what belongs to it.
  for (const target of references.filter(({ holder }) => !holder.isPatch)) {
    const key = keyOf(target);
    if (key === undefined || !settled.has(key)) {
      settled.add(key);
      const unsure = target.hidden === undefined ? unsureIn.get(target.cluster) : target;
      // If the cluster has no such policy at all, unknown names do not matter.
      const isUnsure = unsure?.hidden !== undefined && unsureIn.has(target.cluster);
      const place = { beside: target.holder, namespace: target.namespace };
      yield isUnsure
        ? on(unsure.holder, pending(unsure.hidden))
        : missing(stack, place, on(target.holder, lacking(target.ref)));
    }
  }
}
