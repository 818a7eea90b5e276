import { code } from "../review/text";

import type { Drift } from "./drift";

/** Reverts what a refresh finds, unless another tool owns the field. */
export const PLAIN_COMMAND = "pulumi up --refresh";

/** Takes fields back from other owners. Source: `patchForce` in pkg/await/await.go of pulumi-kubernetes. */
export const FORCE_COMMAND = `PULUMI_K8S_ENABLE_PATCH_FORCE=true ${PLAIN_COMMAND}`;

/** Who mends a drift, and how. */
export interface Mending {
  how: string;
  /** It takes FORCE_COMMAND. */
  force: boolean;
}

/**
 * `up --refresh` brings back what was deleted and what was changed, but a field of another owner only by force: there a
 * person has to decide. Tests compare these rules with the drift that `make changes` causes and mends.
 */
export function mendingOf({ path, owner, forced }: Drift): Mending {
  if (path === undefined) return { how: "`up --refresh` creates it again", force: false };
  if (owner === undefined || forced) return { how: "`up --refresh` reverts it", force: false };
  return {
    how: `its owner ${code(owner)}; or \`up --refresh\` by force; or you, with the value in the stack file`,
    force: true,
  };
}
