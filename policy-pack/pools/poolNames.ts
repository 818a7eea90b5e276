import { groupBy, listed, nameHint, type Value } from "../frame";

import { type Pool } from "./pools";

/** Pools by namespace and name. A pool with an unknown name may have any. */
export class PoolNames {
  private readonly byNamespace: ReadonlyMap<string | undefined, ReadonlySet<string | undefined>>;
  private readonly all: ReadonlySet<string | undefined>;
  /** `namespace/name` of pools whose names are known. */
  private readonly full: readonly string[];

  constructor(pools: readonly Pool[]) {
    const groups = [...groupBy(pools, ({ namespace }) => namespace)];
    this.byNamespace = new Map(
      groups.map(([namespace, group]) => [namespace, new Set(group.map(({ name }) => name))]),
    );
    this.all = new Set(pools.map(({ name }) => name));
    const known = pools.filter(({ namespace, name }) => namespace && name);
    this.full = [...new Set(known.map(({ namespace, name }) => `${namespace}/${name}`))];
  }

  /** Whether a pool has this name, or may have it, in this namespace or in any. */
  has(name: string | undefined, namespace: string | undefined): boolean {
    const groups =
      namespace === undefined
        ? [this.all]
        : [this.byNamespace.get(namespace), this.byNamespace.get(undefined)];
    return groups.some((group) => {
      return group?.has(undefined) || (name !== undefined && group?.has(name));
    });
  }

  /** A fix for a name that no pool has. */
  advice(given: Value, namespace: string | undefined): string {
    const there = namespace === undefined ? this.all : (this.byNamespace.get(namespace) ?? []);
    const names = [...there].filter((name) => name !== undefined);
    const otherwise =
      this.full.length === 0
        ? "create the InferencePool there"
        : `name one of these: ${listed(this.full)}`;
    return nameHint(given.text, names, otherwise);
  }
}
