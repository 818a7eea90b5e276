import { KubeError } from "../../kube/errors";
import { ObjectRef } from "../../kube/objects";
import { PropertyMap } from "../plugin";
import { ReachableCluster } from "./cluster";
import { metadataOf } from "./metadata";

/**
 * Stricter than the real provider on purpose: a field that the server does not know is an error, and is not
 * dropped without a word.
 */
const STRICT = { fieldValidation: "Strict" };

export interface WriteOptions {
  fieldManager: string;
  /** Validate and default, but store nothing. */
  dryRun: boolean;
}

/** Query of a POST or PUT. */
export function writeQuery({ fieldManager, dryRun }: WriteOptions) {
  return { ...STRICT, fieldManager, dryRun: dryRun ? "All" : undefined };
}

/** Query of a server-side apply. `force` takes fields from other managers. */
export function applyQuery(options: WriteOptions & { force: boolean }) {
  return { ...writeQuery(options), force: options.force };
}

/** The object that inputs or a live object stand for. Kinds in a namespace that name none are in `default`. */
export async function refOf(object: PropertyMap, { client }: ReachableCluster): Promise<ObjectRef> {
  const [apiVersion, kind] = [String(object.apiVersion), String(object.kind)];
  const { name, namespace = "default" } = metadataOf(object);
  const resource = await client.resourceFor(apiVersion, kind);
  if (!resource) throw KubeError.noMatch(apiVersion, kind);
  return {
    apiVersion,
    kind,
    name: String(name),
    namespace: resource.namespaced ? String(namespace) : undefined,
  };
}

export function isNotFound(error: unknown): error is KubeError {
  return error instanceof KubeError && error.code === 404;
}

/** The server knows no such kind. */
export function isNoMatch(error: unknown): boolean {
  return isNotFound(error) && error.reason === "NoMatch";
}

export function isForbidden(error: unknown): boolean {
  return error instanceof KubeError && error.code === 403;
}

export function isAlreadyExists(error: unknown): boolean {
  return error instanceof KubeError && error.reason === "AlreadyExists";
}

export function isMissingNamespace(error: unknown): boolean {
  return isNotFound(error) && error.details.kind === "namespaces";
}
