import { type Problem, refused } from "../problem";
import { inEach } from "../readable";
import type { Model, Settings } from "../schema";

/**
 * A rule that joins several keys. It reads the configuration as if all of it were right: what depends on a value that
 * is wrong in itself is left out. So it goes through lists with `atEach`, through clusters with `inEach`.
 */
export type Rule = (settings: Settings) => Problem[];

type Clusters = Settings["clusters"];

/** What a check finds in each cluster that serves the model. */
export function inEachServing<T>(
  clusters: Clusters,
  check: (name: string, cluster: Clusters[string]) => T[],
): T[] {
  return inEach(clusters, (name, cluster) => (cluster.gpus ? check(name, cluster) : []));
}

/**
 * The entries of a list that an earlier one equals.
 * @param path of the list
 * @param given the entries' names; undefined where one could not be read
 * @param allowed words that follow "allowed: "
 * @param key of an entry that holds its name
 */
export function doubles(
  path: PropertyKey[],
  given: readonly (string | undefined)[],
  allowed: string,
  ...key: string[]
): Problem[] {
  return given.flatMap((name, i) => {
    if (name === undefined || given.indexOf(name) === i) return [];
    return [refused([...path, i, ...key], name, allowed)];
  });
}

/** A value of the model that a cluster serves, and the key that it comes from. */
export interface ModelValue<Key extends keyof Model> {
  path: PropertyKey[];
  value: Model[Key];
}

/** A value of the model that a cluster serves: its own, or else the stack's. */
export function modelValue<Key extends keyof Model>(
  name: string,
  { clusters, model }: Pick<Settings, "clusters" | "model">,
  key: Key,
): ModelValue<Key> {
  const own = clusters[name]?.model?.[key] as Model[Key] | undefined;
  if (own !== undefined) return { path: ["clusters", name, "model", key], value: own };
  return { path: ["model", key], value: model[key] };
}

/** The values that one key of the model has in the clusters that serve it, each with the key that it comes from. */
export function modelValues<Key extends keyof Model>(
  settings: Pick<Settings, "clusters" | "model">,
  key: Key,
): ModelValue<Key>[] {
  const values = inEachServing(settings.clusters, (name) => [modelValue(name, settings, key)]);
  return [...new Map(values.map((each) => [each.path.join("."), each])).values()];
}
