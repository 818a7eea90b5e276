import * as pulumi from "@pulumi/pulumi";

/** Inputs of a resource as a mutation sees them. */
export type Props = Record<string, unknown>;

/** What a mutation may change of one resource. Both are copies of its own. */
export interface Alterable {
  props: Props;
  opts: pulumi.CustomResourceOptions & { dependsOn?: pulumi.Resource[] };
}

/**
 * Changes one resource of the program from outside, by its `type::name`: for drills, which take away one field or
 * edge and expect the emulated cloud to notice. The program itself is not touched.
 */
export function alter(
  id: string,
  change: (altered: Alterable, resource: pulumi.Resource) => void,
): void {
  pulumi.runtime.registerStackTransformation(({ type, name, props, opts, resource }) => {
    if (`${type}::${name}` !== id) return undefined;
    const copy = { props: clone(props) as Props, opts: { ...opts } as Alterable["opts"] };
    change(copy, resource);
    return copy;
  });
}

/** Copies plain objects and arrays; an output or a resource stays what it is. */
function clone(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(clone);
  const plain =
    typeof value === "object" &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype;
  return plain
    ? Object.fromEntries(Object.entries(value as object).map(([key, v]) => [key, clone(v)]))
    : value;
}

/** The value at a path of a resource's inputs, for a change in place. */
export function at<T = Props>(props: Props, ...path: (string | number)[]): T {
  return path.reduce<unknown>(
    (value, step) => (value as Record<string | number, unknown>)[step],
    props,
  ) as T;
}
