import * as fs from "node:fs/promises";
import * as path from "node:path";

import { Binary } from "./binaries";
import { cacheKey } from "./cache";
import { BuildMeter, isDownload } from "./buildMeter";
import { ToolchainError } from "./errors";
import { Go, runGo } from "./goCommand";
import { GoModule, writeModule } from "./goModule";
import { checkGreeting } from "./greeting";

/**
 * Fastest of those measured (etcd on 2 cores, cold cache): 24 s; with -N as well 24 s, but a third
 * larger and slower to run; with inlining 30 s; by default, with debug information as well, 40 s.
 */
const COMPILER_FLAGS = "all=-l -dwarf=false";

export interface BuildContext {
  go: Go;
  module: GoModule;
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  /** Told once a second, as `812/1530 packages, 1:12`. */
  onProgress: (state: string) => void;
  /** Called when all packages are compiled: the linker works on one core. */
  onLinking: () => void;
}

/** Hash of everything that decides what a build gives, but for the compiler. */
export function madeFrom(binary: Binary, module: GoModule): string {
  return cacheKey({
    ...module,
    flags: buildFlags(binary).join(" "),
    package: binary.package,
    platform: `${process.platform}/${process.arch}`,
  });
}

export function buildFlags({ tags, variables = {} }: Binary): string[] {
  const sets = Object.entries(variables).map(([variable, value]) => `-X ${variable}=${value}`);
  return [
    ...(tags === undefined ? [] : [`-tags=${tags}`]),
    `-gcflags=${COMPILER_FLAGS}`,
    `-ldflags=${["-s", "-w", ...sets].join(" ")}`,
  ];
}

/**
 * Builds a binary into `directory` and sees that it runs.
 * @param scratch a directory to create and to work in
 * @throws ToolchainError with the last lines of what Go says
 */
export async function buildBinary(
  binary: Binary,
  directory: string,
  scratch: string,
  context: BuildContext,
): Promise<void> {
  const { go, signal } = context;
  const env = {
    ...context.env,
    // Where Go, once killed, leaves its objects: in a directory that is removed with the rest.
    GOTMPDIR: scratch,
    // The compiler's own garbage: collecting it later takes a fifth off the largest packages.
    GOGC: "800",
  };
  await writeModule(context.module, scratch);
  const meter = new BuildMeter(context.onProgress, context.onLinking);
  try {
    await copyEmbeds(binary, scratch, { ...context, env }, meter);
    const packages = await packagesToCompile(binary, scratch, { ...context, env }, meter);
    meter.expect(packages);
    const file = path.join(directory, binary.name);
    const build = ["build", "-v", ...buildFlags(binary), "-o", file, binary.package];
    const onErrorLine = (line: string) => meter.read(line);
    const result = await runGo(go, build, { cwd: scratch, env, signal, onErrorLine });
    if (result.code !== 0) throw goFailed(binary.name, "go build", result.stderr, packages);
    await checkGreeting(file, binary, context);
  } finally {
    meter.stop();
  }
}

/** Copies what the main package embeds out of its module. */
async function copyEmbeds(
  { name, embeds }: Binary,
  cwd: string,
  { go, env, signal }: BuildContext,
  meter: BuildMeter,
): Promise<void> {
  if (!embeds) return;
  const { modulePath, files } = embeds;
  const onErrorLine = (line: string) => meter.read(line);
  const download = ["mod", "download", "-json", modulePath];
  const result = await runGo(go, download, { cwd, env, signal, onErrorLine });
  if (result.code !== 0) throw goFailed(name, "go mod download", result.stderr, new Set());
  const { Dir: directory } = JSON.parse(result.stdout) as { Dir: string };
  for (const file of files) {
    // Only its contents: the module cache is read-only.
    const content = await fs.readFile(path.join(directory, file));
    await fs.writeFile(path.join(cwd, path.basename(file)), content);
  }
}

/** The import paths that `go build -v` will name: those that are not in Go's build cache yet. */
async function packagesToCompile(
  binary: Binary,
  cwd: string,
  { go, env, signal }: BuildContext,
  meter: BuildMeter,
): Promise<Set<string>> {
  // A main package is stale even with its object in the cache, since it is not installed.
  const cached = "not installed but available in build cache";
  const format = `{{if and .Stale (ne .StaleReason "${cached}")}}{{.ImportPath}}{{end}}`;
  const list = ["list", "-deps", ...buildFlags(binary), "-f", format, binary.package];
  const onErrorLine = (line: string) => meter.read(line);
  const result = await runGo(go, list, { cwd, env, signal, onErrorLine });
  if (result.code !== 0) throw goFailed(binary.name, "go list", result.stderr, new Set());
  return new Set(result.stdout.split("\n").filter((line) => line !== ""));
}

function goFailed(name: string, step: string, stderr: string, packages: Set<string>): Error {
  const chatter = (line: string) => packages.has(line) || isDownload(line);
  const said = stderr
    .trim()
    .split("\n")
    .filter((line) => !chatter(line))
    .slice(-15);
  return new ToolchainError([`${name}: ${step} failed`, ...said].join("\n  "));
}
