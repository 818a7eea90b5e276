import * as fs from "node:fs";
import * as path from "node:path";

import { readRun, type Run } from "../../../policy-pack/summary/events";
import { policyPackCommand } from "../../stage/commands";
import { type Deployment, EngineError } from "../../stage/engine";
import type { Environment } from "../../stage/environment";

import { alteredStack } from "./alter";
import type { Edit } from "./edit";
import { poolNotExported } from "./table/pools";

const PACK = "inference-gateway";

/**
 * Judges a running stack by its exported state alone, and then the same state with a pool that is not exported.
 * @throws Error if a policy objects to the first, or not to the second
 */
export async function judgeState(environment: Environment): Promise<string> {
  const deployment = await environment.engine.export();
  const good = await judged(environment, deployment);
  if (good.said.length > 0 || !good.packs.includes(PACK)) throw wrong("a good state", good);
  const { edits, policy: expected } = poolNotExported;
  const spoiled = await judged(environment, altered(deployment, edits));
  const said = spoiled.said.map(({ policy }) => policy);
  if (said.join() !== expected.name) throw wrong("a state with an unexported pool", spoiled);
  return `passed; unexported pool: refused by ${said.join()}`;
}

/** What the policies would say of a running stack with some inputs edited. */
export async function saidOfState(
  environment: Environment,
  edits: readonly Edit[],
): Promise<Run["said"]> {
  const deployment = await environment.engine.export();
  return (await judged(environment, altered(deployment, edits))).said;
}

async function judged({ engine, directories }: Environment, deployment: Deployment): Promise<Run> {
  const file = path.join(directories.state, "exported.json");
  fs.writeFileSync(file, JSON.stringify(deployment), { mode: 0o600 });
  const events = await engine
    .analyze(file, policyPackCommand(directories))
    .catch((error: unknown) => {
      if (error instanceof EngineError) return error.stdout;
      throw error;
    });
  fs.rmSync(file);
  return readRun(events);
}

/** A copy with the edits made to the resources' inputs. */
function altered(deployment: Deployment, edits: readonly Edit[]): Deployment {
  const resources = deployment.deployment.resources ?? [];
  const recorded = resources.map((state) => {
    const { type, urn, inputs = {} } = state;
    return { type, name: urn.split("::").at(-1) ?? "", inputs, state };
  });
  const after = alteredStack(recorded, edits).map(({ state, inputs }) => {
    return state.inputs === undefined ? state : { ...state, inputs };
  });
  return { ...deployment, deployment: { ...deployment.deployment, resources: after } };
}

function wrong(what: string, run: Run): Error {
  return new Error(`of ${what} the policies say ${JSON.stringify(run.said, null, 2)}`);
}
