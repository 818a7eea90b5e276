import { ProcessTerminal } from "../support/terminal";
import { Parameters } from "../support/parameters";
import { PulumiEngine } from "../support/pulumiEngine";
import { run } from "../support/run";

import { tearDown } from "./teardown";

/** `make teardown`: destroys a stack of the program in the current directory. */
void run(async () => {
  const parameters = new Parameters(process.env, "teardown");
  const stack = parameters.stack();
  const retrySeconds = parameters.number("RETRY_SECONDS", 60, 1);
  const limitMinutes = parameters.number("LIMIT_MINUTES", 30);
  const remove = parameters.flag("REMOVE");
  const terminal = new ProcessTerminal(parameters.flag("YES"));
  const engine = await PulumiEngine.open(process.cwd(), stack, {
    print: (text) => process.stdout.write(text),
  });
  const project = await engine.projectName();
  await tearDown(engine, { project, retrySeconds, limitMinutes, remove }, terminal);
});
