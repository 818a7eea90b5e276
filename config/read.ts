import { type Problem, problemsOf } from "./problem";
import { rules } from "./rules";
import type { Readable } from "./rules/rule";
import { schema, type Settings } from "./schema";

/**
 * Checks the keys of a stack. Each is read on its own, so that a rule that joins several runs even if another key is
 * wrong: one error then lists every problem.
 */
export function read(keys: Record<string, unknown>): {
  settings?: Settings;
  problems: Problem[];
} {
  const parsed = schema.safeParse(keys, { reportInput: true });
  const problems = [
    ...(parsed.error?.issues.flatMap(problemsOf) ?? []),
    ...rules.flatMap((rule) => rule(readable(keys))),
  ];
  return { settings: problems.length === 0 ? parsed.data : undefined, problems };
}

function readable(keys: Record<string, unknown>): Partial<Readable> {
  const known = Object.entries(schema.shape).flatMap(([key, keySchema]) => {
    const parsed = keySchema.safeParse(keys[key]);
    return parsed.success ? [[key, parsed.data] as const] : [];
  });
  return { ...Object.fromEntries(known), ...readableClusters(keys.clusters) };
}

/** An invalid cluster still has its name. */
function readableClusters(clusters: unknown): Partial<Readable> {
  if (typeof clusters !== "object" || clusters === null || Array.isArray(clusters)) return {};
  const valid = Object.entries(clusters).flatMap(([name, cluster]) => {
    const parsed = schema.shape.clusters.safeParse({ [name]: cluster });
    return parsed.success ? Object.entries(parsed.data) : [];
  });
  return { clusterNames: Object.keys(clusters), validClusters: Object.fromEntries(valid) };
}
