import * as pulumi from "@pulumi/pulumi";

export interface DeletionGuardArgs {
  /** What may not be deleted, with all that it depends on. */
  guarded: pulumi.Resource[];
  /** Whether deleting is refused now. A guard stays when it is not: the engine would refuse to remove a protected one. */
  protect: boolean;
}

/**
 * Keeps what serves while a stack is protected. The engine deletes dependents first, and notices that a resource is
 * protected when it gets there: `pulumi destroy --skip-preview` would empty a protected cluster before it refuses to
 * delete it. The guard depends on everything, so the engine gets there first, and after an error it deletes nothing
 * that the failed resource depends on.
 *
 * @example
 * ```ts
 * createDeletionGuard("gke-west", { guarded: [cluster, membership], protect: true });
 * ```
 */
export function createDeletionGuard(
  name: string,
  { guarded, protect }: DeletionGuardArgs,
  opts?: pulumi.CustomResourceOptions,
): pulumi.Stash {
  return new pulumi.Stash(name, { input: "guard" }, { ...opts, protect, dependsOn: guarded });
}
