import * as fs from "node:fs";
import * as path from "node:path";

import { type Deployment, Engine } from "../stage/engine";
import { placesFromEnv } from "../stage/places";
import { engineRuns } from "../stage/processes";
import { PROJECT } from "../stage/program";
import { recover } from "../stage/recover";

/** A stack as the engine's file backend keeps it, as far as it is read here. */
interface Checkpoint {
  checkpoint: { latest?: Deployment["deployment"] };
}

/** Before a `pulumi` command by hand: recovers every stack in which a killed command has left something under way. */
async function main(): Promise<void> {
  const places = placesFromEnv();
  const binary = process.env.REHEARSAL_PULUMI;
  if (!binary || engineRuns(places.engine)) return; // What is under way belongs to the command that runs.
  const backend = path.join(places.engine, "stacks", ".pulumi");
  for (const stack of stacksOf(backend)) {
    if (!isLocked(backend, stack) && !hasPending(backend, stack)) continue;
    const found = await recover(new Engine({ places, stack, binary, env: {} }));
    console.error(`stack ${stack} was left by a killed command: ${found}`);
  }
}

function stacksOf(backend: string): string[] {
  const files = entriesOf(path.join(backend, "stacks", PROJECT));
  return files.filter((name) => name.endsWith(".json")).map((name) => path.basename(name, ".json"));
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

void main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
