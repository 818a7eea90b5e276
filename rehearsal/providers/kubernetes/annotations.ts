import { isMap, PropertyMap } from "../plugin";
import { metadataOf } from "./metadata";

/** Annotations by which a program tells the provider how to treat an object. They are stored in the cluster, too. */
export const AUTONAMED = "pulumi.com/autonamed";
export const DELETION_PROPAGATION_POLICY = "pulumi.com/deletionPropagationPolicy";
export const PATCH_FIELD_MANAGER = "pulumi.com/patchFieldManager";
export const PATCH_FORCE = "pulumi.com/patchForce";
export const SKIP_AWAIT = "pulumi.com/skipAwait";
export const TIMEOUT_SECONDS = "pulumi.com/timeoutSeconds";
export const WAIT_FOR = "pulumi.com/waitFor";

/** An annotation of a revealed object, if it is a known string. */
export function annotation(object: PropertyMap, name: string): string | undefined {
  const { annotations } = metadataOf(object);
  const value = isMap(annotations) ? annotations[name] : undefined;
  return typeof value === "string" ? value : undefined;
}

export function isTrue(object: PropertyMap, name: string): boolean {
  return annotation(object, name) === "true";
}
