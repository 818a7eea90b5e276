import type { Target, Targets } from "../balancing/targets";
import { groupBy, type Resource } from "../frame";

/** An InferencePool with its names; undefined where one is not known. */
interface NamedPool {
  readonly pool: Resource;
  readonly namespace: string | undefined;
  readonly name: string | undefined;
}

/** InferencePools of all clusters, by the names that their imports have. */
export class PoolsByName {
  private readonly poolsOfName: ReadonlyMap<string | undefined, readonly NamedPool[]>;

  constructor(pools: readonly Resource[], targets: Targets) {
    const named = pools.map((pool) => {
      return { pool, name: targets.nameOf(pool), namespace: targets.namespaceOf(pool) };
    });
    this.poolsOfName = groupBy(named, ({ name }) => name);
  }

  /** Pools with the target's name and namespace. */
  of({ namespace, name }: Target): readonly Resource[] {
    const namesakes = name === undefined ? [] : (this.poolsOfName.get(name) ?? []);
    return namesakes
      .filter((each) => each.namespace !== undefined && each.namespace === namespace)
      .map(({ pool }) => pool);
  }

  /** Pools that may have them, but whose names are not known yet. */
  perhapsOf({ namespace, name }: Target): readonly Resource[] {
    const namesakes = this.poolsOfName.get(name) ?? [];
    const nameless = this.poolsOfName.get(undefined) ?? [];
    return [
      ...namesakes.filter((each) => each.namespace === undefined),
      ...nameless.filter((each) => [namespace, undefined].includes(each.namespace)),
    ].map(({ pool }) => pool);
  }
}
