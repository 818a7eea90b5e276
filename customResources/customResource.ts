import { CustomResource } from "@pulumi/kubernetes/apiextensions";
import type * as pulumi from "@pulumi/pulumi";

/** A custom resource whose fields the compiler knows. */
export interface TypedObject {
  apiVersion: string;
  kind: string;
  metadata: object;
  spec: object;
}

/**
 * Registers a typed custom resource. The compiler refuses a field that its kind does not have; an API server would
 * drop it silently on the first `up` and fail every later preview.
 */
export function customResource<T extends TypedObject>(
  name: string,
  object: T,
  opts: pulumi.CustomResourceOptions,
): CustomResource {
  return new CustomResource(name, { ...object }, opts);
}
