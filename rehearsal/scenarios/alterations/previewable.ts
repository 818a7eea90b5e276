import type { Break } from "./breaks/break";

/**
 * Those of a stack that a program can be broken by from outside, one input set or taken away, and that get as far as the
 * policies.
 */
export function previewable(breaks: readonly Break[], stack: string): Break[] {
  return breaks.filter(({ change, refusedByProvider = false, ...each }) => {
    return (
      (each.stack ?? "dev") === stack && ("to" in change || "unset" in change) && !refusedByProvider
    );
  });
}
