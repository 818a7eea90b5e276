import { policies } from "../../../policy-pack/index";
import { clusterClients } from "../../stage/clusterClients";
import { Sandbox } from "../../stage/sandbox";
import type { Means } from "../../stage/means";

import { EXPLANATIONS } from "./explained";
import { Explanations } from "./explanation";
import { printReport } from "./report";
import { MutantRun } from "./run";

/**
 * Makes the mutants of both stacks, has all that may catch them look, and prints the report.
 * @param part only mutants that have it in their id are made @returns whether everything is as it should be
 */
export async function judgeMutants(means: Means, part: string): Promise<boolean> {
  const { directories, toolchain } = means;
  const discovery = toolchain.discoveryDocuments.path;
  const prod = await MutantRun.of(directories, discovery, "prod", part);
  const dev = await MutantRun.of(directories, discovery, "dev", part);
  await judge([prod, dev], means);

  const explanations = new Explanations(EXPLANATIONS);
  prod.close(explanations);
  const caught = prod.verdicts.filter(({ by }) => by === "policy");
  dev.close(explanations, new Set(caught.map(({ mutant }) => mutant.name)));
  return printReport([prod, dev], part === "" ? explanations.idle : []);
}

/** Policies and the cloud's rules need no API server: they judge while the stack comes up. */
async function judge(
  runs: MutantRun[],
  { directories, toolchain, interruption }: Means,
): Promise<void> {
  const sandbox = await Sandbox.open(directories, toolchain, "mutants");
  try {
    await interruption.cutShort(Promise.all([sandbox.up(), judgeOnPaper(runs)]));
    const clients = clusterClients(sandbox.directories, await sandbox.cloud.clusters());
    for (const run of runs) await interruption.cutShort(run.askClusters(clients));
    for (const client of clients.values()) client.close();
  } finally {
    await sandbox.clear();
  }
}

async function judgeOnPaper(runs: MutantRun[]): Promise<void> {
  for (const run of runs) {
    run.judge(policies);
    await run.askCloud();
  }
}
