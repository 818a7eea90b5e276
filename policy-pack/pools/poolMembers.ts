import type { Namespaces } from "../fleet/namespaces";
import { append, type Stack, type Value } from "../frame";
import type { PodOwner } from "../pods/podOwners";
import { PodSelectors } from "../pods/podSelectors";

import { type Pool, poolsOf } from "./pools";

/** The pods of each InferencePool, by the pools' selectors. */
export class PoolMembers {
  readonly pools: readonly Pool[];
  private readonly inCluster = new PodSelectors<Pool>();
  private readonly anywhere = new PodSelectors<Pool>();
  private readonly owners = new Map<Pool, PodOwner[]>();
  /** Keys of clusters and namespaces with pods that may be in any pool there. */
  private readonly unclear = new Set<string>();

  constructor(stack: Stack, namespaces: Namespaces, owners: readonly PodOwner[]) {
    this.pools = poolsOf(stack, namespaces);
    const designs = new Set<string>();
    for (const pool of this.pools) {
      const { member, namespace, name, matchLabels } = pool;
      this.inCluster.add(scopeOf(member.key, namespace), matchLabels, pool);
      const design = JSON.stringify([namespace, name, matchLabels.raw]);
      const isClear = namespace !== undefined && name !== undefined && !matchLabels.unknown;
      if (isClear && !designs.has(design)) {
        // A pool that is in many clusters is one entry.
        designs.add(design);
        this.anywhere.add(scopeOf(namespace), matchLabels, pool);
      }
    }
    for (const owner of owners) {
      this.register(owner);
    }
  }

  /** An unknown value that hides which pools these pods are in. */
  hiddenOf({ resource, namespace, labels }: PodOwner): Value | undefined {
    return namespace === undefined
      ? resource.props.at("metadata", "namespace")
      : labels.find(({ unknown }) => unknown);
  }

  /** Pools of their own cluster that these pods are in, or may be in. */
  poolsOf({ member, namespace, labels }: PodOwner): readonly Pool[] {
    const scopes = [scopeOf(member.key, namespace), scopeOf(member.key, undefined)];
    return scopes.flatMap((scope) => {
      return labels.flatMap((each) => this.inCluster.selecting(scope, each));
    });
  }

  /** The pools of any cluster that would take these pods, if they were there. */
  poolsAnywhere({ namespace, labels }: PodOwner): readonly Pool[] {
    return labels.flatMap((each) => this.anywhere.selecting(scopeOf(namespace), each));
  }

  /** The objects whose pods are in a pool, or may be. */
  ownersIn(pool: Pool): readonly PodOwner[] {
    return this.owners.get(pool) ?? [];
  }

  /** Whether a pool certainly has no pods. */
  isEmpty(pool: Pool): boolean {
    const { member, namespace } = pool;
    const scopes = [scopeOf(member.key, namespace), scopeOf(member.key, undefined)];
    return !this.owners.has(pool) && !scopes.some((scope) => this.unclear.has(scope));
  }

  private register(owner: PodOwner): void {
    if (this.hiddenOf(owner) !== undefined) {
      this.unclear.add(scopeOf(owner.member.key, owner.namespace));
      return;
    }
    for (const pool of new Set(this.poolsOf(owner))) {
      append(this.owners, pool, owner);
    }
  }
}

function scopeOf(...parts: readonly (string | undefined)[]): string {
  return JSON.stringify(parts);
}
