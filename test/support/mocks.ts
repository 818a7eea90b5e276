import type * as pulumi from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

import { record, type Recorded, UNKNOWN } from "./registrations";

export const PROJECT = "inference-gateway";

/** What the cloud adds to a resource's inputs, by the resource's type. */
export type Answers = Record<string, (resource: pulumi.runtime.MockResourceArgs) => object>;

/** How a run without an engine goes. */
export interface MockOptions {
  /** @default "test" */
  stack?: string;
  /** A first preview: nothing that the cloud answers is known yet. @default false */
  preview?: boolean;
  /** @default each resource has its inputs as outputs */
  answers?: Answers;
}

/** What a run came to, and all that it registered on the way. */
export interface Run<T> extends Recorded {
  result: T;
}

/**
 * Runs a program, or a part of one, without an engine.
 * @param runtime the one that the program itself uses: a program that is loaded afresh has its own
 */
export async function underMocks<T>(
  runtime: typeof pulumi.runtime,
  { stack = "test", preview = false, answers = {} }: MockOptions,
  program: () => T | Promise<T>,
): Promise<Run<T>> {
  await runtime.setMocks(mocks(answers, preview), PROJECT, stack, preview);
  const recorded = record(runtime.getMonitor() as unknown as MockMonitor);
  const result = await withoutTraces(async () => {
    const made = await program();
    // What is still on its way would reach the mocks of the next run.
    await runtime.disconnect();
    return made;
  });
  return { result, ...recorded };
}

function mocks(answers: Answers, preview: boolean): pulumi.runtime.Mocks {
  return {
    call: () => ({}),
    newResource: (resource) => {
      const inputs = resource.inputs as object;
      const answer = answers[resource.type]?.(resource) ?? {};
      // The cloud fills its answer in whatever the program says of it, so before it has, even an input is unknown.
      return preview
        ? { id: undefined, state: without(inputs, Object.keys(answer)) }
        : { id: `${resource.name}-id`, state: { ...inputs, ...answer } };
    },
  };
}

function without(inputs: object, keys: string[]): object {
  return Object.fromEntries(Object.entries(inputs).filter(([key]) => !keys.includes(key)));
}

/** The SDK takes a stack trace for each resource; mapped to TypeScript, they are most of a run's time. */
async function withoutTraces<T>(work: () => Promise<T>): Promise<T> {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return await work();
  } finally {
    Error.stackTraceLimit = limit;
  }
}

/** What an output comes to, `UNKNOWN` where a preview cannot know it; anything else is itself. */
export async function valueOf<T>(value: T | pulumi.Output<T>): Promise<T | typeof UNKNOWN> {
  // Not `Output.isInstance`: a program that is loaded afresh has outputs of its own SDK.
  if (typeof value !== "object" || value === null || !("promise" in value)) return value as T;
  const output = value as unknown as { isKnown: Promise<boolean>; promise(): Promise<T> };
  return (await output.isKnown) ? output.promise() : UNKNOWN;
}
