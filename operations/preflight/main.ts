import { Failed, CannotSay } from "../support/commandExit";
import { Parameters } from "../support/parameters";
import { PulumiEngine } from "../support/pulumiEngine";
import { run } from "../support/run";
import { readSettings } from "../support/settings";

import { Google } from "./google/client";
import { findCredentials, settingsOf } from "./google/credentials";
import { HuggingFace } from "./huggingFace";
import { type Candidate, preflight } from "./preflight";
import { asJson, asTable, countOf, notAskedJson, wordsOfProblems } from "./report";
import { Made } from "./target";

/** `make preflight`: asks the stack's project whether `pulumi up` can succeed. */
void run(async () => {
  const parameters = new Parameters(process.env, "preflight");
  const stack = parameters.stack();
  const json = parameters.flag("JSON") || process.argv.includes("--json");
  try {
    const report = await preflight(await candidateOf(stack));
    console.log(json ? asJson(report) : asTable(report).join("\n"));
    const { rows } = report;
    if (countOf(rows, "problem") > 0) throw new Failed(wordsOfProblems(stack, rows));
  } catch (error) {
    if (json && error instanceof CannotSay) console.log(notAskedJson(stack, error.message));
    throw error;
  }
});

async function candidateOf(stack: string): Promise<Candidate> {
  const engine = await PulumiEngine.open(process.cwd(), stack, { print: () => undefined });
  const namespace = await engine.projectName();
  const [config, state] = await Promise.all([engine.config(), engine.state()]);
  const { project, settings, token, advice } = readSettings(config, { stack, project: namespace });
  const credentials = await findCredentials(settingsOf(config, process.env));
  return {
    ...{ stack, namespace, settings, token, advice, project, credentials },
    made: new Made(state),
    google: new Google(credentials.transport),
    huggingFace: new HuggingFace(),
  };
}
