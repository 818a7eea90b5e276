import { randomBytes } from "node:crypto";

import { KubeObject, ManagedFields } from "../../kube/objects";
import { PropertyMap } from "../plugin";
import { annotation, PATCH_FIELD_MANAGER } from "./annotations";

/** Who owns the fields of a plain create, until the first update hands them over to the resource's own manager. */
export const CREATE_MANAGER = "pulumi-kubernetes";

/** Managers whose fields an update takes over: earlier creates, and people with kubectl. */
const TAKEN_OVER = [
  { prefix: "kubectl", operation: "Apply" },
  { prefix: "kubectl", operation: "Update" },
  { prefix: "before-first-apply", operation: "Update" },
  { prefix: CREATE_MANAGER, operation: "Update" },
  { prefix: "pulumi-resource-kubernetes", operation: "Update" },
];

/** The manager of one resource: what the program says, else what the state has, else a new one. */
export function fieldManagerOf(inputs: PropertyMap, stored?: string): string {
  const own = `pulumi-kubernetes-${randomBytes(4).toString("hex")}`;
  return annotation(inputs, PATCH_FIELD_MANAGER) || stored || own;
}

/**
 * The managed fields of an object after `manager` has taken over those of creates and kubectl.
 * @returns undefined where there is nothing to take over
 */
export function takenOver(object: KubeObject, manager: string): ManagedFields[] | undefined {
  const entries = object.metadata.managedFields ?? [];
  const taken = entries.filter(isTakenOver);
  if (taken.length === 0) return undefined;
  const own = entries.find((entry) => isOwn(entry, manager));
  const merged = [...(own ? [own] : []), ...taken].map((entry) => fieldsOf(entry)).reduce(union);
  const kept = entries.filter((entry) => !isTakenOver(entry) && entry !== own);
  const { apiVersion, fieldsType, time } = own ?? taken[0] ?? {};
  return [...kept, { manager, operation: "Apply", apiVersion, fieldsType, time, fieldsV1: merged }];
}

/** Whether Pulumi's own create still owns fields. */
export function ownedByCreate({ metadata }: KubeObject): boolean {
  return (metadata.managedFields ?? []).some(
    ({ manager, operation }) => manager === CREATE_MANAGER && operation === "Update",
  );
}

/**
 * Who owns a field: `manager`, others, or both. Keys are taken as those of maps.
 * @param path such as `["spec", "replicas"]`
 */
export function ownersOf(
  object: KubeObject,
  path: string[],
  manager: string,
): { own: boolean; others: boolean } {
  const owners = (object.metadata.managedFields ?? []).filter((entry) =>
    hasField(fieldsOf(entry), path),
  );
  return {
    own: owners.some((entry) => entry.manager === manager),
    others: owners.some((entry) => entry.manager !== manager),
  };
}

/** `f:<key>` to what is below it, as the server writes sets of fields. */
type Fields = { [key: string]: Fields };

function isTakenOver({ manager = "", operation, subresource }: ManagedFields): boolean {
  return (
    !subresource &&
    TAKEN_OVER.some((t) => manager.startsWith(t.prefix) && operation === t.operation)
  );
}

function isOwn(entry: ManagedFields, manager: string): boolean {
  return entry.manager === manager && entry.operation === "Apply" && !entry.subresource;
}

function fieldsOf({ fieldsV1 }: ManagedFields): Fields {
  return (fieldsV1 ?? {}) as Fields;
}

function union(a: Fields, b: Fields): Fields {
  const merged = { ...a };
  for (const [key, below] of Object.entries(b)) merged[key] = union(merged[key] ?? {}, below);
  return merged;
}

function hasField(fields: Fields, path: string[]): boolean {
  const [first, ...rest] = path;
  if (first === undefined) return true;
  const below = fields[`f:${first}`];
  return below !== undefined && hasField(below, rest);
}
