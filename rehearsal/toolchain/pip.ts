import { executablesOnPath } from "./pathSearch";
import { answerOf, run } from "./processes";

/** A pip that runs. */
export interface Pip {
  command: string;
  args: string[];
}

export interface PipContext {
  env: NodeJS.ProcessEnv;
  signal?: AbortSignal;
}

/** How one gets pip to run, in the order of trying. */
const PIPS = [["pip3"], ["pip"], ["python3", "-m", "pip"], ["python", "-m", "pip"]] as const;

export async function findPip(context: PipContext): Promise<Pip | undefined> {
  for (const pip of PIPS) {
    const [command, ...args] = pip;
    const [found] = await executablesOnPath(command, context.env);
    if (found === undefined) continue;
    if ((await answerOf(found, [...args, "--version"], context)) !== undefined) {
      return { command: found, args };
    }
  }
  return undefined;
}

/**
 * Unpacks a wheel into `target`; runs nothing of what is in it.
 * @param requirements a file that pins it by its hashes
 * @throws Error with the last line of what pip says
 */
export async function installWheel(
  pip: Pip,
  requirements: string,
  target: string,
  { env, signal }: PipContext,
): Promise<void> {
  const flags = ["--no-deps", "--only-binary", ":all:", "--require-hashes", "--no-compile"];
  const result = await run(
    pip.command,
    [
      ...pip.args,
      "install",
      ...flags,
      "--quiet",
      "--target",
      target,
      "--requirement",
      requirements,
    ],
    // Otherwise the last line may be that there is a newer pip.
    { env: { ...env, PIP_DISABLE_PIP_VERSION_CHECK: "1" }, signal },
  );
  if (result.code !== 0) throw new Error(lastLine(result.stderr) || `exit code ${result.code}`);
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
