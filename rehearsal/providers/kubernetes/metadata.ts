import { KubeObject } from "../../kube/objects";
import { isMap, PropertyMap, Value } from "../plugin";

/** The resource's id: `namespace/name`, or `name` where it lives in no namespace. */
export function idOf({ metadata: { namespace, name } }: KubeObject): string {
  return namespace ? `${namespace}/${name}` : name;
}

export function parseId(id: string): { namespace?: string; name: string } {
  const slash = id.indexOf("/");
  if (slash === -1) return { name: id };
  return { namespace: id.slice(0, slash), name: id.slice(slash + 1) };
}

export function metadataOf(object: PropertyMap): PropertyMap {
  return isMap(object.metadata) ? object.metadata : {};
}

/** The same object with some of its metadata replaced; `undefined` takes a key away. */
export function withMetadata(
  object: PropertyMap,
  changes: Record<string, Value | undefined>,
): PropertyMap {
  const metadata = Object.entries({ ...metadataOf(object), ...changes }).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, value] as const],
  );
  return { ...object, metadata: Object.fromEntries(metadata) };
}

/** A string field of the object itself, such as its kind; undefined while it is not known. */
export function stringOf(value: Value | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}
