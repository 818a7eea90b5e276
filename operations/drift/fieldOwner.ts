import { stepsOf } from "./propertyPath";

/** An entry of an object's `metadata.managedFields`. */
interface ManagedFields {
  manager?: unknown;
  subresource?: unknown;
  fieldsV1?: unknown;
}

/**
 * The field manager other than the program's provider that owns a field. Source of the notation `f:spec`:
 * https://kubernetes.io/docs/reference/using-api/server-side-apply/
 * @param outputs of a Kubernetes object, as a refresh reads them
 */
export function ownerOf(
  outputs: Record<string, unknown> | null | undefined,
  path: string,
): string | undefined {
  const { managedFields } = (outputs?.metadata ?? {}) as { managedFields?: unknown };
  if (!Array.isArray(managedFields)) return undefined;
  const owner = (managedFields as ManagedFields[]).find(
    ({ manager, subresource, fieldsV1 }) =>
      subresource !== "status" && !isProvider(manager) && owns(fieldsV1, stepsOf(path)),
  );
  return typeof owner?.manager === "string" ? owner.manager : undefined;
}

function isProvider(manager: unknown): boolean {
  return typeof manager !== "string" || manager.startsWith("pulumi-kubernetes");
}

/** Fields without subfields, and lists whose items have keys, are owned as a whole. */
function owns(fields: unknown, [step, ...below]: (string | number)[]): boolean {
  if (step === undefined || typeof step === "number") return true;
  if (typeof fields !== "object" || fields === null) return false;
  const next = (fields as Record<string, unknown>)[`f:${step}`];
  if (next === undefined) return false;
  return Object.keys(next ?? {}).length === 0 || owns(next, below);
}
