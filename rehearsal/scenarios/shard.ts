/**
 * One share of a long list, as one stretch: `2/5` is the second fifth. All shares together are the list.
 * @param shard what SHARD says; none is the whole list
 * @throws where it is no share
 */
export function shardOf<T>(all: readonly T[], shard = process.env.SHARD): T[] {
  if (shard === undefined || shard === "") return [...all];
  const [, index, count] = /^(\d+)\/(\d+)$/.exec(shard)?.map(Number) ?? [];
  if (index === undefined || count === undefined || index < 1 || index > count) {
    throw new Error(`SHARD=${shard}: a share is such as 2/5, the second of five`);
  }
  const at = (share: number) => Math.floor((share * all.length) / count);
  return all.slice(at(index - 1), at(index));
}
