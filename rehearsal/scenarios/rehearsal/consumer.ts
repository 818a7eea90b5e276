import * as fs from "node:fs";
import * as path from "node:path";

import type { Environment } from "../../stage/environment";
import { readStackFile } from "../../stage/program";
import { expectWords } from "../expectWords";

const REGION = "us-east4";
const UP = "pulumi up --yes --skip-preview --non-interactive";

/**
 * Another team's stack, `examples/consumer`, which knows the gateway by the outputs of its stack alone: it finds the
 * address of its region and a cluster to work in, its Job ends, and it is destroyed again.
 */
export async function consume(environment: Environment, stack: string): Promise<string> {
  const directory = copyConsumer(environment);
  const settings = await admitTeam(environment, stack);
  const run = (...commands: string[]) =>
    environment.start(["/bin/sh", "-c", commands.join(" && ")], { directory, settings });

  await run(
    "pulumi stack init dev --secrets-provider passphrase",
    `pulumi config set gatewayStack organization/inference-gateway/${stack}`,
    "pulumi config set region us-west1",
  ).succeed();
  const lost = run(UP);
  if ((await lost.end()) === 0) throw new Error("a region without a gateway was accepted");
  expectWords(lost.output, [
    /Output gatewayAddresses has no "us-west1"; it has: europe-west3, us-east4/,
  ]);

  await run(`pulumi config set region ${REGION}`, UP).succeed();
  const url = (await run("pulumi stack output url").succeed()).trim();
  const { gatewayUrls } = (await environment.engine.outputs()) as {
    gatewayUrls: Record<string, string>;
  };
  const expected = gatewayUrls[REGION];
  if (url !== expected) throw new Error(`it calls ${url}; the gateway of ${REGION} is ${expected}`);
  await run(
    "pulumi destroy --yes --skip-preview --non-interactive",
    "pulumi stack rm --yes",
  ).succeed();
  return `asks ${url}`;
}

/** The other team's account may work in the clusters, and nowhere else. @returns its environment */
async function admitTeam(
  { cloud, directories }: Environment,
  stack: string,
): Promise<Record<string, string>> {
  const file = path.join(directories.program, `Pulumi.${stack}.yaml`);
  const project = String(readStackFile(file).config?.["gcp:project"]);
  const grant = { role: "roles/container.developer", resource: `projects/${project}` };
  const token = await cloud.admit(`application@${project}.iam.gserviceaccount.com`, [grant]);
  return { GOOGLE_OAUTH_ACCESS_TOKEN: token, CLOUDSDK_AUTH_ACCESS_TOKEN: token };
}

/** A folder of its own, because a stack file is written into it. */
function copyConsumer({ directories }: Environment): string {
  const folder = path.join(directories.state, "consumer");
  const source = path.join(directories.checkout, "examples", "consumer");
  fs.rmSync(folder, { recursive: true, force: true });
  fs.cpSync(source, folder, { recursive: true });
  fs.rmSync(path.join(folder, "tsconfig.json"));
  for (const shared of ["tsconfig.json", "node_modules"]) {
    fs.symlinkSync(path.join(directories.checkout, shared), path.join(folder, shared));
  }
  return folder;
}
