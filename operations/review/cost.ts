import { z } from "zod";

import type { EngineEvent } from "../eventLog/event";
import { STACK } from "../eventLog/resource";

/** The part of the program's output `cost` that a reader compares. */
const estimate = z.object({
  pricedOn: z.string(),
  monthlyUsd: z.number(),
  mostMonthlyUsd: z.number(),
  unknown: z.array(z.string()),
});

export type Estimate = z.infer<typeof estimate>;

/** A stack's cost before and after a change: an estimate, or why there is none. */
export interface Costs {
  before: Estimate | string;
  after: Estimate | string;
}

/**
 * Reads the stack's output `cost` from its two last events: before, as the state has it, and after, as the program has
 * registered it. An engine whose program failed registers the outputs of before.
 * @param complete whether the program ran to its end
 */
export function costsIn(events: readonly EngineEvent[], complete: boolean): Costs {
  const registered = events.flatMap(({ resOutputsEvent: event }) =>
    event?.metadata.type === STACK ? [event.metadata] : [],
  );
  const last = registered.at(-1);
  return {
    before: estimateIn(last?.old?.outputs, "the stack does not run yet"),
    after: complete
      ? estimateIn(last?.new?.outputs, "the program has no output `cost`")
      : "the preview failed",
  };
}

function estimateIn(outputs: Record<string, unknown> | null | undefined, absent: string) {
  if (!outputs || Object.keys(outputs).length === 0) return absent;
  const { data } = estimate.safeParse(outputs.cost);
  return data ?? "the stack has no output `cost`";
}
