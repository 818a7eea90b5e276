import { fleetOf } from "../fleet/fleet";
import { INFERENCE_POOL, POOL_IMPORT } from "../fleet/kinds";
import type { Namespaces } from "../fleet/namespaces";
import { groupBy, type Resource, type Stack, type Value } from "../frame";

import { type Pool } from "./pools";

/** The InferencePools that a policy targets by `spec.targetRef`. */
export class TargetPools {
  private readonly stack: Stack;
  private readonly namespaces: Namespaces;
  private readonly byName: ReadonlyMap<string, readonly Pool[]>;
  private readonly byUrn: ReadonlyMap<string, Pool>;

  constructor(stack: Stack, namespaces: Namespaces, pools: readonly Pool[]) {
    this.stack = stack;
    this.namespaces = namespaces;
    const named = pools.filter(({ namespace, name }) => namespace && name);
    this.byName = groupBy(named, ({ namespace, name }) => `${namespace}/${name}`);
    this.byUrn = new Map(pools.map((pool) => [pool.resource.urn, pool]));
  }

  /** Pools of every cluster for an imported pool, of the policy's own cluster for a pool itself. */
  of(policy: Resource): readonly Pool[] {
    const target = targetOf(policy);
    const kind = target.at("kind").text;
    const own = target.at("namespace");
    const namespace = own.absent ? this.namespaces.of(policy) : own.text;
    const name = target.at("name").text;
    const source = name === undefined ? this.sourceOf(policy) : undefined;
    const key = source ? `${source.namespace}/${source.name}` : `${namespace}/${name}`;
    const pools = this.byName.get(key) ?? (source ? [source] : []);
    if (kind === POOL_IMPORT) {
      return pools;
    }
    const here = fleetOf(this.stack).memberOf(policy);
    return kind === INFERENCE_POOL.kind
      ? pools.filter(({ member }) => member.key === here.key)
      : [];
  }

  /** An unknown value that hides which pool a policy targets. */
  hiddenIn(policy: Resource): Value | undefined {
    const target = targetOf(policy);
    const parts = [target.at("kind"), target.at("name"), target.at("namespace")];
    const hidden = parts.find(({ unknown }) => unknown);
    return hidden?.keys.at(-1) === "name" && this.sourceOf(policy) ? undefined : hidden;
  }

  /** The pool from which a name comes that is not known yet. */
  private sourceOf(policy: Resource): Pool | undefined {
    return policy
      .dependenciesOf("spec")
      .map((urn) => this.byUrn.get(urn))
      .find((pool) => pool !== undefined);
  }
}

function targetOf(policy: Resource): Value {
  return policy.props.at("spec", "targetRef");
}
