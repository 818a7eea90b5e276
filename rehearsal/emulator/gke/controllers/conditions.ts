import { Condition } from "../../kube/objects";

/** A condition as a controller decides it; when it changed is found out by comparing. */
export type Wanted = Pick<Condition, "type" | "status" | "reason" | "message">;

export function yes(type: string, reason = type, message = ""): Wanted {
  return { type, status: "True", reason, message };
}

export function no(type: string, reason: string, message: string): Wanted {
  return { type, status: "False", reason, message };
}

/**
 * `existing` with `wanted` laid over it; a condition keeps its time while its status is the same.
 */
export function withConditions(
  existing: Condition[] | undefined,
  wanted: Wanted[],
  generation: number | undefined,
  now: string = timestamp(),
): Condition[] {
  return wanted.map((condition) => {
    const before = existing?.find((c) => c.type === condition.type);
    const same = before?.status === condition.status && before.lastTransitionTime !== undefined;
    return {
      ...condition,
      observedGeneration: generation,
      lastTransitionTime: same ? before.lastTransitionTime : now,
    };
  });
}

export function isTrue(conditions: { type: string; status: string }[] | undefined, type: string) {
  return conditions?.some((c) => c.type === type && c.status === "True") ?? false;
}

/** Kubernetes' time stamps have no fractions of a second. */
export function timestamp(date = new Date()): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}

/** Whether two JSON values are equal, whatever the order of their keys. */
export function equal(left: unknown, right: unknown): boolean {
  return canonical(left) === canonical(right);
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => {
    if (inner === null || typeof inner !== "object" || Array.isArray(inner)) return inner;
    return Object.fromEntries(
      Object.entries(inner)
        .filter(([, v]) => v !== undefined)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    );
  });
}
