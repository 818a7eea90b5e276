import type * as pulumi from "@pulumi/pulumi";
import type { MockMonitor } from "@pulumi/pulumi/runtime/mocks";

import { UNKNOWN } from "../../policy-pack/test/support/unknown";
import { record, type Recorded } from "../../rehearsal/stage/registrations";

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
  /** @default none: resources are made of their inputs, and `answers` */
  cloud?: MockCloud;
}

/** A cloud that some of the resources are made in. */
export interface MockCloud {
  /** @returns undefined for what it knows nothing of */
  make(resource: pulumi.runtime.MockResourceArgs): Promise<Made> | undefined;
  /** What a function of a provider answers. */
  call(args: pulumi.runtime.MockCallArgs): Promise<object>;
}

/** What a cloud has made. */
export interface Made {
  id: string;
  state: object;
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
  { stack = "test", preview = false, answers = {}, cloud }: MockOptions,
  program: () => T | Promise<T>,
): Promise<Run<T>> {
  await runtime.setMocks(mocks(answers, preview, cloud), PROJECT, stack, preview);
  const recorded = record(runtime.getMonitor() as unknown as MockMonitor);
  const result = await withoutTraces(async () => {
    const made = await program();
    // What is still on its way would reach the mocks of the next run.
    await runtime.disconnect();
    return made;
  });
  return { result, ...recorded };
}

/** What functions of providers answer, by token. */
const calls: Record<string, object> = {
  "gcp:organizations/getProject:getProject": { number: "123456789012" },
};

function mocks(
  answers: Answers,
  preview: boolean,
  cloud: MockCloud | undefined,
): pulumi.runtime.Mocks {
  return {
    call: (args) => cloud?.call(args) ?? calls[args.token] ?? {},
    newResource: (resource) => {
      const made = cloud?.make(resource);
      if (made) return made;
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

/** The SDK takes a whole stack trace for each resource; mapped to TypeScript, they are most of a run's time. */
async function withoutTraces<T>(work: () => Promise<T>): Promise<T> {
  const { stackTraceLimit, prepareStackTrace } = Error;
  Error.stackTraceLimit = 0;
  Error.prepareStackTrace = (error) => String(error);
  try {
    return await work();
  } finally {
    Object.assign(Error, { stackTraceLimit, prepareStackTrace });
  }
}

/** What an output comes to, `UNKNOWN` where a preview cannot know it; anything else is itself. */
export async function valueOf<T>(value: T | pulumi.Output<T>): Promise<T | typeof UNKNOWN> {
  // Not `Output.isInstance`: a program that is loaded afresh has outputs of its own SDK.
  if (typeof value !== "object" || value === null || !("promise" in value)) return value as T;
  const output = value as unknown as { isKnown: Promise<boolean>; promise(): Promise<T> };
  return (await output.isKnown) ? output.promise() : UNKNOWN;
}
