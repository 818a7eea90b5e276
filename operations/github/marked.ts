import { z } from "zod";

import type { GitHub } from "./client";

const entry = z.object({
  number: z.number().optional(),
  id: z.number(),
  body: z.string().nullish(),
  user: z.object({ type: z.string().optional() }).nullish(),
  /** GitHub lists pull requests among the issues. */
  pull_request: z.unknown().optional(),
});

export type Entry = z.infer<typeof entry>;

/**
 * The comment or issue that begins with a marker. Only a bot's: anyone may write the marker, and would then be the author of what
 * we write over it.
 */
export async function findMarked(
  github: GitHub,
  path: string,
  what: string,
  marker: string,
): Promise<Entry | undefined> {
  const all = await github.list(path, what);
  return all
    .flatMap((each) => entry.safeParse(each).data ?? [])
    .find(
      ({ body, user, pull_request: pullRequest }) =>
        body?.startsWith(marker) && user?.type === "Bot" && pullRequest === undefined,
    );
}
