import { Assembly } from "./assembly";
import { BINARIES, Program } from "./binaries";
import { probe } from "./download";
import { messageOf, ToolchainError } from "./errors";
import { releaseItem } from "./items";
import { Release } from "./releases";
import { describeRange } from "./versions";

export type Way = "path" | "download" | "build";

const WAYS: Record<string, readonly Way[]> = {
  auto: ["path", "download", "build"],
  path: ["path"],
  download: ["download"],
  build: ["build"],
};

/** The ways that TOOLCHAIN allows, in the order of trying. */
export function waysOf(wish: string | undefined): readonly Way[] {
  const ways = WAYS[wish || "auto"];
  if (ways !== undefined) return ways;
  throw new ToolchainError(
    `TOOLCHAIN: got "${wish}", allowed are ${Object.keys(WAYS).join(", ")}; auto where unset`,
  );
}

/**
 * Downloads the releases that give what is missing, as far as their hosts answer.
 * @param otherwise what is done where they do not, as the end of a sentence
 */
export async function downloadMissing(
  assembly: Assembly,
  releases: readonly Release[],
  { signal, otherwise }: { signal?: AbortSignal; otherwise: string },
): Promise<void> {
  const wanted = releases.filter((release) => assembly.lacks(releaseItem(release)));
  const refusals = await Promise.all(wanted.map((release) => probe(release, signal)));
  const refused = [...new Set(refusals.filter((refusal) => refusal !== undefined))];
  if (refused.length > 0) {
    assembly.refuse(`No official download from here (${refused.join(", ")}): ${otherwise}`);
  }
  const reachable = wanted.filter((_, index) => refusals[index] === undefined);
  await Promise.all(
    reachable.map(async (release) => {
      try {
        await assembly.make(releaseItem(release));
      } catch (error) {
        if (!signal?.aborted) assembly.refuse(`${messageOf(error)}: ${otherwise}`);
      }
    }),
  );
  // Not before all have ended: only the holder of the lock may write into the cache.
  signal?.throwIfAborted();
}

/**
 * Why a program is not to be had, as a sentence without its full stop.
 * @param failure why the way that is its own did not help either
 */
export function absenceReason(
  { name, accepts }: Program,
  ways: readonly Way[],
  failure: string,
): string {
  if (!ways.includes("path") || accepts === undefined) return failure;
  return `no ${name} ${describeRange(accepts)} is on PATH, and ${failure}`;
}

/** @throws ToolchainError that lists what is still missing, and how else to get it */
export function refuseIncomplete({ parts, refusals }: Assembly, ways: readonly Way[]): void {
  const missing = BINARIES.filter(({ name }) => !parts.has(name));
  if (missing.length === 0) return;
  const wanted = missing.map(({ name, version, accepts, isPlugin }) =>
    isPlugin
      ? `${name} (no release is downloaded; "pulumi plugin install resource kubernetes" gets it)`
      : ways.includes("path")
        ? `${name}${accepts ? ` ${describeRange(accepts)}` : ""}`
        : `${name} ${version}`,
  );
  throw new ToolchainError(
    [
      `TOOLCHAIN=${ways.join()} gives no ${wanted.join("; no ")}. ` +
        "Leave TOOLCHAIN out to try PATH, official downloads and a Go build.",
      ...refusals,
    ].join("\n  "),
  );
}
