import * as fs from "node:fs";
import * as path from "node:path";

import { readRun, type Run } from "../../../policy-pack/summary/events";
import { type Break, setAt } from "./breaks/break";
import { poolExported } from "./breaks/pool-exported";
import { policyPackCommand } from "../../stage/commands";
import { type Deployment, EngineError } from "../../stage/engine";
import type { Stage } from "../../stage/stage";

const PACK = "inference-gateway";

/**
 * Judges a running stack as one is judged that has long been there, by its exported state alone; then the same state
 * spoiled in one place. @throws Error where a policy objects to the first, or not to the second
 */
export async function judgeState(stage: Stage): Promise<string> {
  const deployment = await stage.engine.export();
  const good = await judged(stage, deployment);
  if (good.said.length > 0 || !good.packs.includes(PACK)) throw wrong("a good state", good);
  const spoiled = await judged(stage, spoil(deployment, poolExported));
  const said = spoiled.said.map(({ policy }) => policy);
  if (said.join() !== poolExported.policy) throw wrong("a spoiled state", spoiled);
  return `passed; spoiled, ${said.join()} says so`;
}

async function judged({ engine, places }: Stage, deployment: Deployment): Promise<Run> {
  const file = path.join(places.state, "exported.json");
  fs.writeFileSync(file, JSON.stringify(deployment), { mode: 0o600 });
  const events = await engine.analyze(file, policyPackCommand(places)).catch((error: unknown) => {
    if (error instanceof EngineError) return error.stdout;
    throw error;
  });
  fs.rmSync(file);
  return readRun(events);
}

/** A copy in which one resource's inputs are broken. */
function spoil(deployment: Deployment, { at, change }: Break): Deployment {
  const spoiled = structuredClone(deployment);
  const found = spoiled.deployment.resources?.find(({ type, urn }) => {
    return type === at.type && urn.endsWith(`::${at.name}`);
  });
  if (!found?.inputs || !("unset" in change)) {
    throw new Error(`no ${at.name} in the state to spoil`);
  }
  setAt(found.inputs, change.unset, undefined);
  return spoiled;
}

function wrong(what: string, run: Run): Error {
  return new Error(`of ${what} the policies say ${JSON.stringify(run.said, null, 2)}`);
}
