import { z } from "zod";

/** Differences by path; `kind` ends with `-replace` where the difference replaces the resource. */
const differences = z.record(z.string(), z.object({ diffKind: z.string() }));

/** A resource before or after a step. Secret values are masked. */
const state = z.object({
  parent: z.string().optional(),
  /** A plugin manages it, and it is not a component. */
  custom: z.boolean().optional(),
  provider: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).nullish(),
  outputs: z.record(z.string(), z.unknown()).nullish(),
});

const metadata = z.object({
  /** The engine's word: `create`, `update`, `refresh`, ... */
  op: z.string(),
  urn: z.string(),
  type: z.string(),
  old: state.nullish(),
  /** After a refresh, null if the resource no longer exists. */
  new: state.nullish(),
  detailedDiff: differences.nullish(),
});

const judged = z.object({
  passed: z.array(z.string()).nullish(),
  failed: z.array(z.string()).nullish(),
});

/**
 * The fields that operations and policy-pack/summary/ read of an event, as `--event-log` writes it. Source: apitype/events.go of
 * pulumi/sdk v3.259.0. A file of events may come from a fork: whatever these fields do not allow is refused.
 */
export const engineEvent = z.object({
  resourcePreEvent: z.object({ metadata }).optional(),
  resOutputsEvent: z.object({ metadata }).optional(),
  resOpFailedEvent: z.object({ metadata }).optional(),
  diagnosticEvent: z
    .object({
      urn: z.string().optional(),
      severity: z.string().optional(),
      message: z.string().optional(),
    })
    .optional(),
  policyEvent: z
    .object({
      resourceUrn: z.string().optional(),
      message: z.string().optional(),
      policyName: z.string().optional(),
      enforcementLevel: z.string().optional(),
      severity: z.string().optional(),
    })
    .optional(),
  policyAnalyzeSummaryEvent: judged.optional(),
  policyAnalyzeStackSummaryEvent: judged.optional(),
  summaryEvent: z
    .object({
      result: z.string().optional(),
      PolicyPacks: z.record(z.string(), z.string()).nullish(),
    })
    .optional(),
  /** The last event of every command, however it ends. */
  cancelEvent: z.object({}).optional(),
});

export type EngineEvent = z.infer<typeof engineEvent>;
export type StepMetadata = z.infer<typeof metadata>;
export type ResourceState = z.infer<typeof state>;
