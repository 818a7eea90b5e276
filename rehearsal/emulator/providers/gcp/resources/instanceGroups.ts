import type { Json } from "../engine/json";
import type { Context } from "../engine/resource";
import { COMPUTE } from "./computeApi";

/** A group of machines, as far as a pool tells of it. */
export interface Group extends Json {
  selfLink: string;
  instanceGroup: string;
  targetSize?: number;
}

/** The groups of machines that a pool's links lead to: the size of a pool is read from them. */
export async function groupsOf({ cloud, deadline }: Context, pool: Json): Promise<Group[]> {
  const found: Group[] = [];
  for (const link of (pool.instanceGroupUrls ?? []) as string[]) {
    const [, zone = "", name = ""] =
      /\/(projects\/.+)\/instanceGroupManagers\/(.+)$/.exec(link) ?? [];
    const query = new URLSearchParams();
    for (;;) {
      const list = `${COMPUTE.base}/${zone}/instanceGroupManagers?${query.toString()}`;
      const { items = [], nextPageToken } = await cloud.call("GET", list, undefined, deadline);
      const group = (items as Group[]).find(({ selfLink }) => selfLink.endsWith(`/${name}`));
      if (group) found.push(group);
      if (group || typeof nextPageToken !== "string") break;
      query.set("pageToken", nextPageToken);
    }
  }
  return found;
}
