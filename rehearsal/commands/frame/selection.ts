/** An error lists the names where there are no more than these. */
const LISTED = 10;

/**
 * The entries that `ONLY=<part of a name>` and `SHARD=<share>` select.
 * @param kind what one of them is called
 * @throws if no name has that part, or the share is invalid
 */
export function selectionOf<T extends { name: string }>(
  kind: string,
  all: readonly T[],
  { ONLY = "", SHARD = "" }: NodeJS.ProcessEnv = process.env,
): T[] {
  const chosen = all.filter(({ name }) => name.toLowerCase().includes(ONLY.toLowerCase()));
  if (chosen.length > 0) return shardOf(chosen, SHARD);
  const names = all.length > LISTED ? "" : `; there are ${all.map(({ name }) => name).join(", ")}`;
  throw new Error(`ONLY: no ${kind} has "${ONLY}" in its name${names}`);
}

/**
 * One contiguous share of a long list: `2/5` is the second fifth. All shares together are the list.
 * @param shard empty is the whole list
 * @throws if the share is invalid
 */
export function shardOf<T>(all: readonly T[], shard: string): T[] {
  if (shard === "") return [...all];
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(shard)?.map(Number) ?? [];
  if (index === undefined || count === undefined || index < 1 || index > count) {
    throw new Error(`SHARD=${shard}: allowed: a share such as 2/5, the second of five`);
  }
  const at = (share: number) => Math.floor((share * all.length) / count);
  return all.slice(at(index - 1), at(index));
}
