import * as fs from "node:fs";
import * as path from "node:path";

import * as yaml from "js-yaml";

import type { Directories } from "./directories";

export const PROJECT = "inference-gateway";
/** Never leaves this machine: the emulated model servers do not load anything with it. */
export const HUGGING_FACE_TOKEN = "hf_rehearsal";

/** What a directory with the program holds beside the stack files. */
const NOT_LINKED = /^(\.git|\.rehearsal|Pulumi\.[^.]+\.yaml)$/;

/**
 * Lays out the program for the engine. Everything is a link into the checkout, so that an edit there is what the next
 * command runs; only the stack files are copies, because a stack's salt and secrets are written into them.
 */
export function writeProgram(directories: Directories): void {
  fs.mkdirSync(directories.program, { recursive: true });
  for (const entry of fs.readdirSync(directories.checkout)) {
    if (NOT_LINKED.test(entry)) continue;
    const link = path.join(directories.program, entry);
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.join(directories.checkout, entry), link);
  }
}

/** A module of the checkout that the engine runs first; the program, unchanged, comes after it. */
export interface Prelude {
  /** Its path in the checkout, without extension. */
  module: string;
  /** Environment variables that it reads. */
  env: Readonly<Record<string, string>>;
}

/** @param program a directory with the program */
export function runFirst(program: string, { module }: Prelude): void {
  const project = path.join(program, "Pulumi.yaml");
  const settings = yaml.load(fs.readFileSync(project, "utf8")) as object;
  fs.rmSync(project); // a link into the checkout
  fs.writeFileSync(project, yaml.dump({ ...settings, main: "first.ts" }));
  const lines = [`import "./${module}";`, 'export * from "./index";', ""];
  fs.writeFileSync(path.join(program, "first.ts"), lines.join("\n"));
}

/** Copies a stack file of the checkout, keeping the salt and the secrets that the engine has put into the last copy. */
export function writeStackFile(directories: Directories, stack: string): void {
  const file = `Pulumi.${stack}.yaml`;
  const target = path.join(directories.program, file);
  const source = readStackFile(path.join(directories.checkout, file));
  const last = fs.existsSync(target) ? readStackFile(target) : {};
  const secrets = Object.entries(last.config ?? {}).filter(([, value]) => isSecure(value));
  const merged = {
    ...source,
    ...pick(last, "encryptionsalt"),
    config: { ...source.config, ...Object.fromEntries(secrets) },
  };
  fs.writeFileSync(target, yaml.dump(merged));
}

/**
 * Lays settings over the copy of a stack file as a JSON merge patch (RFC 7386): objects are merged, null removes.
 * @param settings keys of the program without its namespace
 */
export function overlayStackFile(
  directories: Directories,
  stack: string,
  settings: Record<string, unknown>,
): void {
  const target = path.join(directories.program, `Pulumi.${stack}.yaml`);
  const file = readStackFile(target);
  const named = Object.entries(settings).map(([key, value]) => [`${PROJECT}:${key}`, value]);
  const config = mergePatch(file.config, Object.fromEntries(named));
  fs.writeFileSync(target, yaml.dump({ ...file, config }));
}

/** A JSON merge patch (RFC 7386), laid over a value that stays as it is. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const before = isObject(target) ? target : {};
  const changed = Object.entries(patch)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => [key, mergePatch(before[key], value)]);
  const kept = Object.entries(before).filter(([key]) => !(key in patch));
  return Object.fromEntries([...kept, ...changed]);
}

export interface StackFile {
  encryptionsalt?: string;
  config?: Record<string, unknown>;
}

export function readStackFile(file: string): StackFile {
  // `load` refuses a file without a document, such as an empty one, which the engine takes.
  const [document] = yaml.loadAll(fs.readFileSync(file, "utf8"));
  return (document ?? {}) as StackFile;
}

function isSecure(value: unknown): boolean {
  return isObject(value) && "secure" in value;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function pick(file: StackFile, key: "encryptionsalt"): StackFile {
  return file[key] === undefined ? {} : { [key]: file[key] };
}
