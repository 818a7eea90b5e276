import { policies } from "../../policy-pack/index";
import { Ground } from "../stage/ground";
import { clusterClients } from "../stage/clusterClients";
import { lockState } from "../stage/lock";
import { placesFromEnv } from "../stage/places";
import { Stage } from "../stage/stage";
import { messageOf } from "../toolchain/errors";

import { EXPLANATIONS } from "../scenarios/mutants/explained";
import { Explanations } from "../scenarios/mutants/explanation";
import { listing, outcomeTable, policyTable } from "../scenarios/mutants/report";
import { MutantRun } from "../scenarios/mutants/run";

/** `make mutants`: every small change of the good stacks, and who catches it. */
async function main(): Promise<void> {
  const places = placesFromEnv();
  lockState(places.state);
  const toolchain = await Stage.findToolchain(places);
  const part = process.env.ONLY ?? "";
  const discovery = toolchain.discoveryDocuments.path;
  const prod = await MutantRun.of(places, discovery, "prod", part);
  const dev = await MutantRun.of(places, discovery, "dev", part);

  const ground = await Ground.lay(places, toolchain, "mutants");
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => ground.interrupt());
  }
  try {
    const up = ground.up();
    await Promise.all([up, judge([prod, dev])]);
    const clients = clusterClients(ground.places, await ground.cloud.clusters());
    for (const run of [prod, dev]) await run.askClusters(clients);
    for (const client of clients.values()) client.close();
  } finally {
    await ground.clear();
  }

  const explanations = new Explanations(EXPLANATIONS);
  prod.close(explanations);
  const caught = prod.verdicts.filter(({ by }) => by === "policy");
  dev.close(explanations, new Set(caught.map(({ mutant }) => mutant.name)));
  process.exitCode = report([prod, dev], part === "" ? explanations.idle : []) ? 0 : 1;
}

/** What needs no API server. */
async function judge(runs: MutantRun[]): Promise<void> {
  for (const run of runs) {
    run.judge(policies);
    await run.askCloud();
  }
}

/** @returns whether everything is as it should be */
function report(runs: MutantRun[], idle: string[]): boolean {
  const verdicts = runs.flatMap((run) => run.verdicts);
  const surviving = verdicts.filter(({ by }) => by === "nobody");
  const problems = [
    ...runs.flatMap((run) => run.problems),
    ...idle.map((text) => `explains nothing: ${text}`),
  ];
  const names = policies.map(({ name }) => name).filter((name) => name !== "remember-inputs");
  if (process.env.PRINT) console.log(listing(verdicts));
  console.log(`\n${policyTable(names, verdicts)}\n\n${outcomeTable(verdicts)}\n`);
  if (!process.env.PRINT && surviving.length > 0) console.log(listing(surviving));
  for (const problem of problems) console.log(problem);
  const failed = surviving.length + problems.length;
  console.log(`${verdicts.length - surviving.length} passed, ${failed} failed`);
  return failed === 0;
}

void main().catch((error: unknown) => {
  console.error(messageOf(error));
  process.exitCode = 1;
});
