import * as fs from "node:fs";
import * as path from "node:path";

import type { Directories } from "../../stage/directories";
import { PROJECT, readStackFile } from "../../stage/program";
import { run } from "../../toolchain/processes";

import type { ProgramJob } from "./program";
import type { RegisteredStack } from "./registered";

/** No real one: what is made with it never leaves this machine. */
const TOKEN = "hf_rehearsal";

/** What the program registers for a stack of the checkout. */
export async function readProgram(
  { checkout, library }: Directories,
  stack: string,
  { scratch, discovery }: Pick<ProgramJob, "scratch" | "discovery">,
): Promise<RegisteredStack> {
  fs.rmSync(scratch, { recursive: true, force: true });
  fs.mkdirSync(scratch, { recursive: true });
  const result = path.join(scratch, "registered.json");
  const job: ProgramJob = {
    stack,
    namespace: PROJECT,
    config: configOf(checkout, stack),
    scratch,
    discovery,
    result,
  };
  const file = path.join(scratch, "job.json");
  fs.writeFileSync(file, JSON.stringify(job));
  const { code, stderr } = await run(
    process.execPath,
    ["--enable-source-maps", path.join(library, "mutants-program.cjs"), file],
    { env: { ...process.env, NODE_PATH: path.join(checkout, "node_modules") } },
  );
  if (code !== 0) throw new Error(stderr.trim());
  return JSON.parse(fs.readFileSync(result, "utf8")) as RegisteredStack;
}

/** As the engine passes it to the program, with a token added. */
function configOf(checkout: string, stack: string): Record<string, string> {
  const { config = {} } = readStackFile(path.join(checkout, `Pulumi.${stack}.yaml`));
  const all = { ...config, [`${PROJECT}:huggingFaceToken`]: TOKEN };
  return Object.fromEntries(
    Object.entries(all).map(([key, value]) => [
      key,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}
