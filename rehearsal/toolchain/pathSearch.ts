import * as fs from "node:fs/promises";
import * as path from "node:path";

import { BinaryName, Program } from "./binaries";
import { describeGreeting, greetedVersion } from "./greeting";
import { describeRange, fits } from "./versions";

export interface Installed {
  path: string;
  version: string;
}

export interface SearchResult {
  found: Map<BinaryName, Installed>;
  /** One sentence for each program of a wanted name that cannot be used, with the reason. */
  passedOver: string[];
}

/** Looks for programs on PATH; of each the first in a fitting version. */
export async function searchPath(
  programs: readonly Program[],
  context: { env: NodeJS.ProcessEnv; signal?: AbortSignal },
): Promise<SearchResult> {
  const result: SearchResult = { found: new Map(), passedOver: [] };
  for (const program of programs) await searchOne(program, context, result);
  return result;
}

async function searchOne(
  program: Program,
  context: { env: NodeJS.ProcessEnv; signal?: AbortSignal },
  { found, passedOver }: SearchResult,
): Promise<void> {
  const { name, accepts, companion } = program;
  if (accepts === undefined) return;
  for (const candidate of await executablesOnPath(name, context.env)) {
    const passOver = (why: string) => passedOver.push(`${candidate} is passed over: ${why}`);
    const version = await greetedVersion(candidate, program, context);
    if (version === undefined) {
      passOver(describeGreeting(program));
      continue;
    }
    if (!fits(version, accepts)) {
      passOver(`it is ${version}, needed is ${describeRange(accepts)}`);
      continue;
    }
    if (companion !== undefined) {
      const beside = await executableBeside(candidate, companion);
      if (beside === undefined) {
        passOver(`no ${companion} lies beside it`);
        continue;
      }
      found.set(companion, { path: beside, version });
    }
    found.set(name, { path: candidate, version });
    return;
  }
}

/** Absolute paths of the executable files of this name, in the order of PATH. */
export async function executablesOnPath(name: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  return those(candidatesOnPath(name, env), isExecutableFile);
}

/** The same, with files that cannot be executed. */
export async function filesOnPath(name: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  return those(candidatesOnPath(name, env), async (file) => {
    const stat = await fs.stat(file).catch(() => undefined);
    return stat !== undefined;
  });
}

function candidatesOnPath(name: string, env: NodeJS.ProcessEnv): string[] {
  const directories = (env.PATH ?? "").split(path.delimiter).filter((entry) => entry !== "");
  return [...new Set(directories.map((entry) => path.resolve(entry, name)))];
}

async function those(
  files: string[],
  holds: (file: string) => Promise<boolean>,
): Promise<string[]> {
  const held = await Promise.all(files.map(holds));
  return files.filter((_, index) => held[index]);
}

export async function isExecutableFile(file: string): Promise<boolean> {
  try {
    await fs.access(file, fs.constants.X_OK);
    return (await fs.stat(file)).isFile();
  } catch {
    return false;
  }
}

/** A neighbour of the path itself, or of the file that it links to. */
async function executableBeside(file: string, name: string): Promise<string | undefined> {
  for (const self of [file, await fs.realpath(file)]) {
    const beside = path.join(path.dirname(self), name);
    if (await isExecutableFile(beside)) return beside;
  }
  return undefined;
}
