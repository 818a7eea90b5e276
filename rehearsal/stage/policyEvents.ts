import * as fs from "node:fs";
import * as path from "node:path";

import { policyPackCommand } from "./commands";
import { EngineError } from "./engine";
import { HUGGING_FACE_TOKEN } from "./program";
import type { Environment } from "./environment";

/** What the engine wrote and printed of a run that policies judged. */
export interface Judged {
  /** Events, one JSON object a line. */
  events: string;
  /** What `preview --diff` printed; an exported state has no diff. */
  diff: string;
}

/**
 * Lets the policy pack judge an exported state, or the preview of the stack on an empty cloud.
 * A run that policies forbid ends with an error; its events are returned all the same.
 */
export async function judge(
  environment: Environment,
  stateFile: string | undefined,
): Promise<Judged> {
  const { engine, directories } = environment;
  const pack = policyPackCommand(directories);
  if (stateFile !== undefined && stateFile !== "") {
    const file = path.resolve(directories.checkout, stateFile);
    return { events: await engine.analyze(file, pack).catch(unlessEngine), diff: "" };
  }
  await engine.init(HUGGING_FACE_TOKEN);
  const log = path.join(directories.state, "events.jsonl");
  fs.rmSync(log, { force: true });
  const diff = await engine
    .preview("--diff", "--policy-pack", pack, "--event-log", log)
    .catch(unlessEngine);
  return { events: fs.existsSync(log) ? fs.readFileSync(log, "utf8") : diff, diff };
}

function unlessEngine(error: unknown): string {
  if (error instanceof EngineError) return error.stdout;
  throw error;
}
