import * as fs from "node:fs";
import * as path from "node:path";

import { expectWords } from "./expectWords";
import type { Drill } from "../drills/drill";
import type { Sandbox } from "../../stage/sandbox";

const FILES = ["Pulumi.yaml", "index.ts", "package.json"];
const REGION = "us-east4";

/** Another team's stack, `examples/consumer`, that knows the gateway by its outputs alone. */
export const consumerDrills: Drill[] = [{ name: "consumedByAnotherStack", run: consumed }];

/**
 * It finds the address of its region and a cluster to work in; for a region without one, it lists the known regions.
 */
async function consumed(sandbox: Sandbox): Promise<void> {
  await sandbox.up();
  const folder = lay(sandbox);
  const run = (...commands: string[]) => sandbox.type([`cd '${folder}'`, ...commands].join(" && "));
  const up = "pulumi up --yes --skip-preview --non-interactive";

  const lost = run(
    "pulumi stack init dev --secrets-provider passphrase",
    "pulumi config set gatewayStack organization/inference-gateway/dev",
    "pulumi config set region us-west1",
    up,
  );
  if ((await lost.end()) === 0) throw new Error("a region without a gateway was accepted");
  expectWords(lost.output, [
    /gatewayUrls of the gateway's stack: unknown key "us-west1"; known: europe-west3, us-east4/,
  ]);

  await run(`pulumi config set region ${REGION}`, up).succeed();
  const url = (await run("pulumi stack output url").succeed()).trim();
  const { gatewayUrls } = (await sandbox.engine.outputs()) as { gatewayUrls: object };
  const expected = (gatewayUrls as Record<string, string>)[REGION];
  if (url !== expected) throw new Error(`it calls ${url}; the gateway of ${REGION} is ${expected}`);
  await run("pulumi destroy --yes --skip-preview --non-interactive").succeed();
}

/** A folder of its own, because a stack file is written into it. */
function lay({ directories }: Sandbox): string {
  const folder = path.join(directories.state, "consumer");
  const source = path.join(directories.checkout, "examples", "consumer");
  fs.mkdirSync(folder, { recursive: true });
  for (const file of FILES) fs.copyFileSync(path.join(source, file), path.join(folder, file));
  for (const shared of ["tsconfig.json", "node_modules"]) {
    fs.symlinkSync(path.join(directories.checkout, shared), path.join(folder, shared));
  }
  return folder;
}
