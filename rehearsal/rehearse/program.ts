import * as fs from "node:fs";
import * as path from "node:path";

import * as yaml from "js-yaml";

import type { Places } from "./places";

export const PROJECT = "inference-gateway";

/** What a directory with the program holds beside the stack files. */
const NOT_LINKED = /^(\.git|\.rehearsal|Pulumi\.[^.]+\.yaml)$/;

/**
 * Lays out the program for the engine. Everything is a link into the checkout, so that an edit there is what the next
 * command runs; only the stack files are copies, because a stack's salt and secrets are written into them.
 */
export function layProgram(places: Places): void {
  fs.mkdirSync(places.program, { recursive: true });
  for (const entry of fs.readdirSync(places.checkout)) {
    if (NOT_LINKED.test(entry)) continue;
    const link = path.join(places.program, entry);
    fs.rmSync(link, { force: true });
    fs.symlinkSync(path.join(places.checkout, entry), link);
  }
}

/** Copies a stack file of the checkout, keeping the salt and the secrets that the engine has put into the last copy. */
export function layStackFile(places: Places, stack: string): void {
  const file = `Pulumi.${stack}.yaml`;
  const target = path.join(places.program, file);
  const source = readStackFile(path.join(places.checkout, file));
  const last = fs.existsSync(target) ? readStackFile(target) : {};
  const secrets = Object.entries(last.config ?? {}).filter(([, value]) => isSecure(value));
  const merged = {
    ...source,
    ...pick(last, "encryptionsalt"),
    config: { ...source.config, ...Object.fromEntries(secrets) },
  };
  fs.writeFileSync(target, yaml.dump(merged));
}

export interface StackFile {
  encryptionsalt?: string;
  config?: Record<string, unknown>;
}

export function readStackFile(file: string): StackFile {
  return (yaml.load(fs.readFileSync(file, "utf8")) ?? {}) as StackFile;
}

function isSecure(value: unknown): boolean {
  return typeof value === "object" && value !== null && "secure" in value;
}

function pick(file: StackFile, key: "encryptionsalt"): StackFile {
  return file[key] === undefined ? {} : { [key]: file[key] };
}
