import * as fs from "node:fs";
import * as path from "node:path";

import type { Deployment } from "./engine";
import type { Directories } from "./directories";
import { PROJECT } from "./program";

/** A stack as the engine's file backend keeps it, as far as it is read here. */
interface Checkpoint {
  checkpoint: { latest?: Deployment["deployment"] };
}

/** Stacks that are locked, or in which something is under way. */
export function stacksLeftUnderWay(directories: Directories): string[] {
  const backend = path.join(directories.engine, "stacks", ".pulumi");
  return entriesOf(path.join(backend, "stacks", PROJECT))
    .filter((name) => name.endsWith(".json"))
    .map((name) => path.basename(name, ".json"))
    .filter((stack) => isLocked(backend, stack) || hasPending(backend, stack));
}

function isLocked(backend: string, stack: string): boolean {
  return entriesOf(path.join(backend, "locks", "organization", PROJECT, stack)).length > 0;
}

function hasPending(backend: string, stack: string): boolean {
  const text = fs.readFileSync(path.join(backend, "stacks", PROJECT, `${stack}.json`), "utf8");
  const { checkpoint } = JSON.parse(text) as Checkpoint;
  return (checkpoint.latest?.pending_operations ?? []).length > 0;
}

function entriesOf(directory: string): string[] {
  return fs.existsSync(directory) ? fs.readdirSync(directory) : [];
}
