import * as fs from "node:fs";
import { performance } from "node:perf_hooks";

import type { Policies } from "@pulumi/policy";

import { policies } from "../../../policy-pack/index";
import {
  answer,
  makeAnalyzeRpcFun,
  makeAnalyzeStackRpcFun,
  type Registered,
  WireStack,
} from "../../../policy-pack/test/support/analyzer";

/** A stack to judge. */
export interface JudgingJob {
  /** The resources of a good stack, repeated under other names until there are enough. */
  resources: Registered[];
  count: number;
  /** Only its Kubernetes objects are repeated, in the same clusters and namespace: one pool beside the other. */
  crowded: boolean;
}

export interface Judging {
  /** Time in the policies themselves. */
  ownSeconds: number;
  /** With the SDK's own work, which decodes every resource again for each policy. */
  allSeconds: number;
  /** Violations: a stack that is repeated has two of many things. */
  said: number;
}

/** Judges a stack as the engine has it judged, and prints a `Judging` as JSON. */
async function main(file: string): Promise<void> {
  const job = JSON.parse(fs.readFileSync(file, "utf8")) as JudgingJob;
  const registered = job.crowded ? crowded(job) : spread(job);
  const stack = new WireStack(registered);
  const requests = registered.map((resource) => stack.analyzeRequest(resource));
  const stackRequest = stack.analyzeStackRequest();
  const clock = { milliseconds: 0 };
  const timed = policies.map((policy) => timedBy(clock, policy));
  const analyze = makeAnalyzeRpcFun("pack", "0.0.0", "mandatory", timed);
  const analyzeStack = makeAnalyzeStackRpcFun("pack", "0.0.0", "mandatory", timed);

  const start = performance.now();
  let said = 0;
  for (const request of requests) {
    said += (await answer(analyze, request)).getDiagnosticsList().length;
  }
  said += (await answer(analyzeStack, stackRequest)).getDiagnosticsList().length;
  const judging: Judging = {
    ownSeconds: clock.milliseconds / 1000,
    allSeconds: (performance.now() - start) / 1000,
    said,
  };
  console.log(JSON.stringify(judging));
}

/** The stack over and over, each time as another stack's would be named. */
function spread({ resources, count }: JudgingJob): Registered[] {
  return Array.from({ length: count }, (_, i) => {
    const turn = Math.floor(i / resources.length);
    const rename = (id: string) => `${id}-${turn}`;
    const { propertyDependencies = {}, ...resource } = resources[
      i % resources.length
    ] as Registered;
    return {
      ...resource,
      name: rename(resource.name),
      ...(resource.provider !== undefined && { provider: rename(resource.provider) }),
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([key, ids]) => [key, ids.map(rename)]),
      ),
    };
  });
}

/** The stack once, and its Kubernetes objects over and over beside each other: releases of other pools. */
function crowded({ resources, count }: JudgingJob): Registered[] {
  const objects = resources.filter(({ type }) => type.startsWith("kubernetes:"));
  const pool = nameOf(objects.find(({ type }) => type.endsWith(":InferencePool")));
  const more = Array.from({ length: count - resources.length }, (_, i) => {
    const turn = Math.floor(i / objects.length);
    const object = objects[i % objects.length] as Registered;
    const text = JSON.stringify(object.inputs).replaceAll(pool, `${pool}-${turn}`);
    return { ...object, name: `${object.name}-${turn}`, inputs: JSON.parse(text) as object };
  });
  return [...resources, ...more];
}

function nameOf(object: Registered | undefined): string {
  const { metadata } = (object?.inputs ?? {}) as { metadata?: { name?: string } };
  if (metadata?.name === undefined) throw new Error("the stack has no InferencePool");
  return metadata.name;
}

/** The policy with a clock that runs while it judges. */
function timedBy(clock: { milliseconds: number }, policy: Policies[number]): Policies[number] {
  const timed = <A extends unknown[]>(judge: (...args: A) => unknown) => {
    return (...args: A): void => {
      const start = performance.now();
      try {
        judge(...args);
      } finally {
        clock.milliseconds += performance.now() - start;
      }
    };
  };
  if ("validateStack" in policy) return { ...policy, validateStack: timed(policy.validateStack) };
  const validations = [policy.validateResource ?? []].flat();
  return { ...policy, validateResource: validations.map((validate) => timed(validate)) };
}

void main(process.argv[2] ?? "").catch((error: unknown) => {
  console.error(error instanceof Error ? error.stack : error);
  process.exitCode = 1;
});
