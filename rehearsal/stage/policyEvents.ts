import * as fs from "node:fs";
import * as path from "node:path";

import { policyPackCommand } from "./commands";
import { EngineError } from "./engine";
import { HUGGING_FACE_TOKEN } from "./program";
import type { Environment } from "./environment";

/**
 * The engine's events while the policy pack judges an exported state, or the preview of the stack on an empty cloud.
 * A run that policies forbid ends with an error; its events are returned all the same.
 */
export async function eventsOf(
  environment: Environment,
  stateFile: string | undefined,
): Promise<string> {
  const { engine, directories } = environment;
  const pack = policyPackCommand(directories);
  if (stateFile !== undefined && stateFile !== "") {
    const file = path.resolve(directories.checkout, stateFile);
    return engine.analyze(file, pack).catch(unlessEngine);
  }
  await engine.init(HUGGING_FACE_TOKEN);
  const log = path.join(directories.state, "events.jsonl");
  fs.rmSync(log, { force: true });
  const ended = await engine.preview("--policy-pack", pack, "--event-log", log).catch(unlessEngine);
  return fs.existsSync(log) ? fs.readFileSync(log, "utf8") : ended;
}

function unlessEngine(error: unknown): string {
  if (error instanceof EngineError) return error.stdout;
  throw error;
}
