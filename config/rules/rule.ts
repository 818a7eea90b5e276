import type { Problem } from "../problem";
import type { Settings } from "../schema";

/** What could be read of a stack's configuration: the keys that are right in themselves. */
export interface Readable extends Settings {
  /** Names of all clusters, also of those that are not right in themselves. */
  clusterNames: string[];
  /** Clusters that are right in themselves, though another may not be: for rules about one cluster. */
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
