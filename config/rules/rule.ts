import type { Problem } from "../problem";
import type { Settings } from "../schema";

/** The part of a stack's configuration that could be read: the keys that are valid in themselves. */
export interface Readable extends Settings {
  /** Names of all clusters, including those that are not valid in themselves. */
  clusterNames: string[];
  /** Clusters that are valid in themselves, even if another is not: for rules about one cluster. */
  validClusters: Settings["clusters"];
}

/** A rule that joins several keys. It is skipped if one of them could not be read. */
export type Rule = (readable: Partial<Readable>) => Problem[];

export function rule<Key extends keyof Readable>(
  keys: readonly Key[],
  check: (known: Pick<Readable, Key>) => Problem[],
): Rule {
  return (readable) =>
    keys.every((key) => key in readable) ? check(readable as Pick<Readable, Key>) : [];
}

/** Clusters that serve the model. */
export function serving(clusters: Settings["clusters"]) {
  return Object.entries(clusters).filter(([, { gpus }]) => gpus);
}
